package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.register.CertificateRow;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash left is taken up again, though the element with the key is itself just coming back. */
class RecoveryTest {
    @TempDir
    private Path directory;

    @Test
    void anElementThatIsLateAtTheStartIsWaitedFor() throws Exception {
        try (Factory factory = new Factory(directory, Databases.SQLITE.fresh(directory))) {
            EnrolmentRequest wish = leftInTheMiddle(factory);
            Faulty late = new Faulty(factory.issuing, ElementFault.LATE, 1);
            RegistrationAuthority next = RegistrationAuthority.open(factory.register, late, new SecureRandom());

            assertThat(next.recover()).isEqualTo(1);

            assertThat(late.asked).isEqualTo(2);
            assertThat(next.enrol(factory.line, wish))
                    .isInstanceOfSatisfying(
                            Issued.class, issued -> assertThat(issued.again()).isTrue());
        }
    }

    @Test
    void aKeyThatIsNotThereIsToldAtOnce() throws Exception {
        try (Factory factory = new Factory(directory, Databases.SQLITE.fresh(directory))) {
            EnrolmentRequest _ = leftInTheMiddle(factory);
            Faulty gone = new Faulty(factory.issuing, ElementFault.NO_KEY, 1);
            RegistrationAuthority next = RegistrationAuthority.open(factory.register, gone, new SecureRandom());

            assertThatThrownBy(next::recover)
                    .isInstanceOf(AuthorityException.Key.class)
                    .hasMessageContaining("NO_KEY");

            assertThat(gone.asked).isEqualTo(1);
        }
    }

    private static EnrolmentRequest leftInTheMiddle(Factory factory) throws Exception {
        factory.add(factory.order("PO-1", 10));
        EnrolmentRequest wish = factory.wish("CS-0001");
        RegistrationAuthority dying =
                RegistrationAuthority.open(factory.register, factory.issuing, new SecureRandom(), step -> {
                    throw new IllegalStateException("dies at " + step);
                });
        assertThatThrownBy(() -> dying.enrol(factory.line, wish)).hasMessage("dies at INTENDED");
        return wish;
    }

    /** Signs like another one, after some faults. */
    private static final class Faulty extends ForwardingIssuing {
        private final ElementFault fault;
        private final int faults;
        private int asked;

        Faulty(Issuing real, ElementFault fault, int faults) {
            super(real);
            this.fault = fault;
            this.faults = faults;
        }

        @Override
        public Optional<X509Certificate> issue(CertificateRow intent, Optional<CertificateRequest> request)
                throws AuthorityException, InterruptedException {
            if (asked++ < faults) {
                throw new AuthorityException.Key(
                        "did not sign: " + fault, new IdentityException.Element(fault, "the element says " + fault));
            }
            return super.issue(intent, request);
        }
    }
}
