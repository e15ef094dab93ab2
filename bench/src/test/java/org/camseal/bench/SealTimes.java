package org.camseal.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.manifest.Suite;
import org.camseal.seal.PackageTrial;
import org.camseal.seal.SealException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Time to seal one access unit of a size, beside ciphers of the JDK that encrypt the same bytes under one fixed key with a new nonce.
 * All write into an array that is there already, with 100 bytes of associated data where there are any.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealTimes {
    /** Bytes of the access unit. */
    @Param({"1024", "4096", "16384", "65536", "262144", "1048576"})
    public int size;

    // GCM takes its fastest path from 7680 bytes on; a call site is compiled for good after some 10 000 calls.
    private static final int WARM_UP_BYTES = 8_192;
    private static final int WARM_UP_CALLS = 12_000;

    private final SecureRandom random = new SecureRandom();
    private final byte[] associatedData = new byte[100];
    private long nonces;
    private byte[] in = {};
    private byte[] out = {};
    private PackageTrial aesPackage = new PackageTrial(Suite.AES_256_GCM, 1, random);
    private PackageTrial chachaPackage = new PackageTrial(Suite.CHACHA20_POLY1305, 1, random);
    private final Cipher ctr = cipher("AES/CTR/NoPadding");
    private final Cipher gcm = cipher("AES/GCM/NoPadding");
    private final Cipher chacha = cipher("ChaCha20-Poly1305");
    private final SecretKey aesKey = key("AES");
    private final SecretKey chachaKey = key("ChaCha20");

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not do " + transformation, e);
        }
    }

    private SecretKey key(String algorithm) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new SecretKeySpec(bytes, algorithm);
    }

    /** Makes what all invocations share. */
    @Setup
    public void prepare() throws GeneralSecurityException, SealException {
        in = new byte[size];
        random.nextBytes(in);
        out = new byte[Math.max(size, WARM_UP_BYTES) + 16];
        aesPackage = new PackageTrial(Suite.AES_256_GCM, size, random);
        chachaPackage = new PackageTrial(Suite.CHACHA20_POLY1305, size, random);
        nonces = random.nextLong() >>> 1;
        warmUp();
    }

    /** So many calls that the JVM compiles the ciphers' inner calls, and with them uses the processor's instructions. */
    private void warmUp() throws GeneralSecurityException, SealException {
        byte[] picture = in;
        PackageTrial aes = aesPackage;
        PackageTrial chacha = chachaPackage;
        aesPackage = new PackageTrial(Suite.AES_256_GCM, WARM_UP_BYTES, random);
        chachaPackage = new PackageTrial(Suite.CHACHA20_POLY1305, WARM_UP_BYTES, random);
        in = new byte[WARM_UP_BYTES];
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            packageAes();
            packageChacha();
            aesCtr();
            aesGcm();
            chacha20Poly1305();
        }
        in = picture;
        aesPackage = aes;
        chachaPackage = chacha;
    }

    /** A package of suite 1. */
    @Benchmark
    public void packageAes() throws SealException {
        aesPackage.seal();
    }

    /** A package of suite 2. */
    @Benchmark
    public void packageChacha() throws SealException {
        chachaPackage.seal();
    }

    /** AES-256-CTR under one key. */
    @Benchmark
    public byte[] aesCtr() throws GeneralSecurityException {
        ctr.init(Cipher.ENCRYPT_MODE, aesKey, new IvParameterSpec(nonce(16)));
        ctr.doFinal(in, 0, in.length, out, 0);
        return out;
    }

    /** AES-256-GCM under one key. */
    @Benchmark
    public byte[] aesGcm() throws GeneralSecurityException {
        gcm.init(Cipher.ENCRYPT_MODE, aesKey, new GCMParameterSpec(128, nonce(12)));
        gcm.updateAAD(associatedData);
        gcm.doFinal(in, 0, in.length, out, 0);
        return out;
    }

    /** ChaCha20-Poly1305 under one key. */
    @Benchmark
    public byte[] chacha20Poly1305() throws GeneralSecurityException {
        chacha.init(Cipher.ENCRYPT_MODE, chachaKey, new IvParameterSpec(nonce(12)));
        chacha.updateAAD(associatedData);
        chacha.doFinal(in, 0, in.length, out, 0);
        return out;
    }

    private byte[] nonce(int length) {
        return ByteBuffer.allocate(length).putLong(nonces++).array();
    }
}
