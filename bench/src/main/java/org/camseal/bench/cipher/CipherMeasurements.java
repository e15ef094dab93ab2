package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.List;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;

/** The figures as measurements with their targets. */
final class CipherMeasurements {
    private static final String BENCH = "cipher";
    private static final int MEDIUM = 16_384;
    private static final int LARGE = 65_536;
    private static final double NANOS_PER_MICRO = 1e3;

    private CipherMeasurements() {}

    /** In the order of processors and sizes; then what N viewers cost. */
    static List<Measurement> of(CipherFigures figures) {
        List<Measurement> out = new ArrayList<>();
        for (Processor processor : Processor.values()) {
            for (int size : figures.sizes()) {
                String place = processor.label() + ", " + size + " bytes, ";
                for (Contender contender : Contender.values()) {
                    double micros = figures.nanos(processor, size, contender) / NANOS_PER_MICRO;
                    out.add(Measurement.of(BENCH, place + contender.label(), "cpu time", micros, "us"));
                }
                for (Contender other : List.of(Contender.AES_GCM, Contender.AES_CTR)) {
                    ratio(figures, processor, size, other, out);
                }
            }
        }
        for (Processor processor : Processor.values()) {
            viewers(figures.hour(processor), processor.label() + ", an hour of 4 Mbit/s, ", out);
        }
        return out;
    }

    private static void ratio(
            CipherFigures figures, Processor processor, int size, Contender other, List<Measurement> out) {
        String subject = processor.label() + ", " + size + " bytes, "
                + figures.ours(processor).label() + " to " + other.label();
        Quartiles rounds = figures.roundRatio(processor, size, other);
        out.add(new Measurement(
                BENCH,
                subject,
                "ratio",
                figures.ratio(processor, size, other),
                "",
                target(processor, figures.ours(processor), size, other)));
        out.add(Measurement.of(BENCH, subject, "ratio within a round, lower quartile", rounds.lower(), ""));
        out.add(Measurement.of(BENCH, subject, "ratio within a round, median", rounds.median(), ""));
        out.add(Measurement.of(BENCH, subject, "ratio within a round, upper quartile", rounds.upper(), ""));
    }

    /** What the ratio of the suite that a sealer takes to another cipher must keep to. */
    static Target target(Processor processor, Contender ours, int size, Contender other) {
        // A processor that has no AES instructions is measured "as it is" without them.
        boolean aes = ours == Contender.SEALED_AES;
        return switch (processor) {
            case AS_IT_IS ->
                aes ? withAes(size, other) : other == Contender.AES_CTR ? withoutAes(size) : new Target.None();
            case WITHOUT_AES -> other == Contender.AES_CTR ? withoutAes(size) : new Target.None();
            case SCALAR -> other == Contender.AES_CTR ? new Target.Below(1) : new Target.None();
        };
    }

    private static Target withAes(int size, Contender other) {
        if (other != Contender.AES_GCM || size < MEDIUM) {
            return new Target.None();
        }
        return new Target.AtMost(size < LARGE ? 2.0 : 1.4);
    }

    private static Target withoutAes(int size) {
        return size < MEDIUM ? new Target.None() : new Target.AtMost(0.1);
    }

    private static void viewers(VideoHour hour, String place, List<Measurement> out) {
        for (int viewers : VideoHour.VIEWERS) {
            String subject = place + viewers + (viewers == 1 ? " viewer" : " viewers");
            out.add(seconds(subject, "sealed once: packages", hour.packages()));
            out.add(seconds(subject, "sealed once: manifests", hour.manifests()));
            out.add(seconds(subject, "sealed once: grants", hour.granting(viewers)));
            out.add(seconds(subject, "sealed once: all", hour.sealed(viewers)));
            out.add(seconds(subject, "TLS per viewer, AES-256-GCM", hour.tlsAes(viewers)));
            out.add(seconds(subject, "TLS per viewer, ChaCha20-Poly1305", hour.tlsChacha(viewers)));
        }
    }

    private static Measurement seconds(String subject, String metric, double value) {
        return Measurement.of(BENCH, subject, metric, value, "CPU s");
    }
}
