package org.camseal.bench.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A cipher of the JDK that encrypts the same bytes again and again, under one key with a new nonce each time, into an array that is there
 * already; with 100 bytes of associated data where it takes any. So it does what a package's cipher does, but for what makes the package.
 */
final class PlainCipher implements Work {
    private static final int TAG_BYTES = 16;
    private static final byte[] ASSOCIATED_DATA = new byte[100];

    private final Cipher cipher;
    private final SecretKey key;
    private final Function<byte[], AlgorithmParameterSpec> parameters;
    private final int nonceBytes;
    private final boolean authenticates;
    private final byte[] in;
    private final byte[] out;
    private long nonces;

    private PlainCipher(
            String transformation,
            int nonceBytes,
            Function<byte[], AlgorithmParameterSpec> parameters,
            int size,
            SecureRandom random) {
        try {
            this.cipher = Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not do " + transformation, e);
        }
        byte[] keyBytes = new byte[32];
        random.nextBytes(keyBytes);
        this.key = new SecretKeySpec(keyBytes, transformation.startsWith("AES") ? "AES" : "ChaCha20");
        this.nonceBytes = nonceBytes;
        this.parameters = parameters;
        this.authenticates = !transformation.contains("CTR");
        this.in = new byte[size];
        random.nextBytes(in);
        this.out = new byte[size + TAG_BYTES];
        this.nonces = random.nextLong() >>> 1;
    }

    static PlainCipher aesCtr(int size, SecureRandom random) {
        return new PlainCipher("AES/CTR/NoPadding", 16, IvParameterSpec::new, size, random);
    }

    static PlainCipher aesGcm(int size, SecureRandom random) {
        return new PlainCipher(
                "AES/GCM/NoPadding", 12, nonce -> new GCMParameterSpec(8 * TAG_BYTES, nonce), size, random);
    }

    static PlainCipher chacha20Poly1305(int size, SecureRandom random) {
        return new PlainCipher("ChaCha20-Poly1305", 12, IvParameterSpec::new, size, random);
    }

    @Override
    public void run() throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(nonceBytes).putLong(nonces++).array();
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters.apply(nonce));
        if (authenticates) {
            cipher.updateAAD(ASSOCIATED_DATA);
        }
        cipher.doFinal(in, 0, in.length, out, 0);
    }
}
