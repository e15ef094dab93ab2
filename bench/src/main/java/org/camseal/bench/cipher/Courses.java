package org.camseal.bench.cipher;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camseal.manifest.Suite;
import org.camseal.seal.GrantTrial;
import org.camseal.seal.PackageTrial;
import org.camseal.seal.Recipient;
import org.camseal.seal.SealException;
import org.camseal.seal.SuiteChoice;

/** What is measured: the ciphers at each size, and the parts of an hour of video. Each work has arrays of its own. */
final class Courses {
    /** The name of the course that {@link #hour} makes. */
    static final String HOUR = "hour";

    private final SecureRandom random;

    Courses(SecureRandom random) {
        this.random = random;
    }

    /** All {@link Contender}s on access units of a size, named for it. */
    Course ofSize(int size) {
        Map<String, Work> works = new LinkedHashMap<>();
        for (Contender contender : Contender.values()) {
            works.put(contender.name(), work(contender, size));
        }
        return new Course(Integer.toString(size), works);
    }

    private Work work(Contender contender, int size) {
        return switch (contender) {
            case SEALED_AES -> new PackageTrial(Suite.AES_256_GCM, size, random)::seal;
            case SEALED_CHACHA -> new PackageTrial(Suite.CHACHA20_POLY1305, size, random)::seal;
            case AES_CTR -> PlainCipher.aesCtr(size, random);
            case AES_GCM -> PlainCipher.aesGcm(size, random);
            case CHACHA20_POLY1305 -> PlainCipher.chacha20Poly1305(size, random);
        };
    }

    /** The {@link HourPart}s. */
    Course hour() throws GeneralSecurityException, SealException {
        Map<String, Work> works = new LinkedHashMap<>();
        for (HourPart part : HourPart.values()) {
            works.put(part.name(), work(part));
        }
        return new Course(HOUR, works);
    }

    private Work work(HourPart part) throws GeneralSecurityException, SealException {
        return switch (part) {
            case PACKAGE ->
                new PackageTrial(PackageTrial.suite(SuiteChoice.AUTO), VideoHour.PICTURE_BYTES, random)::seal;
            case DIGEST -> digest();
            case SIGNATURE -> signature();
            case GRANT -> new GrantTrial(Recipient.of(keyPair().getPublic()), random)::make;
            case TLS_AES_RECORD -> PlainCipher.aesGcm(VideoHour.RECORD_BYTES, random);
            case TLS_CHACHA_RECORD -> PlainCipher.chacha20Poly1305(VideoHour.RECORD_BYTES, random);
        };
    }

    private Work digest() throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] sealed = new byte[VideoHour.PICTURE_BYTES];
        byte[] digest = new byte[32];
        random.nextBytes(sealed);
        return () -> {
            sha256.update(sealed);
            sha256.digest(digest, 0, digest.length);
        };
    }

    private Work signature() throws GeneralSecurityException {
        Signature ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initSign(keyPair().getPrivate(), random);
        byte[] manifest = new byte[VideoHour.MANIFEST_BYTES];
        return () -> {
            ecdsa.update(manifest);
            ecdsa.sign();
        };
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
