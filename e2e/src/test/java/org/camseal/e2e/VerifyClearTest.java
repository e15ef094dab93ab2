package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.SharedVectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clear video that another program signed, where such files are at hand, as a witness would check it. */
class VerifyClearTest {
    private static Path vectors = Path.of("");

    @BeforeAll
    static void find() {
        vectors = SharedVectors.require("vectors/media-signing/generated");
    }

    private static Cli verify(Path file, String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "verify";
        words[1] = file.toString();
        System.arraycopy(more, 0, words, 2, more.length);
        return Cli.run(words);
    }

    private static String root() {
        return vectors.resolve("keys/ca.pem").toString();
    }

    @Test
    void theAnswersAWitnessNeeds(@TempDir Path directory) throws Exception {
        Path signed = vectors.resolve("default_epb.264");
        Path openEnd = vectors.resolve("low_bitrate_noeos.264");
        Path unsigned = vectors.resolve("unsigned.264");
        byte[] bytes = Files.readAllBytes(signed);
        bytes[bytes.length / 2] ^= 1;
        Path altered = Files.write(directory.resolve("altered.264"), bytes);

        assertThat(verify(signed, "--root", root()).exitCode()).isZero();
        assertThat(verify(signed, "--root", root()).out()).contains("layers", "ONVIF Media Signing", "authentic");
        assertThat(verify(altered, "--root", root()).exitCode()).isEqualTo(1);
        assertThat(verify(openEnd, "--root", root()).exitCode()).isZero();
        assertThat(verify(openEnd, "--root", root(), "--strict").exitCode()).isEqualTo(3);
        assertThat(verify(unsigned).exitCode()).isEqualTo(1);
        assertThat(verify(unsigned, "--no-expect-signed").exitCode()).isEqualTo(3);
        Path stranger = vectors.resolve("../reference-repo/ca.pem");
        assertThat(verify(signed, "--root", stranger.toString()).exitCode()).isEqualTo(5);
        assertThat(verify(signed, "--root", root(), "--json")
                        .json()
                        .get(0)
                        .get("layers")
                        .get(0)
                        .asText())
                .isEqualTo("onvif-media-signing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts"})
    void signaturesOutliveOtherContainers(String container, @TempDir Path directory) throws Exception {
        for (String name : List.of("default_epb.264", "partial_10frames.264", "default.265")) {
            Path once = directory.resolve(name + ".mp4");
            Path twice = directory.resolve(name + ".again." + container);
            copy(
                    once,
                    "-fflags",
                    "+genpts",
                    "-r",
                    "25",
                    "-i",
                    vectors.resolve(name).toString());
            copy(twice, "-i", once.toString());

            Cli verdict = verify(twice, "--root", root());

            assertThat(verdict.exitCode()).as("%s %s", name, verdict).isZero();
        }
    }

    private static void copy(Path to, String... from) throws Exception {
        List<String> words = new ArrayList<>(List.of(Peer.FFMPEG.path(), "-v", "error"));
        words.addAll(List.of(from));
        words.addAll(List.of("-c", "copy", "-y", to.toString()));
        Process copying = new ProcessBuilder(words).inheritIO().start();
        assertThat(copying.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(copying.exitValue()).isZero();
    }
}
