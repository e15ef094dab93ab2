package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.authority.registration.Factory.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.SerialRange;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not ordered is not certified; each rule with its reason, and with what it lets through. */
class OrderRulesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void onlyWhatAnOrderNamesIsCertified(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            RegistrationAuthority authority = factory.authority();
            EnrolmentRequest wish = factory.wish("CS-0001");
            assertRefused(authority.enrol(factory.line, wish), RefusalReason.NOT_ORDERED); // no order at all
            factory.add(factory.order("PO-1", 2));
            assertThat(authority.enrol(factory.line, wish)).isInstanceOf(Issued.class);

            assertRefused(authority.enrol(factory.line, factory.wish("CX-0001")), RefusalReason.NOT_ORDERED);
            KeyHandle key = factory.key(Slot.TLS, KeySpec.P256);
            for (CertificateSubject stranger : List.of(
                    new CertificateSubject("Maker", "Model Y", "CS-0002"),
                    new CertificateSubject("Faker", "Model X", "CS-0002"))) {
                assertRefused(
                        authority.enrol(factory.line, Factory.wish(stranger, CertificateProfile.DEVICE_TLS, key)),
                        RefusalReason.NOT_ORDERED);
            }
            assertRefused(
                    authority.enrol(
                            factory.line, Factory.wish(Factory.camera("CS-0002"), CertificateProfile.LINE, key)),
                    RefusalReason.NOT_ORDERED);
            assertRefused(authority.enrol(factory.line("L2"), factory.wish("CS-0002")), RefusalReason.NOT_ORDERED);
            assertThat(authority.enrol(
                            factory.line, Factory.wish(Factory.camera("CS-0002"), CertificateProfile.DEVICE_TLS, key)))
                    .isInstanceOf(Issued.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantityIsCountedInCamerasNotInCertificates(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 1));
            RegistrationAuthority authority = factory.authority();
            assertThat(authority.enrol(factory.line, factory.wish("CS-0001"))).isInstanceOf(Issued.class);
            assertRefused(authority.enrol(factory.line, factory.wish("CS-0002")), RefusalReason.QUANTITY_USED);
            KeyHandle media = factory.key(Slot.MEDIA, KeySpec.P256);
            assertThat(authority.enrol(
                            factory.line,
                            Factory.wish(Factory.camera("CS-0001"), CertificateProfile.MEDIA_SIGNING, media)))
                    .isInstanceOf(Issued.class);
            assertThat(factory.register.order("PO-1").orElseThrow().used()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void outsideOfItsWindowAnOrderGivesNothingNew(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            EnrolmentRequest inTime = factory.wish("CS-0001");
            EnrolmentAnswer first = authority.enrol(factory.line, inTime);
            factory.now = factory.now.plus(Duration.ofHours(12));
            assertRefused(authority.enrol(factory.line, factory.wish("CS-0002")), RefusalReason.OUTSIDE_TIME_WINDOW);
            EnrolmentAnswer again = authority.enrol(factory.line, inTime);
            assertThat(Factory.issued(again))
                    .as("an answer that was lost is given again, whenever")
                    .isEqualTo(Factory.issued(first));
            factory.now = factory.now.minus(Duration.ofHours(25));
            assertRefused(authority.enrol(factory.line, factory.wish("CS-0003")), RefusalReason.OUTSIDE_TIME_WINDOW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNoLineGetsNothing(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            assertRefused(
                    authority.enrol(new Requester.Stranger("no certificate"), factory.wish("CS-0001")),
                    RefusalReason.NOT_AUTHENTICATED);
            Requester unknown = new Requester.Line("L1", factory.staff(CertificateProfile.LINE, "L1"));
            assertRefused(authority.enrol(unknown, factory.wish("CS-0001")), RefusalReason.NOT_AUTHENTICATED);
            Requester borrowed = new Requester.Line("L1", factory.line("L2").certificate());
            assertRefused(authority.enrol(borrowed, factory.wish("CS-0001")), RefusalReason.NOT_AUTHENTICATED);
            EnrolmentRequest wish = factory.wish("CS-0001");
            assertThat(authority.enrol(factory.line, wish)).isInstanceOf(Issued.class);
            int taken = factory.register.write(ledger -> ledger.revokeCredentials(CertificateProfile.LINE, "L1"));
            assertThat(taken).isEqualTo(1);
            assertRefused(authority.enrol(factory.line, wish), RefusalReason.NOT_AUTHENTICATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysThatTheOrderDoesNotAllowOrThatAreKnownAreRefused(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            ProductionOrder any = factory.order("PO-1", 10);
            factory.add(new ProductionOrder(
                    any.id(),
                    any.maker(),
                    any.model(),
                    List.of(SerialRange.parse("CS-0001..CS-0005")),
                    any.quantity(),
                    any.lines(),
                    any.opensAt(),
                    any.closesAt(),
                    any.attestation(),
                    Set.of(KeySpec.P256)));
            RegistrationAuthority authority = factory.authority();
            KeyHandle large = factory.key(Slot.TLS, KeySpec.P384);
            assertRefused(
                    authority.enrol(
                            factory.line,
                            Factory.wish(Factory.camera("CS-0001"), CertificateProfile.DEVICE_TLS, large)),
                    RefusalReason.KEY_REFUSED);
            KeyHandle key = factory.key(Slot.TLS, KeySpec.P256);
            CertificateSubject camera = Factory.camera("CS-0001");
            assertThat(authority.enrol(factory.line, Factory.wish(camera, CertificateProfile.DEVICE_TLS, key)))
                    .isInstanceOf(Issued.class);
            assertRefused(
                    authority.enrol(
                            factory.line, Factory.wish(Factory.camera("CS-0002"), CertificateProfile.DEVICE_TLS, key)),
                    RefusalReason.KEY_REFUSED);
            assertRefused(
                    authority.enrol(factory.line, Factory.wish(camera, CertificateProfile.MEDIA_SIGNING, key)),
                    RefusalReason.KEY_REFUSED);
            assertThat(factory.register.order("PO-1").orElseThrow().used()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyAnswerStandsInTheAuditLog(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            EnrolmentRequest wish = factory.wish("CS-0001");
            authority.enrol(factory.line, wish);
            authority.enrol(factory.line, wish);
            authority.enrol(factory.line, factory.wish("CS-0001"));
            authority.enrol(factory.line, factory.wish("CX-1"));
            authority.enrol(new Requester.Stranger("nobody\nforged line"), wish);
            assertThat(factory.register.audit().last(10))
                    .extracting(entry -> entry.actor() + " " + entry.event() + " " + entry.subject())
                    .containsExactly(
                            "line L1 issued CS-0001",
                            "line L1 given-again CS-0001",
                            "line L1 held CS-0001",
                            "line L1 refused CX-1",
                            "stranger nobody?forged line refused CS-0001");
            assertThat(factory.register
                            .audit()
                            .check(java.util.Optional.empty())
                            .entries())
                    .isEqualTo(5);
        }
    }
}
