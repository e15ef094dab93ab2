package org.camseal.acme;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.shredzone.acme4j.util.KeyPairUtils;

/**
 * The key by which an authority knows us again, in a file for its owner only. It is no device key: with it one may ask for certificates
 * and revoke them, but not pass for anybody. One for all authorities of an identity.
 */
final class AccountKey {
    private static final int MAX_BYTES = 8 * 1024;

    private AccountKey() {}

    static KeyPair readOrMake(Path file, SecureRandom random) throws IdentityException {
        Optional<byte[]> known = DurableFile.read(file, MAX_BYTES);
        return known.isPresent() ? read(file, new String(known.get(), StandardCharsets.US_ASCII)) : make(file, random);
    }

    private static KeyPair read(Path file, String pem) throws IdentityException {
        DurableFile.requireOwnerOnly(file, "600");
        try {
            return KeyPairUtils.readKeyPair(new StringReader(pem));
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Malformed(
                    file + " is not a private key: restore it, or remove it to begin with a new account", e);
        }
    }

    /** RSA, because the form in which the library keeps a key holds both of its parts only there. */
    private static KeyPair make(Path file, SecureRandom random) throws IdentityException {
        try {
            KeyPair pair = rsa(random);
            StringWriter pem = new StringWriter();
            KeyPairUtils.writeKeyPair(pair, pem);
            DurableFile.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.OWNER);
            return pair;
        } catch (IOException e) {
            throw new IllegalStateException("a key is written to memory", e);
        }
    }

    /** A key pair of the only kind that the library's own certificates and files take. */
    static KeyPair rsa(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }
}
