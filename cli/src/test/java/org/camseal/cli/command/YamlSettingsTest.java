package org.camseal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camseal.authority.service.AuthoritySettings;
import org.camseal.authority.upstream.UpstreamSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One settings file: every key has a default, and none is passed over. */
class YamlSettingsTest {
    /** A form with a section, as settings have. */
    record Form(String name, int count, List<String> hosts, Inner inner) {
        /** A section. */
        record Inner(boolean quick) {}
    }

    private static final Form DEFAULTS = new Form("camera", 1, List.of("a"), new Form.Inner(false));

    @TempDir
    private Path directory;

    private Form read(String yaml) throws Exception {
        return YamlSettings.read(Files.writeString(directory.resolve("settings.yaml"), yaml), DEFAULTS);
    }

    private void assertWrong(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNotSaidKeepsItsDefault() throws Exception {
        assertThat(read("")).isEqualTo(DEFAULTS);
        assertThat(read("# nothing\n")).isEqualTo(DEFAULTS);
        assertThat(read("count: 7\ninner:\n  quick: true\nhosts: [b, c]\n"))
                .isEqualTo(new Form("camera", 7, List.of("b", "c"), new Form.Inner(true)));
        assertThat(YamlSettings.read(Files.writeString(directory.resolve("a.yaml"), ""), AuthoritySettings.DEFAULTS))
                .isEqualTo(AuthoritySettings.DEFAULTS);
    }

    @Test
    void anAuthoritysSectionIsReadAndItsKeysAreKnown() throws Exception {
        Path file = Files.writeString(directory.resolve("authority.yaml"), """
            public-listen: 0.0.0.0:80
            console-listen: 127.0.0.1:8081
            list-interval-seconds: 60
            upstream:
              protocol: est
              url: https://ca.example/
              identity: ra
            """);
        AuthoritySettings read = YamlSettings.read(file, AuthoritySettings.DEFAULTS);
        assertThat(read.publicListen()).isEqualTo("0.0.0.0:80");
        assertThat(read.consoleListen()).isEqualTo("127.0.0.1:8081");
        assertThat(read.listIntervalSeconds()).isEqualTo(60);
        assertThat(read.upstream())
                .isEqualTo(new UpstreamSettings("est", "https://ca.example/", "ra", "", "", "", "", "", ""));
        Files.writeString(file, "upstream:\n  protcol: est\n");
        assertThatThrownBy(() -> YamlSettings.read(file, AuthoritySettings.DEFAULTS))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.getMessage()).contains("line 2", "unknown key \"upstream.protcol\"");
                    assertThat(failure.hint()).isEqualTo("did you mean upstream.protocol?");
                });
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheNearest() {
        assertThatThrownBy(() -> read("name: x\ncuont: 3\n")).isInstanceOfSatisfying(CommandFailure.class, failure -> {
            assertThat(failure.getMessage()).contains("line 2", "unknown key \"cuont\"");
            assertThat(failure.hint()).isEqualTo("did you mean count?");
        });
        assertWrong("inner:\n  quik: true\n", "unknown key \"inner.quik\"");
    }

    @Test
    void whatIsOfAnotherKindOrThereTwiceIsAnError() {
        assertWrong("count: many\n", "the value of count");
        assertWrong("count:\n", "the value of count");
        assertWrong("- a\n- b\n", "KEY: VALUE");
        assertWrong("name: [unclosed\n", "settings.yaml");
    }
}
