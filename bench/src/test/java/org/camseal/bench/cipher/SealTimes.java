package org.camseal.bench.cipher;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.camseal.seal.KernelRandom;
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
 * The same works as {@code camseal bench cipher} under JMH, for a look inside: profilers, other sizes, other options of the Java machine.
 * Its comparisons run one after the other, not in turn, so they want a quiet machine. {@link SealTimesRun} runs it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealTimes {
    // GCM takes its fastest path from 7680 bytes on; a call site is compiled for good after some 10 000 calls.
    private static final int WARM_UP_BYTES = 8_192;
    private static final int WARM_UP_CALLS = 12_000;

    /** What is timed. */
    @Param
    public Contender contender = Contender.SEALED_AES;

    /** Bytes of the access unit. */
    @Param({"1024", "4096", "16384", "65536", "262144", "1048576"})
    public int size;

    private Work work = () -> {};

    /** So many calls that the compiler is through, and the processor's instructions are in use. */
    @Setup
    public void prepare() throws GeneralSecurityException, SealException {
        work = work(WARM_UP_BYTES);
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            work.run();
        }
        work = work(size);
    }

    private Work work(int bytes) {
        Work found = new Courses(KernelRandom.open()).ofSize(bytes).works().get(contender.name());
        if (found == null) {
            throw new IllegalStateException("no work for " + contender);
        }
        return found;
    }

    /** One access unit. */
    @Benchmark
    public void seal() throws GeneralSecurityException, SealException {
        work.run();
    }
}
