package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
    private static final Instant NOW = Instant.parse("2026-11-21T23:20:05.040Z");

    @Test
    void coloursComeOutAsTheyWerePainted() {
        Picture picture = Picture.black(64, 64);
        picture.fill(0, 0, 32, 32, Colour.RED);
        picture.fill(32, 0, 32, 32, Colour.WHITE);
        picture.fill(-5, 50, 200, 200, Colour.BLUE);
        assertThat(picture.rgb(48, 8)).isEqualTo(0xffffff);
        assertThat(picture.rgb(48, 40)).isEqualTo(0x000000);
        assertThat(picture.rgb(8, 8) >> 16).isGreaterThan(0xf0);
        assertThat(picture.rgb(8, 8) & 0xffff).isLessThan(0x1010);
        assertThat(picture.rgb(8, 60) & 0xff).isGreaterThan(0xf0);
    }

    @Test
    void aPngIsReadByAForeignDecoder(@TempDir Path directory) throws Exception {
        Picture picture = new PatternPainter(320, 180).paint(42, NOW);
        Path file = Files.write(directory.resolve("picture.png"), Png.encode(picture));
        byte[] rgb = Peer.FFMPEG
                .run(List.of("-v", "error", "-i", file.toString(), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"))
                .good()
                .output();
        assertThat(rgb).hasSize(320 * 180 * 3);
        for (int y = 0; y < 180; y++) {
            for (int x = 0; x < 320; x++) {
                int at = 3 * (y * 320 + x);
                int seen = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
                assertThat(seen).isEqualTo(picture.rgb(x, y));
            }
        }
    }

    /** JPEG has other colours than video: what was painted in one's is to look the same in the other's. */
    @Test
    void aJpegIsReadByAForeignDecoder(@TempDir Path directory) throws Exception {
        Picture picture = Picture.black(320, 180);
        List<Colour> colours = List.of(Colour.RED, Colour.GREEN, Colour.BLUE, Colour.WHITE);
        for (int i = 0; i < colours.size(); i++) {
            picture.fill(80 * i, 0, 80, 180, colours.get(i));
        }
        assertThat(Jpeg.isPossible()).isTrue();
        Path file = Files.write(directory.resolve("picture.jpg"), Jpeg.encode(picture));
        byte[] rgb = Peer.FFMPEG
                .run(List.of("-v", "error", "-i", file.toString(), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"))
                .good()
                .output();
        assertThat(rgb).hasSize(320 * 180 * 3);
        for (int x = 40; x < 320; x += 80) {
            int at = 3 * (90 * 320 + x);
            for (int part = 0; part < 3; part++) {
                int painted = picture.rgb(x, 90) >> (16 - 8 * part) & 0xff;
                assertThat(rgb[at + part] & 0xff)
                        .as("column %d, part %d", x, part)
                        .isCloseTo(painted, within(6));
            }
        }
    }

    @Test
    void pictureComparisonTellsSameFromOther() {
        Picture one = new PatternPainter(320, 180).paint(0, NOW);
        assertThat(one.psnr(one)).isInfinite();
        assertThat(one.psnr(Picture.black(320, 180))).isLessThan(12);
        assertThatThrownBy(() -> one.psnr(Picture.black(64, 64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aThumbnailShowsTheSameScene() {
        Picture large = Picture.black(640, 360);
        large.fill(320, 0, 320, 360, Colour.WHITE);
        Picture small = large.scaled(64, 36);
        assertThat(small.luma(8, 18)).isCloseTo(16, within(1));
        assertThat(small.luma(56, 18)).isCloseTo(235, within(1));
    }

    @Test
    void digitsReadBackAsTheyWereDrawn() {
        Picture picture = Picture.black(320, 180);
        SevenSegment place = new SevenSegment(10, 10, 12);
        place.draw(picture, "0123456789-", Colour.WHITE);
        assertThat(place.read(picture, 11)).isEqualTo("0123456789-");
    }
}
