package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;

/**
 * What sealing costs beside plain ciphers. Measures in Java machines of its own, because the processor's instructions can be taken away
 * from a whole machine only, and because the compiler should see nothing but what is measured.
 */
public final class CipherBench {
    private final CipherFigures figures;

    /** Over figures that are there already. */
    CipherBench(CipherFigures figures) {
        this.figures = figures;
    }

    /**
     * Measures: some minutes with {@link Effort#FULL}, half a minute or more with {@link Effort#QUICK}.
     *
     * @param progress is told in words what is being measured
     * @throws BenchException if a Java machine cannot be started or breaks off
     * @throws InterruptedException if this thread is interrupted; the machine of the moment is ended
     */
    public static CipherBench run(Effort effort, Consumer<String> progress)
            throws BenchException, InterruptedException {
        Map<Processor, List<ChildReport>> machines = new EnumMap<>(Processor.class);
        for (int machine = 1; machine <= effort.machines(); machine++) {
            for (Processor processor : Processor.values()) {
                String place = processor.label() + ", machine " + machine + " of " + effort.machines() + ": ";
                progress.accept(place + "warming up");
                ChildReport report =
                        ChildMachine.run(processor, effort, course -> progress.accept(place + courseName(course)));
                machines.computeIfAbsent(processor, p -> new ArrayList<>()).add(report);
            }
        }
        return new CipherBench(new CipherFigures(effort.sizes(), machines));
    }

    private static String courseName(String course) {
        return course.equals(Courses.HOUR) ? "the parts of an hour" : CipherTables.sizeName(Integer.parseInt(course));
    }

    /** Every number, with its target where it has one. */
    public List<Measurement> measurements() {
        return CipherMeasurements.of(figures);
    }

    /** The tables and, at their foot, how it was measured. */
    public List<String> text() {
        List<String> lines = new ArrayList<>(CipherTables.of(figures));
        lines.add("");
        lines.addAll(CipherMethod.of(figures));
        return lines;
    }

    /** The times as a drawing, a whole SVG document. */
    public String svg() {
        return CipherPlot.of(figures);
    }
}
