package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camseal.bench.BenchException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What people see of the figures: the tables and the drawing. */
class CipherTextTest {
    private static Document drawing(CipherFigures figures) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(CipherPlot.of(figures).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everySizeIsARowWithItsRatioAndItsTarget() throws BenchException {
        String text = String.join("\n", new CipherBench(GivenFigures.of(1.5, 0.05, 0.5)).text());
        assertThat(text)
                .contains("AS THE PROCESSOR IS", "WITHOUT AES INSTRUCTIONS", "EVERYTHING SCALAR", "AES*", "ChaCha20*")
                .containsPattern("16 KB +.*1\\.50 .*<= 2  met")
                .containsPattern("64 KB +.*1\\.50 .*<= 1\\.4  MISSED")
                .containsPattern("64 KB +.*0\\.050 .*<= 0\\.1  met")
                .containsPattern("64 KB +.*0\\.500 .*< 1  met")
                .contains("-XX:-UseAES", "-XX:-UseSuperWord")
                .containsPattern("(?m)^ +1000 ");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(125));
    }

    @Test
    void numbersKeepThreeDigits() {
        assertThat(CipherTables.threeDigits(0.0456)).isEqualTo("0.046");
        assertThat(CipherTables.threeDigits(1.234)).isEqualTo("1.23");
        assertThat(CipherTables.threeDigits(12.34)).isEqualTo("12.3");
        assertThat(CipherTables.threeDigits(1234.4)).isEqualTo("1234");
        assertThat(CipherTables.sizeName(65_536)).isEqualTo("64 KB");
        assertThat(CipherTables.sizeName(1_048_576)).isEqualTo("1 MB");
        assertThat(CipherTables.sizeName(1_000)).isEqualTo("1000 B");
    }

    @Test
    void theDrawingIsWellFormedAndSaysWhatItShows() throws Exception {
        Document drawing = drawing(GivenFigures.of(1.3, 0.05, 0.5));
        Element svg = drawing.getDocumentElement();
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(drawing.getElementsByTagName("title").item(0).getTextContent())
                .isNotBlank();
        assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent())
                .contains("as the processor is, at 64 KB", "plain AES-256-GCM 78.6 microseconds");
        assertThat(drawing.getElementsByTagName("style").item(0).getTextContent())
                .contains("prefers-color-scheme: dark");
        assertThat(drawing.getElementsByTagName("polyline").getLength())
                .as("a line for each cipher in each panel")
                .isEqualTo(15);
    }

    @Test
    void linesStayInsideTheirPanelsAndTheSlowerIsAbove() throws Exception {
        Document drawing = drawing(GivenFigures.of(1.3, 0.05, 0.5));
        for (int i = 0; i < 15; i++) {
            Element line = (Element) drawing.getElementsByTagName("polyline").item(i);
            for (String point : line.getAttribute("points").split(" ")) {
                String[] xy = point.split(",");
                assertThat(Double.parseDouble(xy[0])).isBetween(74.0, 1110.0);
                assertThat(Double.parseDouble(xy[1])).isBetween(84.0, 456.0);
            }
        }
        LogAxis axis = new LogAxis(1, 100, 200, 0);
        assertThat(axis.at(1)).isEqualTo(200);
        assertThat(axis.at(10)).isEqualTo(100);
        assertThat(axis.at(100)).isEqualTo(0);
    }

    @Test
    void textInADrawingIsEscaped() {
        assertThat(new Svg().text("text", "a < b & c", "id", "\"q\"").toString())
                .isEqualTo("<text id=\"&quot;q&quot;\">a &lt; b &amp; c</text>\n");
    }
}
