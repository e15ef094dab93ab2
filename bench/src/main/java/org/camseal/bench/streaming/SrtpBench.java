package org.camseal.bench.streaming;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.streaming.srtp.SrtpProfile;

/**
 * Protects and opens packets of 1 200 bytes, and encrypts the same payloads with the JDK's ciphers alone. All of them take turns in one
 * run, in slices of some milliseconds, each round in another order; what counts is the thread's processor time of the least disturbed
 * slices, so that other work on the machine does little harm.
 */
public final class SrtpBench {
    private static final String BENCH = "streaming";
    private static final int PACKETS_A_SLICE = 4_000;
    private static final int PACKET_BYTES = 1_200;
    private static final double NANOS = 1e9;
    private static final double LEAST_DISTURBED = 0.1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Target GCM = new Target.AtLeast(1_200_000);

    private final int rounds;
    private final int warmUps;

    private SrtpBench(int rounds, int warmUps) {
        this.rounds = rounds;
        this.warmUps = warmUps;
    }

    /**
     * Measures, half a minute.
     *
     * @param progress told what is at work
     */
    public static List<Measurement> run(Consumer<String> progress) throws BenchException {
        return new SrtpBench(60, 25).measure(progress);
    }

    /** As {@link #run}, with a number of rounds that says nothing of speed. */
    static List<Measurement> quick() throws BenchException {
        return new SrtpBench(1, 0).measure(text -> {});
    }

    private List<Measurement> measure(Consumer<String> progress) throws BenchException {
        List<Measurement> out = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            progress.accept("streaming: " + profile);
            out.addAll(measure(profile));
        }
        return out;
    }

    private List<Measurement> measure(SrtpProfile profile) throws BenchException {
        List<PacketWork> works = List.of(
                PacketWork.sending(profile, PACKET_BYTES),
                PacketWork.receiving(profile, PACKET_BYTES),
                PacketWork.cipherAlone(profile, PACKET_BYTES));
        double[][] nanos = new double[works.size()][rounds];
        for (int round = -warmUps; round < rounds; round++) {
            for (int i = 0; i < works.size(); i++) {
                int turn = Math.floorMod(i + round, works.size());
                double spent = slice(works.get(turn));
                if (round >= 0) {
                    nanos[turn][round] = spent;
                }
            }
        }
        double send = perSecond(nanos[0]);
        double receive = perSecond(nanos[1]);
        double alone = perSecond(nanos[2]);
        String subject = profile + ", packets of " + PACKET_BYTES + " bytes";
        Target target = profile.isAead() ? GCM : new Target.None();
        return List.of(
                new Measurement(BENCH, subject, "protect", send, "packets/s", target),
                Measurement.of(BENCH, subject, "unprotect", receive, "packets/s"),
                Measurement.of(BENCH, subject, "the JDK's cipher alone", alone, "packets/s"),
                Measurement.of(BENCH, subject, "protect, of the cipher alone", send / alone, ""),
                Measurement.of(BENCH, subject, "unprotect, of the cipher alone", receive / alone, ""));
    }

    private static double slice(PacketWork work) throws BenchException {
        work.prepare(PACKETS_A_SLICE);
        long began = THREADS.getCurrentThreadCpuTime();
        int done = work.run(PACKETS_A_SLICE);
        long spent = THREADS.getCurrentThreadCpuTime() - began;
        if (done != PACKETS_A_SLICE) {
            throw new BenchException.NotAsExpected(
                    done + " packets were taken of " + PACKETS_A_SLICE + "; all of them expected");
        }
        return (double) spent / PACKETS_A_SLICE;
    }

    private static double perSecond(double[] nanos) {
        double[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return NANOS / sorted[(int) (LEAST_DISTURBED * sorted.length)];
    }
}
