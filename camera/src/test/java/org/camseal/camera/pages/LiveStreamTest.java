package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.camera.LiveClock;
import org.camseal.camera.LivePicture;
import org.camseal.camera.SourceSession;
import org.camseal.camera.TestPatternSource;
import org.camseal.camera.WatchedSource;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The moving picture as a browser gets it: who gets it, what it is, and that it ends with the login. */
@Timeout(300)
class LiveStreamTest {
    private static final int INIT_SEGMENT = 1;
    private static final int FRAGMENT = 2;
    private static final int FORMAT = 3;
    private static final int END = 5;
    private static final TestPatternSource PATTERN =
            new TestPatternSource(new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 25), true));

    @TempDir
    private static Path directory;

    private static PageHouse house;

    /** What stands in the answer. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Frame(int kind, byte[] payload) {
        static Frame read(InputStream body) throws IOException {
            DataInputStream in = new DataInputStream(body);
            int kind = in.readUnsignedByte();
            return new Frame(kind, in.readNBytes(in.readInt()));
        }

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(payload);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        house = new PageHouse(directory, PageHouse.Setup.bare(directory).showing(PATTERN));
        house.accounts.setFirst("administrator", PageHouse.PASSWORD);
        house.accounts.add("viewer", AccountRole.VIEWER, PageHouse.PASSWORD);
    }

    @AfterAll
    static void end() {
        house.close();
    }

    private static PageHouse.Login operator(String name) throws Exception {
        house.accounts.add(name, AccountRole.OPERATOR, PageHouse.PASSWORD);
        return house.login(name);
    }

    private static InputStream open(PageHouse.Login login) throws Exception {
        HttpResponse<InputStream> answer = house.client.send(
                PageHouse.with(house.request("/api/live/stream?unattended"), login)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static void readFragments(InputStream body, int count) throws IOException {
        for (int seen = 0; seen < count; ) {
            seen += Frame.read(body).kind() == FRAGMENT ? 1 : 0;
        }
    }

    /** Why the stream ended; what was on its way comes first. */
    private static String ending(InputStream body) throws IOException {
        Frame frame = Frame.read(body);
        while (frame.kind() != END) {
            frame = Frame.read(body);
        }
        assertThat(body.read()).as("nothing behind the last frame").isEqualTo(-1);
        return frame.json().path("ending").asText();
    }

    @Test
    void whatComesIsAFilmThatBeginsAtAKeyPictureAndHasNoSound() throws Exception {
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        String mime = "";
        try (InputStream body = open(operator("films"))) {
            for (int fragments = 0; fragments < 20; ) {
                Frame frame = Frame.read(body);
                mime = frame.kind() == FORMAT ? frame.json().path("mime").asText() : mime;
                if (frame.kind() == INIT_SEGMENT || frame.kind() == FRAGMENT) {
                    film.write(frame.payload());
                    fragments += frame.kind() == FRAGMENT ? 1 : 0;
                }
            }
        }
        assertThat(mime).startsWith("video/mp4; codecs=\"avc3.").doesNotContain("mp4a");
        Path file = Files.write(directory.resolve("live.mp4"), film.toByteArray());
        try (UnitReader reader = MediaFiles.open(file)) {
            assertThat(reader.tracks()).hasSize(1);
            int pictures = 0;
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                assertThat(((VideoUnit) unit).isKey() || pictures > 0).isTrue();
                pictures++;
            }
            assertThat(pictures).isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void whoIsNoOperatorGetsNothing() throws Exception {
        PageHouse.Login viewer = house.login("viewer");
        for (String path : new String[] {"/api/live/stream", "/api/live/picture"}) {
            HttpResponse<String> answer = house.send(PageHouse.with(house.request(path), viewer));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("A viewer may not do this", "operator");
        }
        assertThat(house.send(PageHouse.with(house.request("/api/live"), viewer))
                        .body())
                .isEqualTo("{\"picture\":false,\"role\":\"operator\"}");
        assertThat(house.send(house.request("/api/live/stream")).statusCode())
                .as("nobody")
                .isEqualTo(401);
        try (InputStream body = open(operator("allowed"))) {
            readFragments(body, 2); // positive control
        }
    }

    @Test
    void itEndsAtTheLogOut() throws Exception {
        PageHouse.Login login = operator("leaves");
        try (InputStream body = open(login);
                InputStream other = open(operator("stays"))) {
            readFragments(body, 2);
            house.send(PageHouse.with(PageHouse.json(house.request("/api/logout"), "POST", "{}"), login));
            assertThat(ending(body)).isEqualTo("LOGGED_OUT");
            readFragments(other, 2); // positive control
        }
    }

    @Test
    void itEndsWhenTheAccountIsRemovedOrGetsAnotherRole() throws Exception {
        try (InputStream removed = open(operator("removed"));
                InputStream demoted = open(operator("demoted"))) {
            readFragments(removed, 2);
            readFragments(demoted, 2);
            house.accounts.remove("removed");
            house.accounts.setRole("demoted", AccountRole.VIEWER);
            assertThat(ending(removed)).isEqualTo("LOGGED_OUT");
            assertThat(ending(demoted)).isEqualTo("LOGGED_OUT");
        }
    }

    @Test
    void lookingAloneKeepsNoLoginAlive() throws Exception {
        try (InputStream body = open(operator("idle"))) {
            readFragments(body, 2);
            house.nanos.addAndGet(Duration.ofMinutes(14).toNanos());
            readFragments(body, 20); // positive control; more than were on their way
            house.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            assertThat(ending(body)).isEqualTo("LOGGED_OUT");
        }
    }

    @Test
    void whoTakesNothingLosesThePlaceAfterAWhile() throws Exception {
        LivePicture live = new LivePicture();
        AtomicLong nanos = new AtomicLong();
        try (SourceSession source = new WatchedSource(PATTERN, live).open(LiveClock.system());
                PipedOutputStream out = new PipedOutputStream();
                PipedInputStream unread = new PipedInputStream(out, 64)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    PictureStream.send(live, () -> true, nanos::get, out);
                } catch (IOException | InterruptedException cut) {
                    throw new IllegalStateException(cut);
                }
            });
            while (unread.available() == 0) {
                source.next();
            }
            assertThat(live.watchers()).as("positive control").isEqualTo(1);
            nanos.addAndGet(Duration.ofSeconds(16).toNanos());
            assertThat(sending).failsWithin(60, TimeUnit.SECONDS).withThrowableOfType(ExecutionException.class);
            assertThat(live.watchers()).isZero();
        }
    }
}
