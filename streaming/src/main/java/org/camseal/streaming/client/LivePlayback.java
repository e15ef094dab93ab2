package org.camseal.streaming.client;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.TimedOutException;
import org.camseal.streaming.client.Negotiation.SetUp;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.srtp.SrtpKey;
import org.jspecify.annotations.Nullable;

/** A playback over one connection: channels or ports lead to receivers, these fill a queue, the caller empties it. */
final class LivePlayback implements RtspPlayback {
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration GOODBYE = Duration.ofMillis(500);
    private static final int FRAME_HEADER = 4;

    private final RtspRequest request;
    private final Dialogue dialogue;
    private final Negotiation negotiation;
    private final List<SetUp> tracks;
    private final int ownSsrc;
    private final UnitQueue queue = new UnitQueue();
    private final Map<Integer, SetUp> mediaChannels = new HashMap<>();
    private final Map<Integer, SetUp> controlChannels = new HashMap<>();
    private final AtomicInteger playing;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread upkeep;
    private volatile boolean optionsOnly;

    LivePlayback(RtspRequest request, Dialogue dialogue, Negotiation negotiation, List<SetUp> tracks) {
        this.request = request;
        this.dialogue = dialogue;
        this.negotiation = negotiation;
        this.tracks = List.copyOf(tracks);
        this.ownSsrc = negotiation.ownSsrc();
        this.playing = new AtomicInteger(tracks.size());
        for (SetUp track : tracks) {
            TransportSpec.Pair channels = track.channels();
            if (channels != null) {
                mediaChannels.put(channels.rtp(), track);
                controlChannels.put(channels.rtcp(), track);
            }
        }
        this.upkeep = Thread.ofVirtual().name("rtsp-upkeep").unstarted(this::keepAlive);
    }

    /** Hears the tracks, before PLAY is asked for: the first packets may come in front of its answer. */
    void listen() {
        dialogue.listen(new Dialogue.Listener() {
            @Override
            public void frame(RtspMessage.Frame frame) throws InterruptedException {
                interleaved(frame);
            }

            @Override
            public void broken(StreamingException reason) {
                queue.end(reason);
            }
        });
        InetAddress server = dialogue.connection().peer();
        for (SetUp track : tracks) {
            DatagramReceiver datagrams = track.datagrams();
            if (datagrams != null) {
                datagrams.start(server, track.serverPorts(), report(track), new Datagrams(track));
            }
        }
    }

    void start() {
        upkeep.start();
    }

    private void interleaved(RtspMessage.Frame frame) throws InterruptedException {
        SetUp media = mediaChannels.get(frame.channel());
        if (media != null) {
            put(media.media(frame.bytes(), System.nanoTime()));
            return;
        }
        SetUp control = controlChannels.get(frame.channel());
        if (control != null && !control.receiver().saidGoodbye()) {
            control.control(frame.bytes(), System.nanoTime());
            if (control.receiver().saidGoodbye()) {
                finish(control);
            }
        }
    }

    private void put(List<AccessUnit> units) throws InterruptedException {
        for (AccessUnit unit : units) {
            queue.put(unit);
        }
    }

    private void finish(SetUp track) throws InterruptedException {
        put(track.receiver().finish());
        if (playing.decrementAndGet() == 0) {
            queue.end(null);
        }
    }

    /** One track's datagrams. Its units come from the media thread alone, so that they stay in order. */
    private final class Datagrams implements DatagramReceiver.Listener {
        private final SetUp track;
        private boolean finished;

        Datagrams(SetUp track) {
            this.track = track;
        }

        @Override
        public void media(byte[] packet) throws InterruptedException {
            put(track.media(packet, System.nanoTime()));
        }

        @Override
        public void control(byte[] compound) {
            track.control(compound, System.nanoTime());
        }

        @Override
        public void quiet() throws InterruptedException {
            put(track.receiver().expire(System.nanoTime()));
            if (!finished && track.receiver().saidGoodbye()) {
                finished = true;
                finish(track);
            }
        }
    }

    private byte[] report(SetUp track) {
        return track.report(ownSsrc, System.nanoTime());
    }

    private Duration rest(Duration interval) {
        Duration age = request.keyLifetime().age();
        Duration least = interval.compareTo(REPORT_INTERVAL) < 0 ? interval : REPORT_INTERVAL;
        return request.srtp() != SrtpDemand.NONE && age.compareTo(least) < 0 ? age : least;
    }

    /** Reports how packets arrive, and asks something now and then, so that the server knows that we are there. */
    private void keepAlive() {
        Duration interval = negotiation.sessionTimeout().dividedBy(3);
        long lastAsked = System.nanoTime();
        try {
            while (!closed.get()) {
                Thread.sleep(rest(interval));
                for (SetUp track : tracks) {
                    send(track, report(track));
                }
                if (System.nanoTime() - lastAsked >= interval.toNanos()) {
                    lastAsked = System.nanoTime();
                    String method = optionsOnly ? "OPTIONS" : negotiation.keepAliveMethod();
                    dialogue.askLater(new Request(method, negotiation.sessionUri(), RtspHeaders.NONE), response -> {
                        optionsOnly = optionsOnly || response.status() == 405 || response.status() == 501;
                    });
                }
                renewKeys();
            }
        } catch (InterruptedException e) {
            // closed
        } catch (StreamingException e) {
            queue.end(e);
        } catch (IOException e) {
            queue.end(dialogue.connection().broken(e));
        }
    }

    /** Asks the server to go on under another key, where one has been used for long enough. */
    private void renewKeys() throws StreamingException {
        for (SetUp track : tracks) {
            TrackKeys keys = track.keys();
            Optional<String> message = keys == null ? Optional.empty() : negotiation.renewal(track, keys);
            if (keys != null && message.isPresent()) {
                Request asked = new Request(
                        "SET_PARAMETER",
                        negotiation.sessionUri(),
                        RtspHeaders.NONE.with("Content-Type", "text/parameters"),
                        "mikey: " + message.get() + "\r\n");
                dialogue.askLater(asked, response -> keys.renewed(response.status()));
            }
        }
    }

    /** The keys that media is under now as far as is agreed, of the tracks that are SRTP. */
    List<SrtpKey> keysInUse() {
        return tracks.stream()
                .map(SetUp::keys)
                .filter(Objects::nonNull)
                .map(TrackKeys::current)
                .toList();
    }

    @Override
    public void requestKeyFrame() throws StreamingException {
        try {
            for (SetUp track : tracks) {
                Optional<byte[]> request = track.keyRequest(ownSsrc, System.nanoTime());
                if (request.isPresent()) {
                    send(track, request.get());
                }
            }
        } catch (IOException e) {
            throw dialogue.connection().broken(e);
        }
    }

    private void send(SetUp track, byte[] report) throws IOException {
        DatagramReceiver datagrams = track.datagrams();
        TransportSpec.Pair channels = track.channels();
        if (datagrams != null) {
            datagrams.report(report);
        } else if (channels != null) {
            byte[] frame = new byte[FRAME_HEADER + report.length];
            frame[0] = '$';
            frame[1] = (byte) channels.rtcp();
            frame[2] = (byte) (report.length >> 8);
            frame[3] = (byte) report.length;
            System.arraycopy(report, 0, frame, FRAME_HEADER, report.length);
            dialogue.write(frame);
        }
    }

    @Override
    public List<Track> tracks() {
        return tracks.stream().map(track -> track.offered().track()).toList();
    }

    @Override
    public @Nullable AccessUnit next() throws StreamingException, InterruptedException {
        return switch (queue.take(request.timeouts().media())) {
            case UnitQueue.Next.Unit unit -> unit.unit();
            case UnitQueue.Next.End end -> {
                close();
                yield null;
            }
            case UnitQueue.Next.Failed failed -> {
                close();
                throw failed.reason();
            }
            case UnitQueue.Next.Silence silence -> throw silent();
        };
    }

    private TimedOutException silent() {
        long packets = reception().stream().mapToLong(TrackReception::packets).sum();
        close();
        return new TimedOutException(dialogue.connection().name() + ": no access unit for "
                + request.timeouts().media().toMillis() + " ms, after " + packets + " packets over "
                + request.transport()
                + (packets == 0 ? "; a firewall may stop them, or the source sends nothing" : "; the source may hang"));
    }

    @Override
    public List<TrackReception> reception() {
        return tracks.stream().map(track -> track.receiver().reception()).toList();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.clear();
        upkeep.interrupt();
        // The goodbye and the closing may wait for a server that takes nothing; the caller does not.
        Thread.ofVirtual().name("rtsp-goodbye").start(() -> {
            Thread last = Thread.ofVirtual().start(this::goodbye);
            try {
                last.join(GOODBYE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            dialogue.close();
            negotiation.close();
        });
    }

    private void goodbye() {
        try {
            dialogue.ask("TEARDOWN", negotiation.sessionUri(), RtspHeaders.NONE);
        } catch (StreamingException e) {
            // The server is gone, or will find out by its timeout.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
