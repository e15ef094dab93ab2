package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.signing.ReferenceStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file that the reference signed gets the verdict that its README documents; where the files are at hand. */
class SharedVectorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generated/bframes_3slices.264               | COMPLETE   | 4
            generated/certsei.264                       | COMPLETE   | 5
            generated/default.265                       | COMPLETE   | 4
            generated/default_epb.264                   | COMPLETE   | 5
            generated/freq2.264                         | COMPLETE   | 4
            generated/hash_before_epb_escaped_after.264 | COMPLETE   | 5
            generated/low_bitrate_noeos.264             | COMPLETE   | 4
            generated/partial_10frames.264              | COMPLETE   | 15
            generated/rsa2048_pss.264                   | COMPLETE   | 5
            generated/sha256_ec384.264                  | COMPLETE   | 5
            generated/sha512.264                        | COMPLETE   | 5
            reference-repo/test_signed_h264.mp4         | COMPLETE   | 5
            reference-repo/test_signed_h265.mp4         | COMPLETE   | 5
            generated/unsigned.264                      | NOT_SIGNED | 0
            generated/unsigned.265                      | NOT_SIGNED | 0
            generated/unsigned_bframes_3slices.264      | NOT_SIGNED | 0
            reference-repo/test_h264.mp4                | NOT_SIGNED | 0
            reference-repo/test_h265.mp4                | NOT_SIGNED | 0
            """)
    void verdict(String name, SigningReason reason, long groups) throws Exception {
        Path file = ReferenceStreams.directory().resolve("..").resolve(name);
        SigningReport report = judge(file, new ArrayList<>());

        assertThat(report.overall().orElseThrow().reason()).isEqualTo(reason);
        assertThat(report.authentic()).isEqualTo(groups);
        assertThat(report.signers()).hasSize(groups == 0 ? 0 : 1);
    }

    @Test
    void whatNoSignatureCoversYetIsSaid() throws Exception {
        SigningReport report = judge(ReferenceStreams.directory().resolve("low_bitrate_noeos.264"), new ArrayList<>());

        assertThat(report.openTail().orElseThrow().pictures()).isEqualTo(25);
        assertThat(report.end()).contains(Instant.parse("2026-01-01T00:00:04Z"));
    }

    static SigningReport judge(Path file, List<SignedGroupReport> reports) throws Exception {
        try (UnitReader reader = open(file)) {
            VideoFormat format = (VideoFormat) reader.tracks().getFirst().format();
            MediaValidator validator = new MediaValidator(format);
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (unit instanceof VideoUnit video) {
                    reports.addAll(validator.accept(video));
                }
            }
            reports.addAll(validator.finish());
            return validator.report();
        }
    }

    private static UnitReader open(Path file) throws Exception {
        String name = file.toString();
        if (name.endsWith("mp4")) {
            return Mp4Reader.open(file);
        }
        Codec codec = name.endsWith("5") ? Codec.H265 : Codec.H264;
        return AnnexBReader.open(
                new ByteArrayInputStream(Files.readAllBytes(file)), codec, FrameRate.of(25), Instant.EPOCH);
    }
}
