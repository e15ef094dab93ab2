package org.camseal.identity.soft;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.camseal.identity.KeySpec;

/** A key inside the element's process. */
final class SoftKey {
    private static final int MAX_ENCODED = 4096;

    private final KeySpec spec;
    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    private SoftKey(KeySpec spec, PublicKey publicKey, PrivateKey privateKey) {
        this.spec = spec;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    static SoftKey generate(KeySpec spec, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.jcaName());
        switch (spec) {
            case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            case P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
            case RSA2048 -> generator.initialize(2048, random);
            case RSA3072 -> generator.initialize(3072, random);
        }
        KeyPair pair = generator.generateKeyPair();
        return new SoftKey(spec, pair.getPublic(), pair.getPrivate());
    }

    KeySpec spec() {
        return spec;
    }

    byte[] publicBytes() {
        return publicKey.getEncoded();
    }

    byte[] sign(byte[] message, SecureRandom random) throws GeneralSecurityException {
        boolean ecdsa = spec.signature().isEcdsa();
        Signature signature = Signature.getInstance(spec.signature().jcaName(), ecdsa ? "SunEC" : "SunRsaSign");
        if (spec.signature().parameters().isPresent()) {
            signature.setParameter(spec.signature().parameters().get());
        }
        signature.initSign(privateKey, random);
        signature.update(message);
        return signature.sign();
    }

    byte[] signDigest(byte[] digest, SecureRandom random) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("NONEwithECDSA", "SunEC");
        signature.initSign(privateKey, random);
        signature.update(digest);
        return signature.sign();
    }

    byte[] agree(byte[] peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", "SunEC");
        agreement.init(privateKey);
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(peer)), true);
        return agreement.generateSecret();
    }

    void encode(ByteBuffer out) {
        byte[] pkcs8 = privateKey.getEncoded();
        out.put(Numbers.of(spec));
        put(out, publicKey.getEncoded());
        put(out, pkcs8);
        Arrays.fill(pkcs8, (byte) 0);
    }

    static SoftKey decode(ByteBuffer in) throws GeneralSecurityException {
        KeySpec spec = Numbers.spec(in.get()).orElseThrow(() -> new IllegalArgumentException("a kind of key"));
        KeyFactory factory = KeyFactory.getInstance(spec.jcaName());
        PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(get(in)));
        byte[] pkcs8 = get(in);
        try {
            return new SoftKey(spec, publicKey, factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    private static byte[] get(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > MAX_ENCODED) {
            throw new IllegalArgumentException("a key of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "key (" + spec + ")";
    }
}
