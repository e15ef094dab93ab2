package org.camseal.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camseal.camera.CameraStatus;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.media.MediaException;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;

/** Lets the demonstration prove itself: asks the viewer's interface what a browser would ask, and believes nothing else. */
final class HeadlessDemo {
    private static final Duration FIRST_PICTURE = Duration.ofSeconds(30);
    private static final Duration FINDING = Duration.ofSeconds(40);

    /** A group as the viewer's timeline has it. */
    private record Found(Instant start, Instant end, String verdict, String detail, boolean ours, boolean stored) {
        boolean isAuthentic() {
            return verdict.equals("authentic") && ours;
        }

        /** For a person who wants to know what is wrong with it. */
        String told() {
            return start + ": " + verdict + (ours ? "" : ", not ours") + (detail.isEmpty() ? "" : ": " + detail);
        }

        boolean holds(Instant at) {
            return !at.isBefore(start) && at.isBefore(end);
        }
    }

    private final DemoWorld world;

    HeadlessDemo(DemoWorld world) {
        this.world = world;
    }

    DemoOutcome run(Duration recording) throws IOException, CommandFailure, InterruptedException {
        Instant start = awaitLive();
        TimeUnit.MILLISECONDS.sleep(recording.toMillis());
        Instant end = Instant.now();
        try (WebClient viewer = world.viewerClient()) {
            List<Found> before = awaitGroups(viewer, start, end);
            if (before.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.INCOMPLETE,
                        "the viewer has found no group of pictures after " + recording.toSeconds() + " s",
                        "is the source slower than real time? " + lastWord());
            }
            PictureComparison pictures =
                    compare(viewer, before.getFirst().start(), before.getLast().end());
            Found victim = before.get(before.size() / 2);
            Instant middle = victim.start()
                    .plus(Duration.between(victim.start(), victim.end()).dividedBy(2));
            JsonNode alteration = viewer.post(
                    "api/demo/alter", Map.of("camera", DemoWorld.CAMERA_NAME, "at", middle.toString()), JsonNode.class);
            Instant altered = Instant.parse(alteration.path("at").asText());
            List<Found> after = awaitForged(viewer, start, end);
            return new DemoOutcome(
                    (int) before.stream().filter(Found::isAuthentic).count(),
                    told(before.stream().filter(group -> !group.isAuthentic())),
                    pictures.opened(),
                    pictures.recognised(),
                    alteration.path("explanation").asText(),
                    (int) after.stream()
                            .filter(group -> group.verdict().equals("forged") && group.holds(altered))
                            .count(),
                    told(after.stream().filter(group -> !group.isAuthentic() && !group.holds(altered))));
        } catch (WebException e) {
            throw new CommandFailure(ExitCode.IO, Fault.oneLine(e.getMessage()), null, e);
        }
    }

    private static List<String> told(Stream<Found> groups) {
        return groups.map(Found::told).toList();
    }

    private Instant awaitLive() throws CommandFailure, InterruptedException {
        Instant giveUp = Instant.now().plus(FIRST_PICTURE);
        while (true) {
            CameraStatus status = world.camera().status();
            boolean recording = world.recorder().status().cameras().stream()
                    .anyMatch(camera -> camera.state() == org.camseal.recorder.CameraStatus.State.RECORDING);
            if (status.state() == CameraStatus.State.LIVE && recording) {
                return Instant.now();
            }
            boolean over = switch (status.state()) {
                case STARTING, LIVE, WAITING -> Instant.now().isAfter(giveUp);
                case ENDED, FAILED, CLOSED -> true;
            };
            if (over) {
                throw new CommandFailure(
                        ExitCode.IO, "no sealed video from " + status.source() + ": " + lastWord(), null);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What the camera or the recorder said last: mostly the reason. */
    private String lastWord() {
        List<org.camseal.camera.CameraEvent> events = world.camera().status().recent();
        return events.isEmpty()
                ? world.recorder().status().cameras().getFirst().detail()
                : Fault.oneLine(events.getLast().text());
    }

    /**
     * The groups that the viewer has found in what is stored, once it has looked at all whole segments. Where a segment begins, a group may
     * be incomplete until the segment in front of it has been looked at too: what is not authentic is given the time to become so.
     */
    private static List<Found> awaitGroups(WebClient viewer, Instant from, Instant to)
            throws WebException, InterruptedException {
        List<Found> known = List.of();
        Instant giveUp = Instant.now().plus(FINDING);
        while (Instant.now().isBefore(giveUp)) {
            List<Found> now = timeline(viewer, from, to);
            boolean settled =
                    !now.isEmpty() && now.size() == known.size() && now.stream().anyMatch(Found::stored);
            if (settled && now.stream().allMatch(Found::isAuthentic)) {
                return now;
            }
            known = now;
            TimeUnit.SECONDS.sleep(2);
        }
        return known;
    }

    private static List<Found> awaitForged(WebClient viewer, Instant from, Instant to)
            throws WebException, InterruptedException {
        Instant giveUp = Instant.now().plus(FINDING);
        List<Found> now = List.of();
        while (Instant.now().isBefore(giveUp)) {
            now = timeline(viewer, from, to);
            long faulty = now.stream().filter(group -> !group.isAuthentic()).count();
            if (faulty == 1 && now.stream().anyMatch(group -> group.verdict().equals("forged"))) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return now;
    }

    private static List<Found> timeline(WebClient viewer, Instant from, Instant to)
            throws WebException, InterruptedException {
        JsonNode view = viewer.get(
                "api/cameras/" + DemoWorld.CAMERA_NAME + "/timeline?from=" + from + "&to=" + to, JsonNode.class);
        List<Found> groups = new ArrayList<>();
        for (JsonNode group : view.path("groups")) {
            JsonNode own = group.path("own");
            if (own.isObject()) {
                groups.add(new Found(
                        Instant.parse(group.path("start").asText()),
                        Instant.parse(group.path("end").asText()),
                        own.path("verdict").asText().toLowerCase(Locale.ROOT),
                        own.path("detail").asText(),
                        own.path("signer").asText().equalsIgnoreCase("trusted"),
                        group.path("source").asText().equalsIgnoreCase("stored")));
            }
        }
        return groups;
    }

    private static PictureComparison compare(WebClient viewer, Instant from, Instant to)
            throws IOException, WebException, InterruptedException {
        Path opened = Files.createTempFile("camseal-opened-", ".mp4");
        Path sealed = Files.createTempFile("camseal-sealed-", ".mp4");
        try {
            String stretch = "api/cameras/" + DemoWorld.CAMERA_NAME + "/export?from=" + from + "&to=" + to + "&form=";
            fetch(viewer, stretch + "clear", opened);
            fetch(viewer, stretch + "sealed", sealed);
            return PictureComparison.of(opened, sealed);
        } catch (MediaException e) {
            throw new IOException("an exported clip cannot be read: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(opened);
            Files.deleteIfExists(sealed);
        }
    }

    private static void fetch(WebClient viewer, String path, Path target)
            throws IOException, WebException, InterruptedException {
        try (InputStream in = viewer.stream(path)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
