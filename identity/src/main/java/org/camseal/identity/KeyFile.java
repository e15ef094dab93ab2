package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** One key pair as a file: PRIVATE KEY (PKCS#8) and PUBLIC KEY (SubjectPublicKeyInfo) in PEM, readable by its owner only. */
final class KeyFile {
    private static final int MAX_BYTES = 16 * 1024;

    private KeyFile() {}

    static void write(Path file, SoftwareKey.KeyPairOf pair) throws IdentityException {
        byte[] pkcs8 = pair.privateKey().getEncoded();
        byte[] text = (Pem.block(Pem.PRIVATE_KEY, pkcs8)
                        + Pem.block(Pem.PUBLIC_KEY, pair.publicKey().getEncoded()))
                .getBytes(StandardCharsets.US_ASCII);
        try {
            DurableFile.write(file, text, DurableFile.Readers.OWNER);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    static Optional<SoftwareKey.KeyPairOf> read(Path file, SecureRandom random) throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        DurableFile.requireOwnerOnly(file, "600");
        List<Pem.Block> blocks = Pem.blocks(new String(bytes.get(), StandardCharsets.ISO_8859_1), file.toString());
        if (blocks.size() != 2
                || !blocks.get(0).label().equals(Pem.PRIVATE_KEY)
                || !blocks.get(1).label().equals(Pem.PUBLIC_KEY)) {
            throw damaged(file, "it should hold one private and one public key");
        }
        try {
            return Optional.of(pair(blocks.get(0).der(), blocks.get(1).der(), file, random));
        } catch (GeneralSecurityException e) {
            throw damaged(file, "it holds no key"); // without the cause: a parser may quote what it could not parse
        } finally {
            Arrays.fill(blocks.get(0).der(), (byte) 0);
            Arrays.fill(bytes.get(), (byte) 0);
        }
    }

    /** A pair from its two encodings, if they belong together. */
    static SoftwareKey.KeyPairOf pair(byte[] pkcs8, byte[] spki, Path file, SecureRandom random)
            throws GeneralSecurityException, IdentityException {
        SoftwareKey.KeyPairOf pair = decode(pkcs8, spki, file);
        if (!belongTogether(pair, random)) {
            throw damaged(file, "its private and public key do not belong together");
        }
        return pair;
    }

    private static SoftwareKey.KeyPairOf decode(byte[] pkcs8, byte[] spki, Path file)
            throws GeneralSecurityException, IdentityException {
        for (String algorithm : List.of("EC", "RSA")) {
            KeyFactory factory = KeyFactory.getInstance(algorithm);
            PublicKey publicKey;
            try {
                publicKey = factory.generatePublic(new X509EncodedKeySpec(spki));
            } catch (GeneralSecurityException e) {
                continue; // a key of the other algorithm
            }
            PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new SoftwareKey.KeyPairOf(specOf(publicKey, file), publicKey, privateKey);
        }
        throw damaged(file, "its key is neither EC nor RSA");
    }

    private static KeySpec specOf(PublicKey key, Path file) throws IdentityException {
        int bits = key instanceof ECPublicKey ec
                ? ec.getParams().getCurve().getField().getFieldSize()
                : ((RSAPublicKey) key).getModulus().bitLength();
        return switch (key.getAlgorithm() + bits) {
            case "EC256" -> KeySpec.P256;
            case "EC384" -> KeySpec.P384;
            case "RSA2048" -> KeySpec.RSA2048;
            case "RSA3072" -> KeySpec.RSA3072;
            default -> throw damaged(file, "a key of " + key.getAlgorithm() + " " + bits + " bits is not used here");
        };
    }

    private static boolean belongTogether(SoftwareKey.KeyPairOf pair, SecureRandom random)
            throws GeneralSecurityException {
        byte[] probe = new byte[32];
        random.nextBytes(probe);
        if (pair.spec().agrees()) {
            return agreeWithFresh(pair, random);
        }
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.privateKey(), random);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(pair.publicKey());
        signature.update(probe);
        return signature.verify(signed);
    }

    private static boolean agreeWithFresh(SoftwareKey.KeyPairOf pair, SecureRandom random)
            throws GeneralSecurityException {
        SoftwareKey.KeyPairOf fresh = SoftwareSecureElement.newPair(pair.spec(), random);
        byte[] here = shared(pair.privateKey(), fresh.publicKey());
        byte[] there = shared(fresh.privateKey(), pair.publicKey());
        return java.security.MessageDigest.isEqual(here, there);
    }

    private static byte[] shared(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private static IdentityException.Malformed damaged(Path file, String why) {
        return new IdentityException.Malformed(
                file + " is damaged: " + why + "; restore it from where it was made, or make a new identity");
    }
}
