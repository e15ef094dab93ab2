package org.camseal.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.cli.CamSeal;
import org.camseal.cli.command.ExitCode;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Measurement MET =
            new Measurement("cipher", "64 KB", "ratio", 1.31, "", new Target.AtMost(1.4));
    private static final Measurement MISSED =
            new Measurement("cipher", "16 KB", "ratio", 2.5, "", new Target.AtMost(2));
    private static final Measurement ALONE = Measurement.of("cipher", "64 KB", "cpu time", 11.5, "us");

    private static String help(String... words) {
        StringWriter out = new StringWriter();
        assertThat(CamSeal.run(new PrintWriter(out), new PrintWriter(new StringWriter()), words))
                .isZero();
        return out.toString();
    }

    @Test
    void oneMissedTargetIsExitCodeThree() {
        assertThat(BenchReport.exitCode(List.of(MET, ALONE))).isEqualTo(ExitCode.DONE);
        assertThat(BenchReport.exitCode(List.of(MET, MISSED, ALONE)).number()).isEqualTo(3);
        assertThat(BenchReport.exitCode(List.of())).isEqualTo(ExitCode.DONE);
    }

    @Test
    void jsonIsOneArrayWithTheSevenMembersInOrder() throws Exception {
        JsonNode array = new ObjectMapper().readTree(BenchReport.json(List.of(MET, MISSED, ALONE)));
        assertThat(array.isArray()).isTrue();
        assertThat(array.get(0).properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("bench", "case", "metric", "value", "unit", "target", "met");
        assertThat(array.get(0).get("value").asDouble()).isEqualTo(1.31);
        assertThat(array.get(0).get("target").asText()).isEqualTo("<= 1.4");
        assertThat(array.get(0).get("met").asBoolean()).isTrue();
        assertThat(array.get(1).get("met").asBoolean()).isFalse();
        assertThat(array.get(2).get("target").isNull()).isTrue();
        assertThat(array.get(2).get("met").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotANumberIsNullInJsonAndMeetsNoTarget() throws Exception {
        Measurement none = new Measurement("cipher", "64 KB", "ratio", Double.NaN, "", new Target.AtMost(1.4));
        JsonNode object =
                new ObjectMapper().readTree(BenchReport.json(List.of(none))).get(0);
        assertThat(object.get("value").isNull()).isTrue();
        assertThat(object.get("met").asBoolean()).isFalse();
    }

    @Test
    void theSummaryNamesWhatIsMissed() {
        assertThat(BenchReport.summary(List.of(MET, MISSED, ALONE)).lines())
                .containsExactly("1 of 2 targets are met", "missed: 16 KB: ratio 2.50, target <= 2");
        assertThat(BenchReport.lines(List.of(MET, MISSED, ALONE)))
                .anySatisfy(line -> assertThat(line).contains("64 KB: ratio", "1.31", "met", "<= 1.4"))
                .anySatisfy(line -> assertThat(line).contains("MISSED", "<= 2"))
                .anySatisfy(line -> assertThat(line).endsWith("11.5 us"));
    }

    @Test
    void aPlotThatCannotBeWrittenIsSaidBeforeAnythingIsMeasured() {
        StringWriter err = new StringWriter();
        int code = CamSeal.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "bench",
                "cipher",
                "--plot",
                "no-such-directory/plot.svg");
        assertThat(code).isEqualTo(4);
        assertThat(err.toString()).startsWith("camseal: error: no such file: no-such-directory/plot.svg");
    }

    @Test
    void theCommandNamesItsMeasurements() {
        assertThat(help("bench")).contains("cipher").contains("a target is missed");
        assertThat(help("bench", "cipher", "--help")).contains("--json", "--plot", "--quick");
    }
}
