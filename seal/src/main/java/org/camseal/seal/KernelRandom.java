package org.camseal.seal;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Random bytes of the operating system's generator, each call a read of its own: nothing is kept in this process, so a copied or restored machine
 * does not give the same keys twice, and sealers in one process do not wait for each other, as they do at the lock that all generators of the JDK's
 * default kind share on Linux ({@code NativePRNG}).
 *
 * <p>Thread-safe. Cannot be seeded, and needs no seed.
 */
@SuppressWarnings("serial") // SecureRandom is serializable; an open file is not
public final class KernelRandom extends SecureRandom {
    private static final File GENERATOR = new File("/dev/urandom");
    private static final File SEEDED = new File("/dev/random");

    private final transient Source source;

    private KernelRandom(Source source) {
        super(source, null);
        this.source = source;
    }

    /** The operating system's generator; where there is no {@code /dev/urandom}, the platform's own. Waits until it is seeded. */
    public static SecureRandom open() {
        try (FileInputStream seeded = new FileInputStream(SEEDED)) {
            // Early after a start, urandom gives bytes that are not yet random; one byte of random is there only after
            // that time.
            if (seeded.read() >= 0) {
                return new KernelRandom(new Source(new FileInputStream(GENERATOR)));
            }
        } catch (IOException e) {
            // Another system: its generator is behind the platform's.
        }
        return new SecureRandom();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.engineNextBytes(bytes); // not by SecureRandom's own, which takes a lock
    }

    @Override
    public String getAlgorithm() {
        return "kernel";
    }

    private static final class Source extends SecureRandomSpi {
        private final transient FileInputStream generator;

        Source(FileInputStream generator) {
            this.generator = generator;
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            try {
                int at = 0;
                while (at < bytes.length) {
                    int read = generator.read(bytes, at, bytes.length - at);
                    if (read < 0) {
                        throw new IllegalStateException("the kernel's random generator ended");
                    }
                    at += read;
                }
            } catch (IOException e) {
                throw new IllegalStateException("the kernel's random generator cannot be read", e);
            }
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The kernel gathers its own.
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            engineNextBytes(seed);
            return seed;
        }
    }
}
