package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camseal.authority.registration.Factory.assertRefused;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Held;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.register.Decision;
import org.camseal.authority.status.CertificateStatus;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Disputes, rework, scrap, revocation, and cameras that renew. */
class DisputeTest {
    @TempDir
    private Path directory;

    private static String held(EnrolmentAnswer answer) {
        assertThat(answer).isInstanceOf(Held.class);
        return ((Held) answer).dispute();
    }

    @ParameterizedTest
    @EnumSource
    void twoOperatorsKeepTheFirstKeyAndTheOtherIsBarred(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            OperatorDesk desk = new OperatorDesk(factory.register, new SecureRandom());
            EnrolmentRequest first = factory.wish("CS-0001");
            EnrolmentRequest second = factory.wish("CS-0001");
            EnrolmentAnswer given = authority.enrol(factory.line, first);
            String dispute = held(authority.enrol(factory.line, second));
            assertThat(held(authority.enrol(factory.line, first))).isEqualTo(dispute);

            assertThat(desk.vote("anna", dispute, Decision.KEEP)).isEqualTo(OperatorDesk.VoteOutcome.PROPOSED);
            assertThatThrownBy(() -> desk.vote("anna", dispute, Decision.KEEP))
                    .isInstanceOf(AuthorityException.NotAllowed.class)
                    .hasMessageContaining("another operator");
            held(authority.enrol(factory.line, first)); // one voice changes nothing
            assertThat(desk.vote("bert", dispute, Decision.KEEP)).isEqualTo(OperatorDesk.VoteOutcome.DECIDED);

            assertThat(Factory.issued(authority.enrol(factory.line, first))).isEqualTo(Factory.issued(given));
            assertRefused(authority.enrol(factory.line, second), RefusalReason.KEY_REFUSED);
            assertThat(authority.enrol(factory.line, first)).isInstanceOf(Issued.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterReworkOtherKeysAreCertifiedAndTheOldOnesAreRevoked(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 1));
            RegistrationAuthority authority = factory.authority();
            OperatorDesk desk = new OperatorDesk(factory.register, new SecureRandom());
            EnrolmentRequest before = factory.wish("CS-0001");
            EnrolmentAnswer old = authority.enrol(factory.line, before);
            String dispute = desk.openDispute("anna", "CS-0001", "new board");
            EnrolmentRequest after = factory.wish("CS-0001");
            held(authority.enrol(factory.line, after));
            desk.vote("anna", dispute, Decision.SCRAP);
            desk.vote("bert", dispute, Decision.REWORK); // another decision is a new proposal
            held(authority.enrol(factory.line, after));
            desk.vote("anna", dispute, Decision.REWORK);

            EnrolmentAnswer renewed = authority.enrol(factory.line, after);
            assertThat(renewed).isInstanceOf(Issued.class);
            CertificateStatuses statuses = factory.register.statuses(factory.issuing.authority());
            assertThat(statuses.of(Factory.number(old)))
                    .get()
                    .isInstanceOfSatisfying(
                            Revoked.class,
                            revoked -> assertThat(revoked.reason()).isEqualTo(CRLReason.SUPERSEDED));
            assertThat(statuses.of(Factory.number(renewed))).contains(new CertificateStatus.Good());
            assertRefused(authority.enrol(factory.line, before), RefusalReason.KEY_REFUSED);
            assertThat(factory.register.leaves().leaves(0, 10))
                    .extracting(leaf -> LogEntry.parse(leaf).toString())
                    .containsExactly(
                            "issued device-tls CS-0001", "retired device-tls CS-0001", "issued device-tls CS-0001");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRevokedIsRetiredAndWhatIsScrappedStaysSo(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            OperatorDesk desk = new OperatorDesk(factory.register, new SecureRandom());
            EnrolmentRequest one = factory.wish("CS-0001");
            EnrolmentAnswer given = authority.enrol(factory.line, one);
            assertThat(desk.revoke(
                            "anna",
                            "CS-0001",
                            CRLReason.KEY_COMPROMISE,
                            Optional.of(factory.now.minus(Duration.ofDays(3))),
                            OperatorDesk.Afterwards.RETIRED))
                    .isEqualTo(1);
            assertRefused(authority.enrol(factory.line, one), RefusalReason.RETIRED);
            assertRefused(authority.enrol(factory.line, factory.wish("CS-0001")), RefusalReason.RETIRED);
            List<Revoked> listed = new ArrayList<>();
            factory.register.statuses(factory.issuing.authority()).forEachRevoked(listed::add);
            assertThat(listed)
                    .containsExactly(new Revoked(
                            Factory.number(given),
                            factory.now,
                            CRLReason.KEY_COMPROMISE,
                            Optional.of(factory.now.minus(Duration.ofDays(3)))));

            String dispute = desk.openDispute("anna", "CS-0001", "not repairable");
            desk.vote("anna", dispute, Decision.SCRAP);
            desk.vote("bert", dispute, Decision.SCRAP);
            assertRefused(authority.enrol(factory.line, one), RefusalReason.RETIRED);
            assertThatThrownBy(() -> desk.openDispute("anna", "CS-0001", "perhaps yet"))
                    .isInstanceOf(AuthorityException.NotAllowed.class)
                    .hasMessageContaining("scrapped");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCameraRenewsItsOwnAndNothingElse(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            EnrolmentRequest wish = factory.wish("CS-0001");
            EnrolmentAnswer given = authority.enrol(factory.line, wish);
            authority.enrol(factory.line, factory.wish("CS-0002"));
            Requester camera = new Requester.Device(Factory.issued(given));

            assertRefused(authority.enrol(camera, factory.wish("CS-0002")), RefusalReason.OTHER_SUBJECT);
            KeyHandle media = factory.key(Slot.MEDIA, KeySpec.P256);
            assertRefused(
                    authority.enrol(
                            camera, Factory.wish(Factory.camera("CS-0001"), CertificateProfile.MEDIA_SIGNING, media)),
                    RefusalReason.OTHER_SUBJECT);
            Requester stranger = new Requester.Device(factory.staff(CertificateProfile.LINE, "CS-0001"));
            assertRefused(authority.enrol(stranger, factory.wish("CS-0001")), RefusalReason.NOT_AUTHENTICATED);

            assertThat(Factory.issued(authority.enrol(camera, wish))).isEqualTo(Factory.issued(given));
            EnrolmentRequest fresh = factory.wish("CS-0001");
            EnrolmentAnswer renewed = authority.enrol(camera, fresh);
            assertThat(Factory.number(renewed)).isNotEqualTo(Factory.number(given));
            assertThat(Factory.issued(authority.enrol(camera, fresh)))
                    .as("the answer was lost: the old certificate may ask again for the same new key")
                    .isEqualTo(Factory.issued(renewed));
            assertRefused(authority.enrol(camera, factory.wish("CS-0001")), RefusalReason.RETIRED);
            assertThat(factory.register.statuses(factory.issuing.authority()).of(Factory.number(given)))
                    .get()
                    .isInstanceOf(Revoked.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesRevokeWithinTheirOrdersAndCamerasThemselves(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            EnrolmentAnswer given = authority.enrol(factory.line, factory.wish("CS-0001"));
            EnrolmentAnswer other = authority.enrol(factory.line, factory.wish("CS-0002"));
            RevocationRequest wish =
                    new RevocationRequest(Factory.number(given), CRLReason.KEY_COMPROMISE, Optional.empty(), "test");
            assertThat(authority.revoke(new Requester.Stranger("nobody"), wish))
                    .isInstanceOf(RevocationAnswer.Refused.class);
            assertThat(authority.revoke(factory.line("L2"), wish)).isInstanceOf(RevocationAnswer.Unknown.class);
            assertThat(authority.revoke(new Requester.Device(Factory.issued(other)), wish))
                    .isInstanceOf(RevocationAnswer.Unknown.class);
            assertThat(authority.revoke(factory.line, wish)).isEqualTo(new RevocationAnswer.Done(false));
            assertThat(authority.revoke(factory.line, wish)).isEqualTo(new RevocationAnswer.Done(true));
            RevocationRequest own =
                    new RevocationRequest(Factory.number(other), CRLReason.SUPERSEDED, Optional.empty(), "test");
            assertThat(authority.revoke(new Requester.Device(Factory.issued(other)), own))
                    .isEqualTo(new RevocationAnswer.Done(false));
            assertThat(factory.register.totals().revoked()).isEqualTo(2);
        }
    }
}
