package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camseal.bench.Target;

/** The figures as people read them: a table for each {@link Processor}, one for N viewers, and how it was measured. */
final class CipherTables {
    private static final String HOUR = "  %7s  %9s  %9s  %9s  %9s  | %12s  %12s  %8s";

    private CipherTables() {}

    static List<String> of(CipherFigures figures) {
        List<String> lines = new ArrayList<>();
        for (Processor processor : Processor.values()) {
            lines.addAll(times(figures, processor));
            lines.add("");
        }
        lines.add("AN HOUR OF 4 Mbit/s VIDEO FOR N VIEWERS (CPU seconds in the camera)");
        for (Processor processor : Processor.values()) {
            lines.add("");
            lines.addAll(viewers(figures.hour(processor), processor));
        }
        return lines;
    }

    private static List<String> times(CipherFigures figures, Processor processor) {
        Contender ours = figures.ours(processor);
        List<String> lines = new ArrayList<>();
        lines.add(processor.label().toUpperCase(Locale.ROOT)
                + " (microseconds of CPU time for one access unit; * what a sealer takes here)");
        lines.add("");
        Contender judged = ours == Contender.SEALED_AES ? Contender.AES_GCM : Contender.AES_CTR;
        Contender beside = judged == Contender.AES_GCM ? Contender.AES_CTR : Contender.AES_GCM;
        lines.add(line("", Contender::manner, "* to", "* to", "the same", ""));
        lines.add(line(
                "size",
                contender -> contender.cipher() + (contender == ours ? "*" : ""),
                beside.cipher(),
                judged.cipher(),
                "in rounds",
                "target"));
        for (int size : figures.sizes()) {
            lines.add(row(figures, processor, size, judged, beside));
        }
        return lines;
    }

    private static String line(
            String size,
            Function<Contender, String> cells,
            String beside,
            String judged,
            String rounds,
            String target) {
        String row = Arrays.stream(Contender.values())
                .map(contender -> String.format(Locale.ROOT, "%11s", cells.apply(contender)))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "  %7s%s  | %8s  %8s   %-15s %s", size, row, beside, judged, rounds, target)
                .stripTrailing();
    }

    private static String row(
            CipherFigures figures, Processor processor, int size, Contender judged, Contender beside) {
        double ratio = figures.ratio(processor, size, judged);
        Quartiles rounds = figures.roundRatio(processor, size, judged);
        return line(
                sizeName(size),
                contender -> threeDigits(figures.nanos(processor, size, contender) / 1_000),
                threeDigits(figures.ratio(processor, size, beside)),
                threeDigits(ratio),
                threeDigits(rounds.lower()) + " to " + threeDigits(rounds.upper()),
                verdict(CipherMeasurements.target(processor, figures.ours(processor), size, judged), ratio));
    }

    private static String verdict(Target target, double value) {
        return target instanceof Target.None ? "" : target.text() + (target.isMetBy(value) ? "  met" : "  MISSED");
    }

    private static List<String> viewers(VideoHour hour, Processor processor) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + processor.label() + ":");
        lines.add(String.format(
                Locale.ROOT,
                HOUR,
                "viewers",
                "packages",
                "manifests",
                "grants",
                "= sealed",
                "TLS AES-GCM",
                "TLS ChaCha20",
                "TLS/ours"));
        for (int viewers : VideoHour.VIEWERS) {
            double sealed = hour.sealed(viewers);
            double tls = Math.min(hour.tlsAes(viewers), hour.tlsChacha(viewers));
            lines.add(String.format(
                    Locale.ROOT,
                    HOUR,
                    viewers,
                    threeDigits(hour.packages()),
                    threeDigits(hour.manifests()),
                    threeDigits(hour.granting(viewers)),
                    threeDigits(sealed),
                    threeDigits(hour.tlsAes(viewers)),
                    threeDigits(hour.tlsChacha(viewers)),
                    threeDigits(tls / sealed)));
        }
        return lines;
    }

    /** 1 KB is 1024 bytes. */
    static String sizeName(int bytes) {
        if (bytes % 1_048_576 == 0) {
            return bytes / 1_048_576 + " MB";
        }
        return bytes % 1_024 == 0 ? bytes / 1_024 + " KB" : bytes + " B";
    }

    /** Three digits that count, as far as that is behind the point. */
    static String threeDigits(double value) {
        double size = Math.abs(value);
        int behind = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + behind + "f", value);
    }
}
