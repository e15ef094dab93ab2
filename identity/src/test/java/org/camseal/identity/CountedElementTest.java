package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedElementTest {
    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    private SecureElement open(long perDay) throws IdentityException {
        SecureElement files = SoftwareSecureElement.open(directory, new SecureRandom());
        return new CountedElement(files, new SignatureCounts(directory, perDay, now::get));
    }

    private static SignatureCounts.Usage usage(SecureElement element, Slot slot) throws IdentityException {
        return element.usage(slot).orElseThrow();
    }

    private static void assertSpent(KeyHandle key) {
        assertThatThrownBy(() -> key.sign(new byte[1]))
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).isEqualTo(ElementFault.BUDGET_SPENT));
    }

    @Test
    void aKeyHasSoManySignaturesADayAlsoOverRestarts() throws Exception {
        SecureElement element = open(5);
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = element.generate(Slot.MEDIA, KeySpec.P256);
        for (int i = 0; i < 3; i++) {
            tls.sign(new byte[1]);
        }
        assertThat(usage(element, Slot.TLS)).isEqualTo(new SignatureCounts.Usage(3, 3, 5));
        element.close();

        SecureElement again = open(5);
        KeyHandle found = again.key(Slot.TLS).orElseThrow();
        found.sign(new byte[1]);
        found.sign(new byte[1]);
        assertSpent(found);
        assertSpent(tls);
        assertThat(media.sign(new byte[1])).as("the other key has its own").isNotEmpty();
        now.set(Instant.parse("2026-03-02T00:00:01Z"));
        assertThat(found.sign(new byte[1])).as("positive control: a new day").isNotEmpty();
        assertThat(usage(again, Slot.TLS)).isEqualTo(new SignatureCounts.Usage(6, 1, 5));
        assertThat(usage(again, Slot.ROOT)).isEqualTo(new SignatureCounts.Usage(0, 0, 5));
    }

    @Test
    void afterAPowerCutNoneIsForgottenAndFewAreAdded() throws Exception {
        KeyHandle tls = open(1_000).generate(Slot.TLS, KeySpec.P256);
        for (int used = 1; used <= 300; used++) {
            tls.sign(new byte[1]);
            if (used % 37 == 0) {
                long counted = usage(open(1_000), Slot.TLS).ever(); // as another process, or this one after a power cut
                assertThat(counted).isBetween((long) used, 2L * used + 1);
            }
        }
    }

    @Test
    void whoIsToldToEndSignsToTheEndAndHearsOfItAfterwards() throws Exception {
        KeyHandle tls = open(1_000).generate(Slot.TLS, KeySpec.P256);
        Thread.currentThread().interrupt();
        byte[] signature = tls.sign(new byte[1]);
        boolean told = Thread.interrupted();
        assertThat(signature).isNotEmpty();
        assertThat(told).isTrue();
    }

    @Test
    void twoProcessesCountInOneFile() throws Exception {
        SecureElement one = open(10);
        SecureElement other = open(10);
        KeyHandle first = one.generate(Slot.TLS, KeySpec.P256);
        KeyHandle second = other.key(Slot.TLS).orElseThrow();
        for (int i = 0; i < 3; i++) {
            first.sign(new byte[1]);
            second.sign(new byte[1]);
        }
        one.close();
        other.close();
        assertThat(usage(open(10), Slot.TLS)).isEqualTo(new SignatureCounts.Usage(6, 6, 10));
    }

    @Test
    void whatTheElementDidNotDoIsNotCountedAndAgreementsAre() throws Exception {
        SecureElement element = open(100);
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        AgreementHandle recipient = element.generateAgreement(KeySpec.P256);
        recipient.agree((ECPublicKey) TestCertificates.ecKeys("secp256r1").getPublic());
        element.destroy(Slot.TLS);
        assertThatThrownBy(() -> tls.sign(new byte[1])).isInstanceOf(IdentityException.Element.class);
        element.close();
        SecureElement again = open(100);
        assertThat(usage(again, Slot.RECIPIENT).ever()).isEqualTo(1);
        assertThat(usage(again, Slot.TLS).ever()).isZero();
    }

    @Test
    void everySlotIsReadAgain() throws Exception {
        SignatureCounts counts = new SignatureCounts(directory, 10, now::get);
        for (Slot slot : Slot.values()) {
            counts.spend(slot);
        }
        counts.save();
        for (Slot slot : Slot.values()) {
            assertThat(new SignatureCounts(directory, 10, now::get).of(slot).ever())
                    .as(slot.label())
                    .isEqualTo(1);
        }
    }

    @Test
    void aDamagedFileIsAnErrorThatSaysWhatToDo() throws Exception {
        KeyHandle tls = open(5).generate(Slot.TLS, KeySpec.P256);
        Path file = directory.resolve(SignatureCounts.FILE);
        for (String damaged :
                new String[] {"tls", "tls x 2026-03-01 1", "tls 1 yesterday 1", "tsl 1 2026-03-01 1", "\0"}) {
            Files.writeString(file, damaged);
            assertThatThrownBy(() -> tls.sign(new byte[1]))
                    .isInstanceOf(IdentityException.Malformed.class)
                    .hasMessageContaining("delete the file");
        }
        Files.write(file, new byte[5_000]);
        assertThatThrownBy(() -> tls.sign(new byte[1])).hasMessageContaining("at most 4096");
        Files.delete(file);
        assertThat(tls.sign(new byte[1], Duration.ofSeconds(1)))
                .as("positive control")
                .isNotEmpty();
    }

    @Test
    void everyOpenerGivesACountedElement() throws Exception {
        Identity identity = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, new SecureRandom());
        identity.element().generate(Slot.TLS, KeySpec.P256).sign(new byte[1]);
        assertThat(identity.element().usage(Slot.TLS).map(SignatureCounts.Usage::ever))
                .isEqualTo(Optional.of(1L));
    }
}
