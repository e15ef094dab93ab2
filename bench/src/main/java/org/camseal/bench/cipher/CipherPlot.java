package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The times as a drawing: one panel for each {@link Processor}, the same two logarithmic axes in all, a labelled line for each
 * {@link Contender}. Readable on light and on dark ground, and without colours: sealed is drawn through, plain is dashed.
 */
final class CipherPlot {
    private static final int WIDTH = 1230;
    private static final int HEIGHT = 520;
    private static final int TOP = 84;
    private static final int BOTTOM = 456;
    private static final int LEFT = 74;
    private static final int PANEL = 262;
    private static final int STEP = 384;
    private static final int LABEL_HEIGHT = 15;
    private static final double NANOS_PER_MICRO = 1e3;

    private static final String STYLE = """

            svg { background: #ffffff; font-family: system-ui, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; }
            text { fill: #24292f; font-size: 12px; }
            .head { font-size: 17px; font-weight: 600; }
            .panel { font-size: 14px; font-weight: 600; }
            .faint { fill: #57606a; }
            .grid { stroke: #d8dee4; stroke-width: 1; }
            .frame { stroke: #8c959f; stroke-width: 1; fill: none; }
            .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
            .plain { stroke-dasharray: 5 3; }
            .ours { stroke-width: 3.4; }
            .oursLabel { font-weight: 700; }
            .SEALED_AES { stroke: #0969da; } .fSEALED_AES { fill: #0969da; }
            .SEALED_CHACHA { stroke: #1a7f37; } .fSEALED_CHACHA { fill: #1a7f37; }
            .AES_CTR { stroke: #bc4c00; } .fAES_CTR { fill: #bc4c00; }
            .AES_GCM { stroke: #8250df; } .fAES_GCM { fill: #8250df; }
            .CHACHA20_POLY1305 { stroke: #57606a; } .fCHACHA20_POLY1305 { fill: #57606a; }
            @media (prefers-color-scheme: dark) {
              svg { background: #0d1117; }
              text { fill: #e6edf3; }
              .faint { fill: #9198a1; }
              .grid { stroke: #2b313a; }
              .frame { stroke: #656c76; }
              .SEALED_AES { stroke: #58a6ff; } .fSEALED_AES { fill: #58a6ff; }
              .SEALED_CHACHA { stroke: #56d364; } .fSEALED_CHACHA { fill: #56d364; }
              .AES_CTR { stroke: #f0883e; } .fAES_CTR { fill: #f0883e; }
              .AES_GCM { stroke: #bc8cff; } .fAES_GCM { fill: #bc8cff; }
              .CHACHA20_POLY1305 { stroke: #9198a1; } .fCHACHA20_POLY1305 { fill: #9198a1; }
            }
            """;

    private final CipherFigures figures;
    private final Svg svg = new Svg();
    private final LogAxis micros;

    private CipherPlot(CipherFigures figures) {
        this.figures = figures;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Processor processor : Processor.values()) {
            for (int size : figures.sizes()) {
                for (Contender contender : Contender.values()) {
                    double time = micros(processor, size, contender);
                    least = Math.min(least, time);
                    most = Math.max(most, time);
                }
            }
        }
        this.micros = new LogAxis(decade(Math.floor(Math.log10(least))), decade(above(most)), BOTTOM, TOP);
    }

    private static double above(double most) {
        return Math.floor(Math.log10(most)) + 1;
    }

    private static double decade(double exponent) {
        return Math.pow(10, exponent);
    }

    static String of(CipherFigures figures) {
        return new CipherPlot(figures).draw();
    }

    private double micros(Processor processor, int size, Contender contender) {
        return figures.nanos(processor, size, contender) / NANOS_PER_MICRO;
    }

    private String draw() {
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "role",
                "img",
                "aria-labelledby",
                "title description");
        svg.text("title", "CPU time to seal one access unit, beside plain ciphers", "id", "title");
        svg.text("desc", description(), "id", "description");
        svg.open("style").text(STYLE).close("style");
        svg.text("text", "CPU time for one access unit, by its size", "class", "head", "x", LEFT, "y", 30);
        svg.text(
                "text",
                "both axes logarithmic; sealed: drawn through, plain ciphers: dashed; thick: what a sealer takes there",
                "class",
                "faint",
                "x",
                LEFT,
                "y",
                48);
        double left = LEFT;
        for (Processor processor : Processor.values()) {
            panel(processor, left);
            left += STEP;
        }
        svg.close("svg");
        return svg.toString();
    }

    private String description() {
        List<String> sentences = new ArrayList<>();
        int largest = figures.sizes().getLast();
        for (Processor processor : Processor.values()) {
            sentences.add(processor.label() + ", at " + CipherTables.sizeName(largest) + ": "
                    + java.util.Arrays.stream(Contender.values())
                            .map(contender -> contender.label() + " "
                                    + CipherTables.threeDigits(micros(processor, largest, contender)) + " microseconds")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return String.join(" ", sentences);
    }

    private void panel(Processor processor, double left) {
        LogAxis bytes = new LogAxis(
                figures.sizes().getFirst(),
                Math.max(figures.sizes().getLast(), figures.sizes().getFirst() * 2L),
                left,
                left + PANEL);
        svg.text("text", processor.label(), "class", "panel", "x", left, "y", TOP - 12);
        for (double tick = micros.lowest(); tick <= micros.highest() * 1.01; tick *= 10) {
            double y = micros.at(tick);
            svg.element("line", "class", "grid", "x1", left, "y1", y, "x2", left + PANEL, "y2", y);
            if (left == LEFT) {
                svg.text("text", timeName(tick), "class", "faint", "text-anchor", "end", "x", left - 7, "y", y + 4);
            }
        }
        for (int size : figures.sizes()) {
            double x = bytes.at(size);
            svg.element("line", "class", "grid", "x1", x, "y1", TOP, "x2", x, "y2", BOTTOM);
            svg.text(
                    "text",
                    CipherTables.sizeName(size),
                    "class",
                    "faint",
                    "text-anchor",
                    "middle",
                    "x",
                    x,
                    "y",
                    BOTTOM + 18);
        }
        svg.element("rect", "class", "frame", "x", left, "y", TOP, "width", PANEL, "height", BOTTOM - TOP);
        lines(processor, bytes);
        svg.text(
                "text",
                "size of the access unit",
                "class",
                "faint",
                "text-anchor",
                "middle",
                "x",
                left + PANEL / 2.0,
                "y",
                BOTTOM + 38);
    }

    private void lines(Processor processor, LogAxis bytes) {
        List<Contender> fromTop = new ArrayList<>(List.of(Contender.values()));
        int largest = figures.sizes().getLast();
        fromTop.sort(Comparator.comparingDouble(contender -> -micros(processor, largest, contender)));
        Contender ours = figures.ours(processor);
        double labelY = Double.NEGATIVE_INFINITY;
        for (Contender contender : fromTop) {
            String points = figures.sizes().stream()
                    .map(size -> String.format(
                            Locale.ROOT, "%.1f,%.1f", bytes.at(size), micros.at(micros(processor, size, contender))))
                    .collect(Collectors.joining(" "));
            svg.element(
                    "polyline",
                    "class",
                    "line " + contender.name() + (contender.isSealed() ? "" : " plain")
                            + (contender == ours ? " ours" : ""),
                    "points",
                    points);
            double y = micros.at(micros(processor, largest, contender)) + 4;
            labelY = Math.max(y, labelY + LABEL_HEIGHT);
            svg.text(
                    "text",
                    contender.manner() + " " + contender.cipher(),
                    "class",
                    "f" + contender.name() + (contender == ours ? " oursLabel" : ""),
                    "x",
                    bytes.end() + 6,
                    "y",
                    labelY);
        }
    }

    private static String timeName(double micros) {
        if (micros > 999) {
            return String.format(Locale.ROOT, "%.0f ms", micros / 1000);
        }
        return micros > 0.99
                ? String.format(Locale.ROOT, "%.0f µs", micros)
                : String.format(Locale.ROOT, "%.0f ns", micros * 1000);
    }
}
