package org.camseal.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What sealing costs beside plain ciphers, with the processor's AES instructions and without. Takes about three minutes, in JVMs of its
 * own.
 */
public final class SealBench {
    private static final String NAME = "seal";
    private static final List<Integer> SIZES = List.of(1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576);
    private static final List<String> WITHOUT_AES = List.of(
            "-XX:+UnlockDiagnosticVMOptions", "-XX:-UseAES", "-XX:-UseAESIntrinsics", "-XX:-UseAESCTRIntrinsics");
    // Each call is timed by itself, and the value is what one in twenty falls below: on a busy machine the others were
    // interrupted.
    private static final double PERCENTILE = 5;
    // Compile when a method is found hot, not when a busy machine gets round to it.
    private static final String COMPILE_AT_ONCE = "-Xbatch";

    private SealBench() {}

    /** A method of {@link SealTimes} and a size. */
    private record Subject(String method, int size) implements Comparable<Subject> {
        @Override
        public int compareTo(Subject other) {
            return size != other.size ? Integer.compare(size, other.size) : method.compareTo(other.method);
        }
    }

    /** @throws RunnerException if JMH cannot run, for instance because no JVM can be started */
    public static List<Measurement> run() throws RunnerException {
        Map<Subject, Double> with = times(List.of());
        Map<Subject, Double> without = times(WITHOUT_AES);
        List<Measurement> out = new ArrayList<>();
        with.forEach((subject, nanos) -> out.add(time(subject, "with AES instructions", nanos)));
        without.forEach((subject, nanos) -> out.add(time(subject, "without AES instructions", nanos)));
        for (int size : SIZES) {
            out.add(ratio(with, "packageAes", "aesGcm", size, size < 16_384 ? OptionalDouble.empty() : withAes(size)));
            out.add(ratio(
                    without,
                    "packageChacha",
                    "aesCtr",
                    size,
                    size < 16_384 ? OptionalDouble.empty() : OptionalDouble.of(0.1)));
        }
        return out;
    }

    private static OptionalDouble withAes(int size) {
        return OptionalDouble.of(size < 65_536 ? 2.0 : 1.4);
    }

    private static Map<Subject, Double> times(List<String> jvmArguments) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + SealTimes.class.getName() + "\\.")
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(200))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(300))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend(Stream.concat(Stream.of(COMPILE_AT_ONCE), jvmArguments.stream())
                        .toArray(String[]::new));
        return fastest(new Runner(options.build()).run());
    }

    private static Map<Subject, Double> fastest(Collection<RunResult> results) {
        Map<Subject, Double> times = new TreeMap<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            Subject subject = new Subject(
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    Integer.parseInt(result.getParams().getParam("size")));
            times.put(subject, result.getPrimaryResult().getStatistics().getPercentile(PERCENTILE));
        }
        return times;
    }

    private static Measurement time(Subject subject, String where, double nanos) {
        return new Measurement(
                NAME,
                name(subject.method()) + ", " + subject.size() + " bytes, " + where,
                "time",
                nanos,
                "ns",
                OptionalDouble.empty());
    }

    private static Measurement ratio(
            Map<Subject, Double> times, String ours, String theirs, int size, OptionalDouble most) {
        double value = times.getOrDefault(new Subject(ours, size), Double.NaN)
                / times.getOrDefault(new Subject(theirs, size), Double.NaN);
        return new Measurement(
                NAME, name(ours) + " to " + name(theirs) + ", " + size + " bytes", "ratio", value, "", most);
    }

    private static String name(String method) {
        return switch (method) {
            case "packageAes" -> "package AES-256-GCM";
            case "packageChacha" -> "package ChaCha20-Poly1305";
            case "aesCtr" -> "plain AES-256-CTR";
            case "aesGcm" -> "plain AES-256-GCM";
            case "chacha20Poly1305" -> "plain ChaCha20-Poly1305";
            default -> throw new IllegalArgumentException(method);
        };
    }
}
