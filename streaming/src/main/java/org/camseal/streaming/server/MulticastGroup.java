package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.media.Track;
import org.camseal.streaming.mikey.MikeyMessage.CryptoSession;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.jspecify.annotations.Nullable;

/**
 * One stream on its way to a group: sent as long as somebody hears it, by the same packetizer, pace and reports as to one reader. The key is
 * one for all, without MKI, because one packet cannot suit those who want it and those who do not.
 */
final class MulticastGroup {
    /**
     * Sources and keys of one time of sending; the next has others.
     *
     * @param keys empty where packets are RTP
     */
    record Generation(Map<Integer, Integer> ssrcs, Map<Integer, SrtpKey> keys) {}

    private sealed interface State {
        Generation generation();

        /** Nobody hears it. */
        record Silent(Generation generation) implements State {}

        /** It is sent. */
        record Sending(
                Generation generation, UdpSockets sockets, Map<Integer, TrackSender> senders, Subscription subscription)
                implements State {}
    }

    private final RtspServer server;
    private final String path;
    private final LiveStream stream;
    private final Multicast settings;
    private final List<Track> tracks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Session> holders = ConcurrentHashMap.newKeySet();
    private State state;

    MulticastGroup(RtspServer server, String path, LiveStream stream, Multicast settings) {
        this.server = server;
        this.path = path;
        this.stream = stream;
        this.settings = settings;
        this.tracks = stream.tracks();
        this.state = new State.Silent(fresh());
    }

    private Generation fresh() {
        Map<Integer, Integer> ssrcs = new HashMap<>();
        Map<Integer, SrtpKey> keys = new HashMap<>();
        for (Track track : tracks) {
            ssrcs.put(track.number(), server.random().nextInt());
            if (server.settings().tls() != null) {
                keys.put(
                        track.number(),
                        SrtpKey.random(server.settings().srtp().profiles().getFirst(), server.random()));
            }
        }
        return new Generation(Map.copyOf(ssrcs), Map.copyOf(keys));
    }

    /** For a description. */
    Description.Group described() {
        return new Description.Group(settings.group().getHostAddress(), settings.ttl(), settings.port());
    }

    /** Keys and sources of now; a SETUP holds only while they are the same. */
    Generation generation() {
        lock.lock();
        try {
            return state.generation();
        } finally {
            lock.unlock();
        }
    }

    /** What carries the keys of now, with the rollover counters of now. */
    Map<Integer, Description.Protection> protection(InstantSource clock) {
        lock.lock();
        try {
            Generation now = state.generation();
            Map<Integer, Description.Protection> attributes = new HashMap<>();
            now.keys().forEach((track, key) -> {
                CryptoSession session = new CryptoSession(now.ssrcs().getOrDefault(track, 0), rollovers(track));
                attributes.put(
                        track,
                        OfferedKeys.attribute(
                                server.settings().srtp().exchange(), session, key, null, clock, server.random()));
            });
            return attributes;
        } finally {
            lock.unlock();
        }
    }

    private int rollovers(int track) {
        return switch (state) {
            case State.Silent silent -> 0;
            case State.Sending sending -> {
                TrackSender sender = sending.senders().get(track);
                yield sender != null && sender.carrier() instanceof Carrier.Protected secured
                        ? secured.keying().rolloverCounter()
                        : 0;
            }
        };
    }

    /** Where a track goes. */
    TransportSpec.Destination destination(Track track) {
        return new TransportSpec.Destination(settings.group().getHostAddress(), ports(track), settings.ttl());
    }

    private TransportSpec.Pair ports(Track track) {
        int index = tracks.stream().map(Track::number).toList().indexOf(track.number());
        int rtp = settings.port() + 2 * index;
        return new TransportSpec.Pair(rtp, rtp + 1);
    }

    /**
     * Keeps keys and sources as they are for one more session, until it leaves.
     *
     * @param described what the session's connection was told
     * @return false where that is not the key of now
     */
    boolean hold(Session session, @Nullable Generation described) {
        lock.lock();
        try {
            Generation now = state.generation();
            boolean same = now.keys().isEmpty() || now.equals(described);
            if (same) {
                holders.add(session);
            }
            return same;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends, if it does not yet. The first is given the current group of pictures; for those that come later a key picture is asked for,
     * and a report stands in front of it.
     *
     * @throws IOException where there are no ports to send from, or the network cannot be used
     */
    void send() throws IOException {
        lock.lock();
        try {
            switch (state) {
                case State.Silent silent -> {
                    begin(silent.generation());
                    return;
                }
                case State.Sending sending -> sending.senders().values().forEach(TrackSender::reportAgain);
            }
        } finally {
            lock.unlock();
        }
        stream.requestKey();
    }

    private void begin(Generation generation) throws IOException {
        UdpSockets sockets = UdpSockets.openForGroup(server.settings().address());
        try {
            sockets.sendsTo(settings);
        } catch (IOException e) {
            sockets.close();
            throw e;
        }
        Map<Integer, TrackSender> senders = new LinkedHashMap<>();
        for (Track track : tracks) {
            senders.put(track.number(), sender(track, generation, sockets));
        }
        State.Sending sending =
                new State.Sending(generation, sockets, Map.copyOf(senders), stream.subscribe(senders.keySet()));
        state = sending;
        Thread.ofVirtual().name("rtsp-multicast" + path).start(() -> pump(sending));
    }

    private TrackSender sender(Track track, Generation generation, UdpSockets sockets) {
        TransportSpec.Pair ports = ports(track);
        Carrier way = new Carrier.Datagrams(
                sockets,
                new InetSocketAddress(settings.group(), ports.rtp()),
                new InetSocketAddress(settings.group(), ports.rtcp()));
        int ssrc = generation.ssrcs().getOrDefault(track.number(), 0);
        SrtpKey key = generation.keys().get(track.number());
        Carrier carrier = key == null
                ? way
                : new Carrier.Protected(
                        way, new OfferedKeys.Agreed(key, null, ssrc, key, null), new SrtpReceiver(key, null));
        return new TrackSender(track, carrier, "camseal" + path, ssrc, server.random(), server.nanoTime());
    }

    private void pump(State.Sending sending) {
        try {
            if (Pump.run(sending.subscription(), sending.senders(), server.nanoTime())) {
                Pump.sayGoodbye(sending.senders());
                holders.forEach(Session::groupIsOver);
            }
        } catch (IOException e) {
            if (generation().equals(sending.generation())) {
                holders.forEach(
                        session -> server.sessions().end(session, "the group cannot be sent to: " + e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One is gone; behind the last, keys and sources are thrown away. */
    void leave(Session session) {
        lock.lock();
        try {
            if (!holders.remove(session) || !holders.isEmpty()) {
                return;
            }
            if (state instanceof State.Sending sending) {
                stream.unsubscribe(sending.subscription());
                sending.sockets().close();
            }
            state = new State.Silent(fresh());
        } finally {
            lock.unlock();
        }
    }
}
