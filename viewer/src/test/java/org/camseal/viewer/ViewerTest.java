package org.camseal.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.camseal.ffmpeg.Decoder;
import org.camseal.media.AccessUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.recorder.GroupVerdict;
import org.camseal.recorder.GroupVerdict.Outcome;
import org.camseal.recorder.RecordingAlteration;
import org.camseal.seal.RecipientKey;
import org.camseal.web.Json;
import org.camseal.web.WebException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ViewerTest {
    private static final int SECONDS = 14;

    @TempDir
    Path directory;

    private Rig rig;

    @BeforeEach
    void record() throws Exception {
        rig = new Rig(directory, Duration.ofSeconds(5), SECONDS, Rig.smallPattern());
        while (rig.recorder().status().cameras().getFirst().lastVerdicts().size() < SECONDS - 2) {
            Thread.sleep(20);
        }
    }

    @AfterEach
    void end() throws IOException {
        rig.close();
    }

    /** What a play answered. */
    private record Played(int fragments, List<String> messages) {
        boolean says(String text) {
            return messages.stream().anyMatch(message -> message.contains(text));
        }
    }

    @Test
    void whoHoldsAGrantSeesTheRecordingAndItsVerdicts() throws Exception {
        try (Viewer viewer = viewer(List.of(rig.recipientKey()))) {
            Played played = play(viewer, start());
            assertThat(played.fragments()).isGreaterThanOrEqualTo(8);
            assertThat(played.messages().getFirst()).contains("avc3").contains("mp4a.40.2");
            assertThat(played.says("AUTHENTIC")).isTrue();
            assertThat(played.says("FORGED")).isFalse();
            assertThat(played.says("obstacle")).isFalse();
        }
    }

    @Test
    void anotherKeyMayCheckAndSeesNothing() throws Exception {
        try (Viewer viewer = viewer(List.of(Rig.strangersKey()))) {
            Played played = play(viewer, start());
            assertThat(played.fragments()).isZero();
            assertThat(played.says("AUTHENTIC")).isTrue();
            assertThat(played.says("NO_GRANT_FOR_US")).isTrue();
        }
    }

    @Test
    void withoutTheDeviceRootNothingIsOpened() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (Rig other = new Rig(elsewhere, Duration.ofSeconds(60), 0, Rig.smallPattern());
                Viewer viewer = started(new Viewer(
                        rig.viewer(List.of(other.deviceRoot()), List.of(rig.recipientKey()), 0),
                        InstantSource.system()))) {
            Played played = play(viewer, start());
            assertThat(played.fragments()).isZero();
            assertThat(played.says("UNTRUSTED")).isTrue();
            assertThat(played.says("SIGNER_NOT_ACCEPTED")).isTrue();
        }
    }

    @Test
    void oneAlteredBitTurnsItsStretchAndNoOtherAndTheRecorderSaidOtherwise() throws Exception {
        try (Viewer viewer = viewer(List.of(rig.recipientKey()))) {
            Instant hit = start().plusMillis(2_500);
            CameraTimeline.View before = timeline(viewer, view -> own(view, hit) == Outcome.AUTHENTIC);
            assertThat(before.groups()).noneMatch(Group::differs);

            RecordingAlteration.flipOneBit(
                    rig.recorder().segmentFile("yard", hit).orElseThrow(), hit);

            CameraTimeline.View after = timeline(viewer, view -> own(view, hit) == Outcome.FORGED);
            for (Group group : after.groups()) {
                boolean isHit = !hit.isBefore(group.start()) && hit.isBefore(group.end());
                assertThat(group.differs()).isEqualTo(isHit);
                GroupVerdict own = group.own();
                assertThat(own == null || (own.verdict() == Outcome.FORGED) == isHit)
                        .isTrue();
            }
            Played played = play(viewer, start());
            assertThat(played.messages().stream().filter(message -> message.contains("FORGED")))
                    .hasSize(1);
            assertThat(played.fragments()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void aSealedClipIsEvidenceAndAnOpenedOneIsVideo() throws Exception {
        try (Viewer viewer = viewer(List.of(rig.recipientKey()))) {
            Instant from = start().plusMillis(1_500);
            String times = "&from=" + from + "&to=" + from.plusSeconds(6);
            Path sealed = directory.resolve("sealed.mp4");
            Path clear = directory.resolve("clear.mp4");
            Files.write(sealed, get(viewer, "api/cameras/yard/export?form=sealed" + times));
            Files.write(clear, get(viewer, "api/cameras/yard/export?form=clear" + times));

            List<GroupVerdict> verdicts = new ArrayList<>();
            try (UnitReader reader = Mp4Reader.open(sealed)) {
                StreamCheck check = new StreamCheck(
                        reader.tracks(),
                        StreamCheck.judge(rig.viewer(List.of(rig.deviceRoot()), List.of(), 0), "yard"));
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    check.accept(unit).forEach(stretch -> verdicts.add(stretch.verdict()));
                }
                check.finish().forEach(stretch -> verdicts.add(stretch.verdict()));
            }
            assertThat(verdicts)
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allMatch(verdict -> verdict.verdict() == Outcome.AUTHENTIC
                            && verdict.signer() == GroupVerdict.SignedBy.TRUSTED);
            assertThat(decoded(clear)).isGreaterThanOrEqualTo(60);
        }
    }

    private static int decoded(Path file) throws Exception {
        int pictures = 0;
        try (UnitReader reader = Mp4Reader.open(file);
                Decoder decoder =
                        Decoder.open((VideoFormat) reader.tracks().getFirst().format())) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (unit instanceof VideoUnit video) {
                    pictures += decoder.decode(video).size();
                }
            }
        }
        return pictures;
    }

    private Instant start() throws IOException {
        String name;
        try (var files = Files.walk(directory.resolve("recordings"))) {
            name = files.map(path -> path.getFileName().toString())
                    .filter(file -> file.endsWith(".mp4"))
                    .min(String::compareTo)
                    .orElseThrow();
        }
        return Instant.parse(name.replaceFirst(
                "(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d\\.\\d{3})Z\\.mp4", "$1-$2-$3T$4:$5:$6Z"));
    }

    private Viewer viewer(List<RecipientKey> keys) throws IOException {
        return started(new Viewer(rig.viewer(List.of(rig.deviceRoot()), keys, 0), InstantSource.system()));
    }

    private static Viewer started(Viewer viewer) throws IOException {
        viewer.start();
        return viewer;
    }

    private static Outcome own(CameraTimeline.View view, Instant at) {
        for (Group group : view.groups()) {
            if (!at.isBefore(group.start()) && at.isBefore(group.end()) && group.source() == Group.Source.STORED) {
                GroupVerdict own = group.own();
                return own == null ? Outcome.UNSIGNED : own.verdict();
            }
        }
        return Outcome.UNSIGNED;
    }

    private CameraTimeline.View timeline(Viewer viewer, Predicate<CameraTimeline.View> wanted) throws Exception {
        while (true) {
            byte[] json =
                    get(viewer, "api/cameras/yard/timeline?from=" + start() + "&to=" + start().plusSeconds(SECONDS));
            CameraTimeline.View view = view(json);
            if (wanted.test(view)) {
                return view;
            }
            Thread.sleep(50);
        }
    }

    private static CameraTimeline.View view(byte[] json) throws WebException {
        return Json.read(json, CameraTimeline.View.class);
    }

    private static Played play(Viewer viewer, Instant from) throws Exception {
        byte[] answer = get(viewer, "api/cameras/yard/play?from=" + from);
        int fragments = 0;
        List<String> messages = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(answer))) {
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                byte[] payload = in.readNBytes(in.readInt());
                if (kind == 2) {
                    fragments++;
                } else if (kind > 2) {
                    messages.add(new String(payload, StandardCharsets.UTF_8));
                }
            }
        }
        return new Played(fragments, messages);
    }

    private static byte[] get(Viewer viewer, String path) throws IOException, InterruptedException {
        URI entry = viewer.entryAddress();
        String token = entry.getQuery().replaceFirst("token=", "");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(entry.resolve("/" + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            try (InputStream body = answer.body()) {
                return body.readAllBytes();
            }
        }
    }
}
