package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared script and look: what can be said of them without a browser. */
class PageScriptTest {
    private static final List<String> VERDICTS =
            List.of("authentic", "incomplete", "forged", "unsigned", "pending", "untrusted");

    @TempDir
    private Path directory;

    private static String resource(String name) throws Exception {
        try (InputStream in = PageScriptTest.class.getResourceAsStream("static/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyVerdictHasAColourASymbolAndAWord() throws Exception {
        String look = resource("camseal.css");
        String script = resource("dom.js");
        for (String verdict : VERDICTS) {
            String rule = look.substring(look.indexOf("[data-verdict=\"" + verdict + "\"] {"));
            assertThat(rule.substring(0, rule.indexOf('}')))
                    .as(verdict)
                    .contains("--tone:")
                    .contains("--symbol:");
            assertThat(script).containsPattern(verdict + ": '\\w");
        }
    }

    @Test
    void nothingIsFetchedFromElsewhere() throws Exception {
        for (String name : List.of("camseal.css", "dom.js")) {
            assertThat(resource(name))
                    .doesNotContain("://")
                    .doesNotContain("@import")
                    .doesNotContain("innerHTML")
                    .doesNotContain("eval(");
        }
    }

    @Test
    void theScriptsWordsAndNumbersAreRight() throws Exception {
        Files.writeString(directory.resolve("dom.mjs"), resource("dom.js"));
        Path test = Files.writeString(directory.resolve("test.mjs"), """
                import { bytes, duration, verdictName } from './dom.mjs';
                const seen = [
                  duration(7), duration(723), duration(3600), duration(-1),
                  bytes(512), bytes(1400), bytes(25_000_000),
                  verdictName('AUTHENTIC'), verdictName('Forged'), verdictName('good'), verdictName('toString'),
                ];
                console.log(seen.join('|'));
                """);
        assertThat(Peer.NODE.run(test.toString()).good().out().strip())
                .isEqualTo("0:07|12:03|1:00:00|0:00|512 B|1.4 kB|25 MB|authentic|forged|unsigned|unsigned");
    }
}
