package org.camseal.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;

/** How many certificates a second an authority gives, how long one takes at half of that, and how long it takes to start. */
final class AuthorityMeasurements {
    private static final String BENCH = "authority";

    /** What the authority must sustain, a second. */
    private static final int TARGET_RATE = 1_000;

    /** More than it is expected to do in a second, so that requests do not run out. */
    private static final int MOST_RATE = 2_000;

    /** Until Java has compiled what is measured; what an authority does once, not all day long. */
    private static final int WARM_UP = 6_000;

    private static final int ASKING_AT_ONCE = 64;
    private static final double P99_MILLIS = 50;
    private static final double START_SECONDS = 5;

    private final int seconds;
    private final Consumer<String> progress;
    private final List<Measurement> measurements = new ArrayList<>();

    /**
     * @param seconds how long each number is measured
     * @param progress hears what is going on
     */
    AuthorityMeasurements(int seconds, Consumer<String> progress) {
        this.seconds = seconds;
        this.progress = progress;
    }

    List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /** Requests of as many cameras, RSA of 2048 bits, signed; not part of what is measured. */
    List<byte[]> requests() throws IdentityException, InterruptedException, GeneralSecurityException {
        int count = WARM_UP + seconds * (MOST_RATE + TARGET_RATE / 2);
        progress.accept("makes primes for " + count + " keys");
        BenchKeys keys = new BenchKeys(count, new SecureRandom());
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<byte[]>> signed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var key = keys.next();
                CertificateSubject camera =
                        new CertificateSubject(BenchAuthority.MAKER, BenchAuthority.MODEL, String.format("CS-%08d", i));
                signed.add(threads.submit(
                        () -> CertificateRequest.sign(key, camera).toDer()));
            }
            List<byte[]> requests = new ArrayList<>();
            for (Future<byte[]> request : signed) {
                requests.add(request.get());
                if (requests.size() % 500 == 0) {
                    progress.accept("signs requests: " + requests.size() + " of " + count);
                }
            }
            return requests;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request was not signed", e);
        }
    }

    /** Sustained and at half load, in one database. */
    void issuance(String name, BenchAuthority authority, List<byte[]> requests)
            throws AuthorityException, InterruptedException {
        authority.order("bench", "CS-");
        AtomicInteger next = new AtomicInteger();
        progress.accept(name + ": warms up");
        flatOut(authority, requests, next, WARM_UP, Long.MAX_VALUE);
        progress.accept(name + ": as many as it can");
        int before = next.get();
        long cpu = processCpu();
        long begin = System.nanoTime();
        int last = Math.min(requests.size(), before + seconds * MOST_RATE);
        flatOut(authority, requests, next, last, begin + seconds * 1_000_000_000L);
        double taken = (System.nanoTime() - begin) / 1e9;
        int done = Math.min(next.get(), last) - before;
        add(name, "sustained", done / taken, "1/s", new Target.AtLeast(TARGET_RATE));
        add(
                name,
                "processor time for one, a server's apart",
                (processCpu() - cpu) / 1e6 / done,
                "ms",
                new Target.None());
        progress.accept(name + ": at half load");
        next.set(Math.min(next.get(), last));
        long[] nanos = halfLoad(authority, requests, next.get());
        add(name, "p50 at half load", percentile(nanos, 50), "ms", new Target.None());
        add(name, "p99 at half load", percentile(nanos, 99), "ms", new Target.AtMost(P99_MILLIS));
    }

    /** Of all threads, the compiler's and the collector's too; it does not count what others take of the machine. */
    private static long processCpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void flatOut(BenchAuthority authority, List<byte[]> requests, AtomicInteger next, int to, long end)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> askers = new ArrayList<>();
            for (int i = 0; i < ASKING_AT_ONCE; i++) {
                askers.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        int mine = next.getAndIncrement();
                        if (mine >= to) {
                            break;
                        }
                        authority.enrol(requests.get(mine));
                    }
                    return true;
                }));
            }
            await(askers);
        }
        next.set(Math.min(next.get(), to));
    }

    /** Requests come at fixed times, whether the ones before are answered or not; each is timed from when it should have come. */
    private long[] halfLoad(BenchAuthority authority, List<byte[]> requests, int from) throws InterruptedException {
        int count = Math.min(seconds * TARGET_RATE / 2, requests.size() - from);
        long interval = 2_000_000_000L / TARGET_RATE;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> answers = new ArrayList<>();
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                byte[] request = requests.get(from + i);
                long due = begin + i * interval;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                answers.add(threads.submit(() -> {
                    authority.enrol(request);
                    return System.nanoTime() - due;
                }));
            }
            return await(answers).stream().mapToLong(Long::longValue).sorted().toArray();
        }
    }

    private static <T> List<T> await(List<Future<T>> all) throws InterruptedException {
        List<T> answers = new ArrayList<>();
        for (Future<T> future : all) {
            try {
                answers.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a request was not answered: " + e.getMessage(), e);
            }
        }
        return answers;
    }

    private static double percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** From nothing to the first certificate, on a register with many. */
    void start(Path directory, RegisterAddress.Sqlite at, long rows, byte[] request)
            throws AuthorityException, IdentityException, IOException, InterruptedException, SQLException {
        try (BenchAuthority authority = BenchAuthority.in(directory, at)) {
            authority.order("bench", "CS-");
            authority.enrol(request);
        }
        progress.accept("fills a register with " + rows + " certificates");
        BenchRows.fill(at, rows);
        progress.accept("starts");
        long begin = System.nanoTime();
        try (BenchAuthority authority = BenchAuthority.in(directory, at)) {
            double taken = (System.nanoTime() - begin) / 1e9;
            if (authority.register().totals().issued() <= rows) {
                throw new IllegalStateException("the rows were not written");
            }
            add("sqlite, " + rows + " certificates", "start", taken, "s", new Target.AtMost(START_SECONDS));
        }
    }

    private void add(String subject, String metric, double value, String unit, Target target) {
        measurements.add(new Measurement(BENCH, subject, metric, value, unit, target));
    }

    /** Where a PostgreSQL register is, for measuring; it must be empty. */
    static RegisterAddress postgres(String url, String user, Optional<Path> passwordFile) throws AuthorityException {
        return RegisterAddress.parse(url, Path.of("."), user, passwordFile);
    }
}
