package org.camseal.bench.cipher;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camseal.bench.BenchException;

/** Figures that nobody measured: for the arithmetic of what is made of them. */
final class GivenFigures {
    static final List<Integer> SIZES = List.of(1_024, 16_384, 65_536);

    private GivenFigures() {}

    /** The lines of a child: every contender takes so many nanoseconds a byte, the parts of an hour so many each. */
    static List<String> lines(String suite, Map<Contender, Double> nanosPerByte, double hourNanos) {
        List<String> lines = new java.util.ArrayList<>();
        lines.add("flag UseAES " + suite.startsWith("AES"));
        lines.add("suite " + suite);
        for (int size : SIZES) {
            lines.add("course " + size + " "
                    + Stream.of(Contender.values()).map(Contender::name).collect(Collectors.joining(" ")));
            for (int round = 0; round < 3; round++) {
                StringBuilder line = new StringBuilder("round");
                for (Contender contender : Contender.values()) {
                    line.append(' ').append(nanosPerByte.getOrDefault(contender, 1.0) * size * (1 + round));
                }
                lines.add(line.toString());
            }
        }
        lines.add("course hour "
                + List.of(HourPart.values()).stream().map(HourPart::name).collect(Collectors.joining(" ")));
        lines.add("round" + (" " + hourNanos).repeat(HourPart.values().length));
        lines.add("end");
        return lines;
    }

    static ChildReport report(List<String> lines) throws BenchException {
        ChildReport report = new ChildReport();
        for (String line : lines) {
            report.line(line);
        }
        return report;
    }

    /**
     * @param withAes what a package takes in parts of plain AES-256-GCM, with AES instructions
     * @param withoutAes what a package takes in parts of AES-256-CTR, without
     * @param scalar the same with everything scalar
     */
    static CipherFigures of(double withAes, double withoutAes, double scalar) throws BenchException {
        Map<Processor, List<ChildReport>> machines = new EnumMap<>(Processor.class);
        machines.put(
                Processor.AS_IT_IS,
                List.of(report(lines(
                        "AES_256_GCM", Map.of(Contender.SEALED_AES, withAes, Contender.AES_GCM, 1.0), 1_000_000))));
        machines.put(
                Processor.WITHOUT_AES,
                List.of(report(lines("CHACHA20_POLY1305", Map.of(Contender.SEALED_CHACHA, withoutAes), 1_000_000))));
        machines.put(
                Processor.SCALAR,
                List.of(report(lines("CHACHA20_POLY1305", Map.of(Contender.SEALED_CHACHA, scalar), 1_000_000))));
        return new CipherFigures(SIZES, machines);
    }
}
