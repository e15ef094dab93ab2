package org.camseal.streaming.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtp.Packetizer;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.RtpPayload;
import org.camseal.streaming.server.ReplayCursor.Marked;
import org.camseal.streaming.server.ReplayOrder.RateControl;
import org.jspecify.annotations.Nullable;

/**
 * What a recording's reader is sent from one PLAY to the next PAUSE. Units are read and cut into payloads when it is their turn, for this
 * reader alone. A unit that was taken and not sent is the first when the reader goes on.
 */
final class ReplayFeed implements Feed {
    private final ReplayCursor cursor;
    private final int cseq;
    private final List<Track> tracks;
    private final Map<Integer, Packetizer> packetizers = new HashMap<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /** @param cseq of the PLAY that starts it or goes on with it */
    ReplayFeed(ReplayCursor cursor, List<Track> tracks, int cseq) {
        this.cursor = cursor;
        this.cseq = cseq;
        this.tracks = List.copyOf(tracks);
        for (Track track : tracks) {
            packetizers.put(track.number(), Packetizer.of(track));
        }
    }

    /** The same after a pause. */
    ReplayFeed resumed(int newCseq) {
        return new ReplayFeed(cursor, tracks, newCseq);
    }

    ReplayCursor cursor() {
        return cursor;
    }

    @Override
    public @Nullable Taken take() throws IOException, InterruptedException {
        for (Marked next = peek(); next != null; next = peek()) {
            Packetizer packetizer = packetizers.get(next.unit().track());
            if (packetizer != null) {
                try {
                    return taken(next, packetizer.packetize(next.unit()));
                } catch (ProtocolException | IllegalArgumentException e) {
                    // What RTP cannot carry was not sent when it was live either.
                }
            }
            cursor.pass();
        }
        return null;
    }

    private @Nullable Marked peek() throws IOException, InterruptedException {
        try {
            return cursor.peek(this::isCancelled);
        } catch (IOException e) {
            throw new UnreadableException("the recording cannot be read: " + e.getMessage(), e);
        }
    }

    /** The recording is at fault, not the reader. */
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableException(String message, IOException cause) {
            super(message, cause);
        }
    }

    private Taken taken(Marked marked, List<RtpPayload> payloads) {
        AccessUnit unit = marked.unit();
        boolean key = marked.flags().contains(ReplayExtension.Flag.CLEAN_POINT);
        PacketizedUnit packetized = new PacketizedUnit(
                unit.track(),
                key ? PacketizedUnit.Weight.KEY : PacketizedUnit.Weight.ORDINARY,
                marked.time(),
                unit.capturedAt(),
                payloads,
                unit.sizeBytes());
        return new Taken(
                packetized, 0, new ReplayExtension(NtpTime.of(unit.capturedAt()), marked.flags(), cseq & 0xff));
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        if (cancelled.await(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        cursor.pass();
        return true;
    }

    @Override
    public Pace pace() {
        return cursor.order().way().rateControl() == RateControl.YES
                ? Pace.ofRecording(cursor.order().way().tempo().speed())
                : Pace.none();
    }

    @Override
    public @Nullable MediaTime firstTime() {
        return cursor.nextTime();
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    @Override
    public long lostUnits() {
        return 0;
    }
}
