package org.camseal.bench.cipher;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.camseal.seal.KernelRandom;
import org.camseal.seal.PackageTrial;
import org.camseal.seal.SealException;
import org.camseal.seal.SuiteChoice;

/**
 * The program of the Java machines that {@link CipherBench} starts: measures in this machine and says every round on standard output,
 * in the lines that {@link ChildReport} reads.
 */
final class CipherChild {
    // Large access units from the start, one among many small ones: code that is compiled before it has seen a large
    // one is
    // thrown away at the first, and then large ones alone are too few to have it compiled again.
    private static final List<Integer> SMALL = List.of(1_024, 8_192, 20_000);
    private static final List<Integer> LARGE = List.of(65_536, 262_144, 1_048_576);
    private static final int SMALL_FOR_ONE_LARGE = 400;
    private static final int HOUR_WARM_UP = 500;

    private final PrintStream out;

    private CipherChild(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws GeneralSecurityException, SealException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        new CipherChild(out).measure(effort(arguments), cpuClock());
    }

    /** The arguments that {@link #effort} reads. */
    static List<String> arguments(Effort effort) {
        return List.of(
                effort.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")),
                Integer.toString(effort.warmUpCalls()),
                effort.slice().toString(),
                Integer.toString(effort.minRounds()),
                Integer.toString(effort.maxRounds()),
                effort.budget().toString());
    }

    static Effort effort(String... arguments) {
        return new Effort(
                Arrays.stream(arguments[0].split(",")).map(Integer::valueOf).toList(),
                1,
                Integer.parseInt(arguments[1]),
                Duration.parse(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Duration.parse(arguments[5]));
    }

    private void measure(Effort effort, LongSupplier cpuNanos) throws GeneralSecurityException, SealException {
        Processor.reported().forEach(this::tell);
        out.println("suite " + PackageTrial.suite(SuiteChoice.AUTO));
        SecureRandom random = KernelRandom.open(); // as a camera does
        Courses courses = new Courses(random);
        CourseTimer timer = new CourseTimer(effort, cpuNanos, System::nanoTime, new Random(random.nextLong()));
        warmUp(timer, courses, effort.warmUpCalls());
        for (int size : effort.sizes()) {
            time(timer, courses.ofSize(size));
        }
        Course hour = courses.hour();
        timer.warmUp(hour, Math.min(HOUR_WARM_UP, effort.warmUpCalls()));
        time(timer, hour);
        out.println("end");
    }

    private static void warmUp(CourseTimer timer, Courses courses, int calls)
            throws GeneralSecurityException, SealException {
        List<Course> small = SMALL.stream().map(courses::ofSize).toList();
        List<Course> large = LARGE.stream().map(courses::ofSize).toList();
        for (int done = 0; done < calls; done += SMALL_FOR_ONE_LARGE) {
            for (Course course : large) {
                timer.warmUp(course, 1);
            }
            for (Course course : small) {
                timer.warmUp(course, SMALL_FOR_ONE_LARGE / SMALL.size());
            }
        }
    }

    private void tell(String flag) {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            out.println("flag " + flag + " " + hotSpot.getVMOption(flag).getValue());
        } catch (IllegalArgumentException e) {
            out.println("no flag " + flag); // nothing to be off
        }
    }

    private void time(CourseTimer timer, Course course) throws GeneralSecurityException, SealException {
        out.println("course " + course.name() + " " + String.join(" ", course.names()));
        timer.time(
                course,
                nanos -> out.println("round "
                        + Arrays.stream(nanos).mapToObj(Double::toString).collect(Collectors.joining(" "))));
    }

    /** The time this thread had a processor; what other programs take does not count. */
    private static LongSupplier cpuClock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime;
    }
}
