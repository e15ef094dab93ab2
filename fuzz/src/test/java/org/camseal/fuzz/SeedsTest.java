package org.camseal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every target takes its seeds, and what once was a finding, without a word. */
class SeedsTest {
    /** One input a file, in hexadecimal digits, in a directory named as the target. */
    private static final Path FINDINGS = Path.of("src", "test", "findings");

    @ParameterizedTest
    @EnumSource
    void seeds(FuzzTarget target) throws Exception {
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty().allSatisfy(seed -> assertThat(seed).isNotEmpty());
        seeds.forEach(target::accept);
    }

    @ParameterizedTest
    @EnumSource
    void pastFindings(FuzzTarget target) throws IOException {
        Path directory = FINDINGS.resolve(target.label());
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    target.accept(HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", "")));
                }
            }
        }
    }
}
