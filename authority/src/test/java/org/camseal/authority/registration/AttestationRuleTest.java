package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentAnswer.Refused;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.RefusalReason;
import org.camseal.identity.Attestation;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an order demands it, a key gets a certificate only if a genuine element says, for this order and serial, that the key is its own. */
class AttestationRuleTest {
    @TempDir
    private Path directory;

    private static EnrolmentRequest wish(String serial, KeyHandle key, Optional<Attestation> attestation)
            throws Exception {
        CertificateRequest sent = CertificateRequest.sign(key, Factory.camera(serial), attestation);
        CertificateRequest request = CertificateRequest.parse(sent.toDer(), "test");
        return new EnrolmentRequest(
                request,
                request.subject().orElseThrow(),
                CertificateProfile.DEVICE_TLS,
                AttestationAttribute.of(request),
                "test");
    }

    private static void assertRefused(EnrolmentAnswer answer, RefusalReason reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .as(refused.detail())
                                .isEqualTo(reason));
    }

    @Test
    void onlyAGenuineElementsFreshStatementAboutThisKeyCounts() throws Exception {
        try (Factory factory = new Factory(directory, Databases.SQLITE.fresh(directory))) {
            PaperTpm genuine = new PaperTpm(factory.key(Slot.TLS, KeySpec.P256));
            PaperTpm foreign = new PaperTpm(factory.key(Slot.TLS, KeySpec.P256));
            ProductionOrder any = factory.order("PO-1", 10);
            byte[] challenge = factory.add(
                    new ProductionOrder(
                            any.id(),
                            any.maker(),
                            any.model(),
                            any.serials(),
                            any.quantity(),
                            any.lines(),
                            any.opensAt(),
                            any.closesAt(),
                            ProductionOrder.Attestations.DEMANDED,
                            any.keys()),
                    AttestationRule.digest(genuine.attestationKey()));
            RegistrationAuthority authority = factory.authority();
            assertThat(authority.attestationChallenge(factory.line, CertificateProfile.DEVICE_TLS))
                    .get()
                    .isEqualTo(challenge);
            KeyHandle key = factory.key(Slot.TLS, KeySpec.P256);
            KeyHandle other = factory.key(Slot.TLS, KeySpec.P256);
            byte[] nonce = AttestationAttribute.nonce(challenge, "CS-0001");
            byte[] stale = AttestationAttribute.nonce(new byte[32], "CS-0001");
            byte[] borrowed = AttestationAttribute.nonce(challenge, "CS-0002");

            assertRefused(
                    authority.enrol(factory.line, wish("CS-0001", key, Optional.empty())),
                    RefusalReason.ATTESTATION_MISSING);
            for (Attestation wrong : new Attestation[] {
                foreign.attest(key.publicKey(), nonce),
                genuine.attest(key.publicKey(), stale),
                genuine.attest(key.publicKey(), borrowed),
                genuine.attest(other.publicKey(), nonce)
            }) {
                assertRefused(
                        authority.enrol(factory.line, wish("CS-0001", key, Optional.of(wrong))),
                        RefusalReason.ATTESTATION_WRONG);
            }
            assertThat(factory.register.certificates("CS-0001")).isEmpty();
            assertThat(authority.enrol(
                            factory.line, wish("CS-0001", key, Optional.of(genuine.attest(key.publicKey(), nonce)))))
                    .isInstanceOf(Issued.class);
        }
    }
}
