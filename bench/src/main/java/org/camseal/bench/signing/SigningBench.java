package org.camseal.bench.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.SyntheticClip;
import org.camseal.bench.Target;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.MediaSigner;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningException;
import org.camseal.signing.SigningKey;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.signing.validation.ValidatorSettings;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;
import org.camseal.signing.wire.VendorInfo;

/**
 * Signs and validates a {@link SyntheticClip} several times. Making the clip is not timed. What counts against the targets is processor time of
 * the fastest round, so that other work on the machine does little harm: for signing, that of the busier of the two threads, the one with the
 * pictures or the one with the key; for validating, the one that reads and verifies or the one that hashes.
 */
public final class SigningBench {
    private static final String BENCH = "signing";
    private static final String SUBJECT = "18000 pictures of 1080p H.264, 302 MB, groups of 60, hash list";
    private static final SyntheticClip CLIP = new SyntheticClip(60, 100_000, 15_367);
    private static final int GROUPS = 300;
    private static final int PICTURES = GROUPS * CLIP.picturesPerGroup();
    private static final int ROUNDS = 5;
    private static final int WARM_UP_GROUPS = 100;
    private static final int GROUPS_AT_ONCE = 5;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    // The figures of the format's reference library in C on two cores.
    private static final Target SIGN = new Target.AtLeast(25_000);
    private static final Target VALIDATE = new Target.AtLeast(42_000);
    private static final Target SIZE = new Target.AtMost(27);

    private final SigningKey key;
    private final ExecutorService keyThread;
    private final ExecutorService hashThread;

    private SigningBench(SigningKey key, ExecutorService keyThread, ExecutorService hashThread) {
        this.key = key;
        this.keyThread = keyThread;
        this.hashThread = hashThread;
    }

    /** Times of one round, and what it saw. */
    private record Round(Spent sign, Spent key, Spent validate, Spent hashing, long clipBytes, long seiBytes) {
        double signCpuNanos() {
            return Math.max(sign.cpu, key.cpu);
        }

        double validateCpuNanos() {
            return Math.max(validate.cpu, hashing.cpu);
        }
    }

    /**
     * Measures.
     *
     * @param key signs the clip, in a thread of its own
     * @param progress told what is at work
     * @throws BenchException.NotAsExpected if the clip cannot be signed, or is not authentic afterwards
     */
    public static List<Measurement> run(SigningKey key, Consumer<String> progress) throws BenchException {
        List<Round> rounds = new ArrayList<>();
        try (ExecutorService keyThread = Executors.newSingleThreadExecutor();
                ExecutorService hashThread = Executors.newSingleThreadExecutor()) {
            SigningBench bench = new SigningBench(key, keyThread, hashThread);
            progress.accept("signing: warming up");
            bench.round(WARM_UP_GROUPS);
            for (int i = 1; i <= ROUNDS; i++) {
                progress.accept("signing: round " + i + " of " + ROUNDS);
                rounds.add(bench.round(GROUPS));
            }
        } catch (SigningException e) {
            throw new BenchException.NotAsExpected("the clip cannot be signed: " + e.getMessage(), e);
        }
        return measurements(rounds);
    }

    private Round round(int groups) throws SigningException, BenchException.NotAsExpected {
        SignerSettings settings = SignerSettings.of(new VendorInfo("0.1.0", "CS-BENCH", "CamSeal"));
        TimedKey timed = new TimedKey(key);
        MediaSigner signer = new MediaSigner(SyntheticClip.track(), settings, timed, keyThread, System::nanoTime);
        Spent hashing = new Spent();
        MediaValidator validator = new MediaValidator(
                (VideoFormat) SyntheticClip.track().format(),
                ValidatorSettings.DEFAULT.withHashing(task -> hashThread.execute(() -> timed(hashing, task))));
        Spent sign = new Spent();
        Spent validate = new Spent();
        long clipBytes = 0;
        long seiBytes = 0;
        for (int group = 0; group < groups; group += GROUPS_AT_ONCE) {
            List<VideoUnit> clear = new ArrayList<>();
            for (int i = 0; i < GROUPS_AT_ONCE; i++) {
                clear.addAll(CLIP.group(group + i));
            }
            List<VideoUnit> signed = new ArrayList<>(clear.size() + 1);
            boolean last = group + GROUPS_AT_ONCE >= groups;
            sign.begin();
            for (VideoUnit unit : clear) {
                signed.add((VideoUnit) signer.sign(unit).unit());
            }
            if (last) {
                signer.end().ifPresent(end -> signed.add((VideoUnit) end.unit()));
            }
            sign.end();
            validate.begin();
            for (VideoUnit unit : signed) {
                validator.accept(unit);
            }
            if (last) {
                validator.finish();
            }
            validate.end();
            clipBytes += clear.stream().mapToLong(VideoUnit::sizeBytes).sum();
            seiBytes += seiBytes(signed);
        }
        requireAuthentic(validator.report(), groups);
        return new Round(sign, timed.spent(), validate, hashing, clipBytes, seiBytes);
    }

    private static void timed(Spent spent, Runnable task) {
        spent.begin();
        task.run();
        spent.end();
    }

    private static long seiBytes(List<VideoUnit> units) {
        long bytes = 0;
        for (VideoUnit unit : units) {
            for (NalUnit nal : unit.nalUnits()) {
                bytes += SigningSeiReader.read(nal) instanceof SeiReading.Sei ? nal.length() : 0;
            }
        }
        return bytes;
    }

    private static void requireAuthentic(SigningReport report, int groups) throws BenchException.NotAsExpected {
        boolean authentic = report.overall().orElse(null) instanceof SigningVerdict.Authentic;
        if (!authentic || report.authentic() != groups || report.openTail().isPresent()) {
            throw new BenchException.NotAsExpected("the signed clip is judged " + report.overall() + ", "
                    + report.authentic() + " groups authentic; authentic, " + groups + " groups expected");
        }
    }

    private static List<Measurement> measurements(List<Round> rounds) {
        double seconds = (double) PICTURES / SyntheticClip.PICTURES_PER_SECOND;
        List<Measurement> out = new ArrayList<>();
        addSpeeds("sign", rounds, Round::signCpuNanos, round -> round.sign().wall, SIGN, out);
        addSpeeds("validate", rounds, Round::validateCpuNanos, round -> round.validate().wall, VALIDATE, out);
        double worst = rounds.stream().mapToLong(Round::seiBytes).max().orElse(0);
        out.add(new Measurement(BENCH, SUBJECT, "size of signatures", worst * 8 / 1000 / seconds, "kbit/s", SIZE));
        return out;
    }

    private static void addSpeeds(
            String what,
            List<Round> rounds,
            ToDoubleFunction<Round> cpuNanos,
            ToDoubleFunction<Round> wallNanos,
            Target target,
            List<Measurement> out) {
        double cpu = rounds.stream().mapToDouble(cpuNanos).min().orElseThrow() / NANOS;
        double wall = rounds.stream().mapToDouble(wallNanos).min().orElseThrow() / NANOS;
        double pictures = PICTURES;
        double megabytes = rounds.getFirst().clipBytes() / MEGA;
        out.add(new Measurement(BENCH, SUBJECT, what, pictures / cpu, "frames/s", target));
        out.add(Measurement.of(BENCH, SUBJECT, what + ", bytes", megabytes / cpu, "MB/s"));
        out.add(Measurement.of(BENCH, SUBJECT, what + ", by the wall clock", pictures / wall, "frames/s"));
    }
}
