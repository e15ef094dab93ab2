package org.camseal.recorder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.StreamContext;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.media.unitstream.UnitStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends the units of one camera as a unit stream: from a time of the recording on, from segment to segment, and where no end is given
 * over into what arrives at present. It begins at the key picture at or before the time asked for, completed with session certificate
 * and grants, and ends behind the picture whose manifest closes the last group asked for. One thread a viewer.
 */
final class UnitFlow {
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(2);

    private final CameraWorker camera;
    private final Out out;
    private final @Nullable Instant to;
    private final StreamContext context = new StreamContext();
    private final List<AccessUnit> leadIn = new ArrayList<>();
    private @Nullable UnitStreamWriter writer;
    private List<Track> tracks = List.of();
    private boolean started;
    private boolean ended;

    /** Where the stream goes; opened when its first unit is there. */
    @FunctionalInterface
    interface Out {
        UnitStreamWriter begin(List<Track> tracks) throws IOException;
    }

    /** @param to null to follow what arrives until the reader goes */
    UnitFlow(CameraWorker camera, @Nullable Instant to, Out out) {
        this.camera = camera;
        this.to = to;
        this.out = out;
    }

    /**
     * Sends.
     *
     * @param from null for what arrives now
     * @return false where there is nothing to send; then nothing was begun
     */
    boolean run(@Nullable Instant from) throws IOException, InterruptedException {
        try {
            if (from == null) {
                live(-1);
            } else {
                stored(from);
            }
        } finally {
            UnitStreamWriter begun = writer;
            if (begun != null) {
                begun.close();
            }
        }
        return writer != null;
    }

    private void stored(Instant from) throws IOException, InterruptedException {
        Instant until = to == null ? Instant.MAX : to;
        Optional<Segment> next = camera.store().between(from, until).stream().findFirst();
        while (next.isPresent() && !ended) {
            Segment segment = next.get();
            long sent = 0;
            boolean more = true;
            while (more && !ended) {
                Optional<OpenSegment> open =
                        camera.store().current().filter(one -> one.name().id().equals(segment.id()));
                long whole = open.map(OpenSegment::wholeUnits).orElse(Long.MAX_VALUE);
                sent = segment(segment, from, sent, whole);
                Optional<RecentUnits> recent = camera.recent();
                if (open.isPresent() && recent.isPresent()) {
                    long number = open.get().firstUnit() + sent;
                    if (recent.get().reaches(number)) {
                        started();
                        live(number);
                        return;
                    }
                }
                more = open.isPresent() && open.get().wholeUnits() > sent;
            }
            next = camera.store().after(segment);
        }
        started();
    }

    /** Sends what a segment has behind its first units; returns how many units have been read from it in all. */
    private long segment(Segment segment, Instant from, long skip, long whole) throws IOException {
        long read = 0;
        try (Mp4Reader reader = Mp4Reader.open(camera.store().video(segment))) {
            if (writer != null && !fits(reader.tracks())) {
                writer.endBefore(segment.start());
                ended = true;
                return read;
            }
            tracks = writer == null ? reader.tracks() : tracks;
            while (read < whole && !ended) {
                AccessUnit unit = reader.next();
                if (unit == null) {
                    break;
                }
                if (read++ >= skip) {
                    take(unit, from);
                }
            }
        } catch (TruncatedException torn) {
            return read; // still being written, or torn by a power cut: the whole fragments were read
        } catch (MediaException damaged) {
            throw new IOException(segment.id() + ".mp4 is damaged: " + damaged.getMessage(), damaged);
        }
        return read;
    }

    private void take(AccessUnit unit, Instant from) throws IOException {
        context.note(unit);
        if (started) {
            send(unit);
            return;
        }
        if (unit instanceof VideoUnit video) {
            if (video.isKey() && !video.capturedAt().isAfter(from)) {
                leadIn.clear();
                leadIn.add(context.complete(video));
                return;
            }
            if (leadIn.isEmpty() && video.isKey()) {
                leadIn.add(context.complete(video));
                started();
                return;
            }
        }
        if (!leadIn.isEmpty()) {
            leadIn.add(unit);
            if (unit.capturedAt().isAfter(from)) {
                started();
            }
        }
    }

    /** The group of pictures that the asked time lies in is known: out with it. */
    private void started() throws IOException {
        if (!started) {
            started = true;
            for (AccessUnit unit : leadIn) {
                send(unit);
            }
            leadIn.clear();
        }
    }

    private void live(long number) throws IOException, InterruptedException {
        RecentUnits recent = camera.recent().orElse(null);
        if (recent == null) {
            return;
        }
        if (writer != null && !fits(recent.tracks())) {
            return;
        }
        tracks = writer == null ? recent.tracks() : tracks;
        long next = number >= 0 ? number : recent.lastKey();
        while (!ended) {
            RecentUnits.Numbered unit = next < 0 ? null : recent.await(next, ALIVE_EVERY);
            if (unit != null) {
                next = unit.number() + 1;
                send(unit.unit());
            } else if (recent.ended()) {
                return;
            } else if (next < 0) {
                Thread.sleep(100);
                next = recent.lastKey();
            } else if (writer != null) {
                writer.alive();
            }
        }
    }

    private void send(AccessUnit unit) throws IOException {
        if (ended) {
            return;
        }
        UnitStreamWriter begun = writer;
        if (begun == null) {
            begun = out.begin(tracks);
            writer = begun;
        }
        begun.write(unit);
        if (to != null
                && unit instanceof VideoUnit video
                && !video.capturedAt().isBefore(to)
                && StreamContext.hasManifest(video)) {
            ended = true;
        }
    }

    /** Parameter sets may be told in another way by a file than by a session description; number and codec may not differ. */
    private boolean fits(List<Track> others) {
        return others.stream()
                .map(UnitFlow::kind)
                .toList()
                .equals(tracks.stream().map(UnitFlow::kind).toList());
    }

    private record Kind(int number, Codec codec) {}

    private static Kind kind(Track track) {
        return new Kind(track.number(), track.format().codec());
    }
}
