package org.camseal.streaming.server;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.Packetizer;
import org.camseal.streaming.rtp.RtpPayload;
import org.camseal.streaming.sdp.PictureSize;
import org.camseal.streaming.server.PacketizedUnit.Weight;

/**
 * One live stream and its readers.
 *
 * <p>{@link #publish} never waits for a reader: each has a bounded queue, and a reader that is too slow loses whole groups of pictures
 * and starts again at a key frame; the camera and the other readers do not notice. A unit is cut into RTP payloads once, and all
 * readers share them. Groups are those of the first video track; of a stream without video, every unit is a start.
 */
public final class LiveStream implements Mounted, Closeable {
    private record Lane(Track track, Packetizer packetizer) {}

    private final LiveStreamSettings settings;
    private final Map<Integer, Lane> lanes = new LinkedHashMap<>();
    private final int leadingTrack;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CurrentGroup group;
    private final KeyRequests keyRequests;
    private volatile List<Track> tracks;
    private boolean closed;

    /** With {@link LiveStreamSettings#STANDARD}. */
    public LiveStream(List<Track> tracks) {
        this(tracks, LiveStreamSettings.STANDARD);
    }

    /** @param tracks at least one, numbers unique */
    public LiveStream(List<Track> tracks, LiveStreamSettings settings) {
        this(tracks, settings, System::nanoTime);
    }

    LiveStream(List<Track> tracks, LiveStreamSettings settings, LongSupplier nanoTime) {
        this.keyRequests = new KeyRequests(nanoTime);
        this.tracks = List.copyOf(tracks);
        this.settings = settings;
        this.group = new CurrentGroup(settings);
        int leading = 0;
        for (Track track : tracks) {
            if (lanes.put(track.number(), new Lane(track, Packetizer.of(track))) != null) {
                throw new IllegalArgumentException("two tracks with the number " + track.number());
            }
            leading = leading == 0 && track.format().codec().isVideo() ? track.number() : leading;
        }
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("a stream without tracks");
        }
        this.leadingTrack = leading;
    }

    /** The tracks; a video format given without parameter sets has those that were last seen in the stream. */
    @Override
    public List<Track> tracks() {
        return tracks;
    }

    /**
     * Hands a unit to all readers, in decode order along each track. One thread at a time; does not block. After {@link #close()} nothing
     * happens.
     *
     * @throws ProtocolException where RTP cannot carry the unit (a NAL unit type that the payload format uses itself, an AAC frame over
     *     8191 bytes); nothing of it is sent
     * @throws IllegalArgumentException for a track that the stream does not have, or a unit of another kind than its track
     */
    public void publish(AccessUnit unit) throws ProtocolException {
        Lane lane = lanes.get(unit.track());
        if (lane == null) {
            throw new IllegalArgumentException("no track " + unit.track() + "; the stream has " + lanes.keySet());
        }
        PacketizedUnit packetized = packetize(unit, lane);
        lock.lock();
        try {
            if (closed) {
                return;
            }
            learnParameterSets(unit, lane.track());
            group.add(packetized, unit.track() == leadingTrack);
            for (Subscription subscription : subscriptions) {
                subscription.offer(packetized);
            }
        } finally {
            lock.unlock();
        }
    }

    private static PacketizedUnit packetize(AccessUnit unit, Lane lane) throws ProtocolException {
        List<RtpPayload> payloads = lane.packetizer().packetize(unit);
        boolean key = !(unit instanceof VideoUnit video) || video.isKey();
        return new PacketizedUnit(
                unit.track(),
                key ? Weight.KEY : Weight.ORDINARY,
                unit.presentationTime().in(lane.track().format().clockHz()),
                unit.capturedAt(),
                payloads,
                unit.sizeBytes());
    }

    private void learnParameterSets(AccessUnit unit, Track given) {
        if (!(unit instanceof VideoUnit video && video.isKey())
                || !(given.format() instanceof VideoFormat format
                        && format.parameterSets().isEmpty())) {
            return;
        }
        List<NalUnit> sets =
                video.nalUnits().stream().filter(NalUnit::isParameterSet).toList();
        List<Track> learned = new ArrayList<>();
        for (Track track : tracks) {
            boolean same = track.format() instanceof VideoFormat known
                    && (sets.isEmpty() || known.parameterSets().equals(sets));
            learned.add(
                    track.number() != given.number() || same
                            ? track
                            : new Track(track.number(), PictureSize.of(format.codec(), sets)));
        }
        tracks = List.copyOf(learned);
    }

    /**
     * Hears that readers need a key picture (RTCP PLI and FIR), at most once a second; the source makes one if it can. Called by the server's
     * threads; must return soon. One hearer, the last that was given.
     */
    public void onKeyRequest(Runnable source) {
        keyRequests.handTo(source);
    }

    /** A reader needs a key picture. */
    void requestKey() {
        keyRequests.ask();
    }

    /** How many readers play it now. */
    public int readers() {
        return subscriptions.size();
    }

    /** Ends the stream: readers are told (RTCP BYE) after what waits for them is sent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            group.clear();
            subscriptions.forEach(Subscription::end);
        } finally {
            lock.unlock();
        }
    }

    Subscription subscribe(Set<Integer> wanted) {
        lock.lock();
        try {
            boolean led = wanted.contains(leadingTrack);
            Subscription subscription =
                    new Subscription(wanted, leadingTrack, settings.queueBytes(), led ? group.units() : List.of());
            subscriptions.add(subscription);
            if (closed) {
                subscription.end();
            }
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
        subscription.cancel();
    }
}
