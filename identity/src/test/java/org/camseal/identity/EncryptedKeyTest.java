package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authority's key in a file: worth nothing without its passphrase. */
class EncryptedKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    @Test
    void onlyItsPassphraseOpensIt() throws Exception {
        Path file = directory.resolve("root-key.pem");
        char[] passphrase = "correct horse".toCharArray();
        KeyHandle made = EncryptedKey.create(file, Slot.ROOT, KeySpec.P384, passphrase, RANDOM);
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> EncryptedKey.open(file, Slot.ROOT, "correct hors".toCharArray(), RANDOM))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("passphrase")
                .hasNoCause();

        KeyHandle opened = EncryptedKey.open(file, Slot.ROOT, passphrase, RANDOM);
        byte[] message = "a certificate".getBytes(StandardCharsets.UTF_8);
        Signature check = Signature.getInstance("SHA384withECDSA");
        check.initVerify(made.publicKey());
        check.update(message);
        assertThat(check.verify(opened.sign(message))).isTrue();
        assertThatThrownBy(() -> EncryptedKey.create(file, Slot.ROOT, KeySpec.P384, passphrase, RANDOM))
                .as("never written over")
                .isInstanceOf(IdentityException.Store.class);
    }

    @Test
    void whatIsTooShortOrReadableByOthersIsRefused() throws Exception {
        Path file = directory.resolve("root-key.pem");
        assertThatThrownBy(() -> EncryptedKey.create(file, Slot.ROOT, KeySpec.P256, "1234567".toCharArray(), RANDOM))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("at least 8");
        char[] passphrase = "12345678".toCharArray();
        EncryptedKey.create(file, Slot.ROOT, KeySpec.P256, passphrase, RANDOM);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> EncryptedKey.open(file, Slot.ROOT, passphrase, RANDOM))
                .isInstanceOf(IdentityException.Store.class);
    }
}
