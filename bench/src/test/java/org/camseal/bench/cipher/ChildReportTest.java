package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camseal.bench.BenchException;
import org.camseal.manifest.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildReportTest {
    @Test
    void readsWhatAChildSays() throws BenchException {
        ChildReport report = GivenFigures.report(GivenFigures.lines("AES_256_GCM", Map.of(), 5));
        assertThat(report.isWhole()).isTrue();
        assertThat(report.suite()).isEqualTo(Suite.AES_256_GCM);
        assertThat(report.flags()).containsEntry("UseAES", true);
        assertThat(report.courses()).containsOnlyKeys("1024", "16384", "65536", "hour");
    }

    @Test
    void isNotWholeBeforeItsEnd() throws BenchException {
        List<String> lines = GivenFigures.lines("AES_256_GCM", Map.of(), 5);
        for (int end = 0; end < lines.size(); end++) {
            assertThat(GivenFigures.report(lines.subList(0, end)).isWhole()).isFalse();
        }
    }

    @Test
    void keepsTheLastOtherLinesForTheErrorMessage() throws BenchException {
        ChildReport report = new ChildReport();
        for (int i = 0; i < 20; i++) {
            report.line("OpenJDK warning " + i);
        }
        assertThat(report.otherLines()).hasSize(8).last().isEqualTo("OpenJDK warning 19");
    }

    @ParameterizedTest
    @ValueSource(strings = {"round 1 2", "suite ROT13", "suite", "flag", "course"})
    void refusesWhatBreaksTheForm(String line) {
        assertThatThrownBy(() -> new ChildReport().line(line))
                .isInstanceOf(BenchException.ChildFailed.class)
                .hasMessageContaining(line);
    }

    @Test
    void aFlagThatStayedOnIsNoticed() {
        assertThat(Processor.WITHOUT_AES.contradictions(Map.of("UseAES", true, "UseSuperWord", true)))
                .containsExactly("UseAES");
        assertThat(Processor.SCALAR.contradictions(Map.of("UseAES", false, "UseSuperWord", true)))
                .containsExactly("UseSuperWord");
        assertThat(Processor.AS_IT_IS.contradictions(Map.of("UseAES", true))).isEmpty();
    }
}
