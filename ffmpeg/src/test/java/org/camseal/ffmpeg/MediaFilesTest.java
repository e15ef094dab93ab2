package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "mp4, libx264, H264, Mp4Reader",
        "mov, libx264, H264, Mp4Reader",
        "matroska, libx264, H264, ContainerReader",
        "mpegts, libx264, H264, ContainerReader",
        "h264, libx264, H264, AnnexBReader",
        "hevc, libx265, H265, AnnexBReader"
    })
    void contentsDecideNotNames(String format, String encoder, Codec codec, String reader) throws Exception {
        Path file = directory.resolve("film.bin");
        Peer.FFMPEG
                .run(List.of(
                        "-v",
                        "quiet",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x240:rate=25:duration=1",
                        "-c:v",
                        encoder,
                        "-f",
                        format,
                        file.toString()))
                .good();
        try (UnitReader opened = MediaFiles.open(file)) {
            assertThat(opened.getClass().getSimpleName()).isEqualTo(reader);
            assertThat(opened.tracks().getFirst().format().codec()).isEqualTo(codec);
            int units = 0;
            while (opened.next() != null) {
                units++;
            }
            assertThat(units).isEqualTo(25);
        }
    }

    @Test
    void whatIsNoFilmIsRefused() throws Exception {
        assertThatThrownBy(() -> MediaFiles.open(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path zeros = Files.write(directory.resolve("zeros"), new byte[10_000]);
        assertThatThrownBy(() -> MediaFiles.open(zeros)).isInstanceOf(MediaException.class);
        Path text = Files.writeString(directory.resolve("text"), "no film");
        assertThatThrownBy(() -> MediaFiles.open(text)).isInstanceOf(MediaException.class);
    }
}
