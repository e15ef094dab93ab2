package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.camseal.camera.FileSource;
import org.camseal.camera.TestPatternSource;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.segment.SegmentName;
import org.camseal.media.segment.SegmentWriter;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The moving picture, and a card with a gap, in a real browser: {@code e2e/browser/live.mjs}. */
@Timeout(300)
class LiveBrowserTest {
    private static final TestPatternSettings PATTERN =
            new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 25), false);

    @Test
    void thePictureMovesForWhoMaySeeIt(@TempDir Path directory) throws Exception {
        Peer.CHROMIUM.require();
        Peer.FFMPEG.require();
        Path script =
                Path.of("..", "e2e", "browser", "live.mjs").toAbsolutePath().normalize();
        Peer.requireFile(script.resolveSibling("node_modules").resolve("playwright-core"), "npm ci in e2e/browser");
        Path card = Files.createDirectory(directory.resolve("card"));
        Instant now = Instant.now();
        keep(card, now.minus(Duration.ofHours(6)));
        keep(card, now.minus(Duration.ofHours(2)));
        PageHouse.Setup bare = PageHouse.Setup.bare(directory);
        PageHouse.Setup moving = new PageHouse.Setup(bare.source(), bare.live(), card);
        try (PageHouse h264 = house(directory.resolve("h264"), moving.showing(new TestPatternSource(PATTERN)));
                PageHouse h265 = house(directory.resolve("h265"), bare.showing(FileSource.of(h265Film(directory))))) {
            PeerOutcome outcome = Peer.NODE.run(
                    script.toString(),
                    h264.server.uri().toString(),
                    h265.server.uri().toString(),
                    Path.of("target", "page-pictures").toAbsolutePath().toString());
            assertThat(outcome.good().lines()).contains("all held").noneMatch(line -> line.startsWith("FAIL"));
        }
    }

    private static PageHouse house(Path directory, PageHouse.Setup setup) throws Exception {
        PageHouse house = new PageHouse(Files.createDirectories(directory), setup);
        house.accounts.setFirst("administrator", PageHouse.PASSWORD);
        house.accounts.add("operator", AccountRole.OPERATOR, PageHouse.PASSWORD);
        house.accounts.add("viewer", AccountRole.VIEWER, PageHouse.PASSWORD);
        return house;
    }

    /** Two seconds on a card, captured then. */
    private static void keep(Path card, Instant then) throws Exception {
        SegmentName name = SegmentName.free(card, then);
        Files.createDirectories(name.day(card));
        try (TestPattern pattern = TestPattern.open(PATTERN, name.start());
                SegmentWriter writer = SegmentWriter.create(name, card, pattern.tracks())) {
            for (int i = 0; i < 50; i++) {
                writer.write(pattern.next());
            }
        }
    }

    private static Path h265Film(Path directory) throws Exception {
        Path film = directory.resolve("h265.mp4");
        Peer.FFMPEG
                .run(
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x180:rate=25",
                        "-t",
                        "4",
                        "-c:v",
                        "libx265",
                        "-preset",
                        "ultrafast",
                        "-x265-params",
                        "log-level=none:keyint=25",
                        "-y",
                        film.toString())
                .good();
        return film;
    }
}
