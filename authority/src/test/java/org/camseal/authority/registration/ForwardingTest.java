package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Untold;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is revoked here is told to whoever signed it, until it has heard; and that it has, or that people have to tell it, is written down. */
class ForwardingTest {
    @TempDir
    private Path directory;

    /** Signs as the factory does, but its revocations are somebody else's. */
    private static final class Behind extends ForwardingIssuing {
        private final List<BigInteger> heard = new ArrayList<>();
        private final Set<BigInteger> deaf = new HashSet<>();
        private boolean byHand;

        Behind(Issuing real) {
            super(real);
        }

        @Override
        public Revoking revoking() {
            return byHand
                    ? new Revoking.ByHand()
                    : new Revoking.Elsewhere((certificate, revoked) -> hear(revoked.certificateSerial()));
        }

        private void hear(BigInteger number) throws AuthorityException.Upstream {
            if (deaf.contains(number)) {
                throw new AuthorityException.Upstream("nobody answers about " + number.toString(16));
            }
            heard.add(number);
        }
    }

    private static List<BigInteger> numbers(List<Untold> told) {
        return told.stream().map(one -> one.revoked().certificateSerial()).toList();
    }

    private static long logged(Factory factory, String event) throws AuthorityException {
        return factory.register.audit().last(100).stream()
                .filter(entry -> entry.event().equals(event))
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotHeardIsToldAgainAndHoldsNothingUp(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            Behind behind = new Behind(factory.issuing);
            RegistrationAuthority authority = RegistrationAuthority.open(factory.register, behind, new SecureRandom());
            factory.add(factory.order("PO-1", 10));
            List<BigInteger> all = new ArrayList<>();
            OperatorDesk desk = new OperatorDesk(factory.register, new SecureRandom());
            for (String serial : List.of("CS-0001", "CS-0002", "CS-0003")) {
                all.add(Factory.number(authority.enrol(factory.line, factory.wish(serial))));
            }
            Forwarding forwarding = new Forwarding(factory.register, behind);
            assertThat(forwarding.tellAll()).as("nothing is revoked").isEmpty();

            for (String serial : List.of("CS-0001", "CS-0002")) {
                desk.revoke(
                        "anna", serial, CRLReason.KEY_COMPROMISE, Optional.empty(), OperatorDesk.Afterwards.RETIRED);
            }
            behind.deaf.add(all.getFirst());
            assertThatThrownBy(forwarding::tellAll)
                    .isInstanceOf(AuthorityException.Upstream.class)
                    .hasMessageContaining(
                            "nobody answers about " + all.getFirst().toString(16));
            assertThat(behind.heard).containsExactly(all.get(1));
            assertThat(logged(factory, "revocation-forwarded")).isEqualTo(1);

            behind.deaf.clear();
            assertThat(numbers(forwarding.tellAll())).containsExactly(all.getFirst());
            assertThat(forwarding.tellAll()).as("once each").isEmpty();
            assertThat(behind.heard).containsExactly(all.get(1), all.getFirst());
            assertThat(logged(factory, "revocation-forwarded")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineHearsThatItIsDoneOnceTheOtherAuthorityHasDoneIt(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            Behind behind = new Behind(factory.issuing);
            RegistrationAuthority authority = RegistrationAuthority.open(factory.register, behind, new SecureRandom());
            factory.add(factory.order("PO-1", 10));
            BigInteger number = Factory.number(authority.enrol(factory.line, factory.wish("CS-0001")));
            RevocationRequest request = new RevocationRequest(number, CRLReason.SUPERSEDED, Optional.empty(), "CMP rr");
            behind.deaf.add(number);
            assertThatThrownBy(() -> authority.revoke(factory.line, request))
                    .isInstanceOf(AuthorityException.Upstream.class);
            assertThat(factory.register.certificate(number).orElseThrow().state())
                    .as("here it counts no more at once")
                    .isEqualTo(CertificateRow.State.REVOKED);

            behind.deaf.clear();
            assertThat(authority.revoke(factory.line, request)).isEqualTo(new RevocationAnswer.Done(true));
            assertThat(behind.heard).containsExactly(number);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereTheProtocolHasNoRevocationPeopleAreAskedOnce(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            Behind behind = new Behind(factory.issuing);
            behind.byHand = true;
            RegistrationAuthority authority = RegistrationAuthority.open(factory.register, behind, new SecureRandom());
            factory.add(factory.order("PO-1", 10));
            BigInteger number = Factory.number(authority.enrol(factory.line, factory.wish("CS-0001")));
            RevocationRequest request = new RevocationRequest(number, CRLReason.SUPERSEDED, Optional.empty(), "CMP rr");
            assertThat(authority.revoke(factory.line, request))
                    .isInstanceOfSatisfying(
                            RevocationAnswer.Unknown.class,
                            unknown -> assertThat(unknown.detail()).contains("operators have to be asked"));
            new OperatorDesk(factory.register, new SecureRandom())
                    .revoke("anna", "CS-0001", CRLReason.SUPERSEDED, Optional.empty(), OperatorDesk.Afterwards.RETIRED);
            Forwarding forwarding = new Forwarding(factory.register, behind);
            assertThat(numbers(forwarding.tellAll())).containsExactly(number);
            assertThat(forwarding.tellAll()).isEmpty();
            assertThat(factory.register.audit().last(1).getFirst().detail())
                    .contains("have to be asked", number.toString(16), "superseded");
            assertThat(logged(factory, "revocation-by-hand")).isEqualTo(1);
            assertThat(behind.heard).isEmpty();
        }
    }
}
