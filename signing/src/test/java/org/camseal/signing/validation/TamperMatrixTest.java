package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.Letters;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.TestKeys;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be done to a stream of a few letters, and what must be said of it: tamper-matrix.txt. */
class TamperMatrixTest {
    private static final List<String> ALL_WHO_TOUCH = List.of("~", "*", "<>");

    private static final Map<String, List<NalUnit>> SIGNED = new HashMap<>();

    static SignerSettings settings(String name) {
        SignerSettings all = SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test"));
        SignerSettings detail = name.startsWith("low") ? all.with(SignerSettings.Detail.LOW_BITRATE) : all;
        if (name.contains("partial")) {
            return detail.with(new SignerSettings.Groups(2, Duration.ofSeconds(2), 1, 32_768));
        }
        return name.contains("two")
                ? detail.with(new SignerSettings.Groups(500, Duration.ofSeconds(2), 2, 32_768))
                : detail;
    }

    private static List<NalUnit> signed(String mode, Codec codec) throws Exception {
        String key = mode + codec;
        List<NalUnit> known = SIGNED.get(key);
        if (known == null) {
            known = Letters.sign(settings(mode), TestKeys.ec256(), Letters.units(codec, "VvIPPPIPPPIPPP"));
            SIGNED.put(key, known);
        }
        return known;
    }

    static Stream<Arguments> rows() throws Exception {
        List<Arguments> rows = new ArrayList<>();
        String mode = "";
        try (InputStream in = TamperMatrixTest.class.getResourceAsStream("tamper-matrix.txt")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("== ")) {
                    mode = line.substring(3);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split("\\|", -1);
                    rows.add(
                            Arguments.of(mode, cells[1].strip(), cells[0].strip(), cells[2].strip(), cells[3].strip()));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void row(String mode, String what, String script, String verdict, String letters) throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            Judged judged = Judged.of(Tampering.of(signed(mode, codec), script));

            assertThat(judged.worst()).as(codec + ", " + what).isEqualTo(verdict);
            assertThat(judged.letters().replaceAll(" +", " ").strip()).isEqualTo(letters);
        }
    }

    /** The table itself: what was touched is never authentic, and what was only lost is never forged. */
    @Test
    void theTableKeepsTheTwoRules() throws Exception {
        List<Arguments> rows = rows().toList();

        assertThat(rows).hasSizeGreaterThan(200);
        for (Arguments row : rows) {
            String script = String.valueOf(row.get()[2]);
            String verdict = String.valueOf(row.get()[3]);
            boolean touched = ALL_WHO_TOUCH.stream().anyMatch(script::contains);
            boolean lost = !script.isEmpty()
                    && Stream.of(script.split(" ")).allMatch(step -> step.startsWith("-") || step.startsWith("["));
            assertThat(touched && verdict.startsWith("authentic")).as(script).isFalse();
            assertThat(lost && verdict.startsWith("forged")).as(script).isFalse();
        }
    }
}
