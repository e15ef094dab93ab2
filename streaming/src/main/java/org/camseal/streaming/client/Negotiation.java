package org.camseal.streaming.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.media.AccessUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.Transport;
import org.camseal.streaming.UnreachableException;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.PlayRange;
import org.camseal.streaming.rtsp.RtpInfo;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspNumbers;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.Offer;
import org.camseal.streaming.sdp.OfferedTrack;
import org.jspecify.annotations.Nullable;

/** The requests that lead to a playback: OPTIONS, DESCRIBE, SETUP for each track, PLAY (RFC 2326 section 10). */
final class Negotiation implements Closeable {
    /**
     * A track that is set up.
     *
     * @param channels of an interleaved track; else null
     * @param datagrams of a UDP track; else null
     * @param keys of an SRTP track; else null
     */
    record SetUp(
            OfferedTrack offered,
            String uri,
            TrackReceiver receiver,
            TransportSpec.@Nullable Pair channels,
            @Nullable DatagramReceiver datagrams,
            TransportSpec.@Nullable Pair serverPorts,
            @Nullable TrackKeys keys) {

        /** Takes a media packet as it arrived; returns the units that it completes. */
        List<AccessUnit> media(byte[] packet, long nowNanos) {
            if (keys == null) {
                return receiver.packet(packet, nowNanos);
            }
            Optional<byte[]> clear = keys.media(packet);
            if (clear.isEmpty()) {
                receiver.refused();
            }
            return clear.map(bytes -> receiver.packet(bytes, nowNanos)).orElse(List.of());
        }

        /** Takes a compound RTCP packet as it arrived. */
        void control(byte[] packet, long nowNanos) {
            if (keys == null) {
                receiver.report(packet, nowNanos);
                return;
            }
            keys.control(packet).ifPresentOrElse(bytes -> receiver.report(bytes, nowNanos), receiver::refused);
        }

        /** The report that the sender gets of us, as it is sent. */
        byte[] report(int ownSsrc, long nowNanos) {
            byte[] compound = receiver.receiverReport(ownSsrc, "camseal", nowNanos);
            return keys == null ? compound : keys.protect(compound);
        }

        /** The request of a key picture, as it is sent; empty for sound, and before there is a source to ask. */
        Optional<byte[]> keyRequest(int ownSsrc, long nowNanos) {
            Optional<byte[]> compound = receiver.keyRequest(ownSsrc, "camseal", nowNanos);
            return keys == null ? compound : compound.map(keys::protect);
        }
    }

    private final RtspRequest request;
    private final Dialogue dialogue;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int ownSsrc;
    private final CommonZero zero = new CommonZero();
    private final List<DatagramReceiver> opened = new ArrayList<>();
    private String sessionUri = "";
    private boolean knowsGetParameter;
    private Duration sessionTimeout = Duration.ofSeconds(60); // RFC 2326 section 12.37

    Negotiation(RtspRequest request, Dialogue dialogue, InstantSource clock, RandomGenerator random) {
        this.request = request;
        this.dialogue = dialogue;
        this.clock = clock;
        this.random = random;
        this.ownSsrc = random.nextInt();
    }

    /** What to ask for when a track's key is to be exchanged; see {@link TrackKeys#renewal}. */
    Optional<String> renewal(SetUp track, TrackKeys keys) throws RefusedException {
        Optional<Integer> source = track.receiver().source();
        return source.isEmpty() ? Optional.empty() : keys.renewal(source.get(), random, clock);
    }

    /** Of our reports. */
    int ownSsrc() {
        return ownSsrc;
    }

    /** The URI of requests about the whole session. */
    String sessionUri() {
        return sessionUri;
    }

    /** What keeps the session alive. */
    String keepAliveMethod() {
        return knowsGetParameter ? "GET_PARAMETER" : "OPTIONS";
    }

    Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** What a DESCRIBE came to: a description, or another address to ask. */
    sealed interface Described {
        record Answer(Offer offer, String base) implements Described {}

        record MovedTo(String location) implements Described {}
    }

    Described describe() throws StreamingException, InterruptedException {
        String uri = request.uri().toString();
        Response options = dialogue.ask("OPTIONS", uri, RtspHeaders.NONE);
        knowsGetParameter = options.headers().first("Public").orElse("").contains("GET_PARAMETER");
        Response response = dialogue.ask("DESCRIBE", uri, demanded().with("Accept", "application/sdp"));
        if (response.status() >= 300 && response.status() < 400) {
            return new Described.MovedTo(response.headers().first("Location").orElse(""));
        }
        succeeded(response, "DESCRIBE");
        String type = response.headers().first("Content-Type").orElse("application/sdp");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/sdp")) {
            throw new ProtocolException(
                    where("DESCRIBE") + ": the answer is no session description but of another type");
        }
        Offer offer = Offer.parse(response.body());
        String base = response.headers()
                .first("Content-Base")
                .or(() -> response.headers().first("Content-Location"))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("rtsp"))
                .orElse(uri);
        sessionUri = ControlUri.resolve(base, offer.control());
        return new Described.Answer(offer, base);
    }

    List<SetUp> setUp(Described.Answer answer) throws StreamingException, InterruptedException {
        List<SetUp> tracks = new ArrayList<>();
        for (OfferedTrack offered : answer.offer().tracks()) {
            tracks.add(setUp(offered, ControlUri.resolve(answer.base(), offered.control()), tracks.size()));
        }
        return tracks;
    }

    /** What the server must know: how recordings are replayed, if one is asked for. */
    private RtspHeaders demanded() {
        return request.replay() == null ? RtspHeaders.NONE : RtspHeaders.NONE.with("Require", "onvif-replay");
    }

    private SetUp setUp(OfferedTrack offered, String uri, int index) throws StreamingException, InterruptedException {
        boolean tcp = request.transport() == Transport.TCP;
        TrackKeys keys = request.srtp() == SrtpDemand.NONE
                ? null
                : TrackKeys.of(
                        offered, new TrackKeys.Terms(request.srtp(), request.keyLifetime(), ownSsrc), random, clock);
        DatagramReceiver ports = request.transport() == Transport.UDP ? openPorts() : null;
        TransportSpec bare = switch (request.transport()) {
            case TCP -> TransportSpec.interleaved(new TransportSpec.Pair(2 * index, 2 * index + 1));
            case UDP -> TransportSpec.udp(Objects.requireNonNull(ports).ports());
            case MULTICAST -> TransportSpec.multicast();
        };
        TransportSpec asked = keys == null ? bare : bare.secured();
        RtspHeaders headers = demanded().with("Transport", asked.toString());
        if (keys != null) {
            Optional<String> keyManagement = keys.header(uri);
            headers = keyManagement.isEmpty() ? headers : headers.with(KeyManagement.HEADER, keyManagement.get());
        }
        Response response = dialogue.ask("SETUP", uri, headers);
        if (response.status() == 461) {
            throw new RefusedException(
                    461, where("SETUP") + ": the source does not send " + asked.protocol() + refusedHint(offered));
        }
        succeeded(response, "SETUP");
        session(response);
        List<TransportSpec> answered =
                TransportSpec.parse(response.headers().first("Transport").orElse(""));
        TransportSpec given = answered.isEmpty() ? asked : answered.getFirst();
        if (given.isInterleaved() != tcp || given.cast() != asked.cast() || given.isSecure() != asked.isSecure()) {
            throw new ProtocolException(where("SETUP") + ": " + asked.protocol() + " was asked for, the answer is "
                    + given.protocol() + "; there is no falling back, try the other transport");
        }
        DatagramReceiver datagrams = request.transport() == Transport.MULTICAST ? join(given) : ports;
        TransportSpec.Pair channels = given.interleaved() == null ? asked.interleaved() : given.interleaved();
        TrackReceiver.Way way = tcp ? TrackReceiver.Way.TCP : TrackReceiver.Way.UDP;
        TrackReceiver receiver = new TrackReceiver(offered, way, zero, clock);
        return new SetUp(offered, uri, receiver, tcp ? channels : null, datagrams, given.serverPorts(), keys);
    }

    private String refusedHint(OfferedTrack offered) {
        return offered.keying().secure() && request.srtp() == SrtpDemand.NONE
                ? "; it offers SRTP, which must be demanded"
                : "; try the other transport";
    }

    private DatagramReceiver openPorts() throws StreamingException {
        try {
            DatagramReceiver receiver =
                    DatagramReceiver.open(dialogue.connection().local());
            opened.add(receiver);
            return receiver;
        } catch (SocketException e) {
            throw new UnreachableException("no UDP ports: " + e.getMessage() + "; close other programs, or use TCP", e);
        }
    }

    /** Goes where the server says, as far as that is a group at all. */
    private DatagramReceiver join(TransportSpec given) throws StreamingException {
        TransportSpec.Destination to = given.destination();
        TransportSpec.Pair ports = to == null ? null : to.ports();
        InetAddress group = to == null ? null : literal(to.address());
        if (group == null
                || !group.isMulticastAddress()
                || ports == null
                || ports.rtp() < 1024
                || ports.rtcp() < 1024) {
            throw new ProtocolException(where("SETUP") + ": the answer names no multicast group with ports from 1024 on"
                    + " (RFC 2326 section 12.39)");
        }
        try {
            DatagramReceiver receiver =
                    DatagramReceiver.join(group, ports, dialogue.connection().local());
            opened.add(receiver);
            return receiver;
        } catch (IOException e) {
            throw new UnreachableException(
                    "cannot join " + group.getHostAddress() + ": " + e.getMessage() + "; try the other transports", e);
        }
    }

    private static @Nullable InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            return null; // a name is not looked up for a server
        }
    }

    private void session(Response response) {
        String[] parts = response.headers().first("Session").orElse("").split(";");
        if (!parts[0].isBlank()) {
            dialogue.session(parts[0].strip());
        }
        for (String part : parts) {
            if (part.strip().toLowerCase(Locale.ROOT).startsWith("timeout=")) {
                RtspNumbers.parse(part.strip().substring(8), 86_400)
                        .ifPresent(seconds -> sessionTimeout = Duration.ofSeconds(Math.max(2, seconds)));
            }
        }
    }

    void play(List<SetUp> tracks) throws StreamingException, InterruptedException {
        PlayRange.Clock replay = request.replay();
        RtspHeaders range = replay == null
                ? RtspHeaders.NONE.with("Range", "npt=0.000-")
                : demanded()
                        .with("Range", replay.toString())
                        .with("Rate-Control", request.transport() == Transport.TCP ? "no" : "yes");
        // What the answer says of the start must be known before the packets behind it are read.
        Response response = dialogue.ask("PLAY", sessionUri, range, answer -> begin(tracks, answer));
        succeeded(response, "PLAY");
    }

    private static void begin(List<SetUp> tracks, Response response) {
        if (!response.isSuccess()) {
            return;
        }
        List<RtpInfo> info = RtpInfo.parse(response.headers().first("RTP-Info").orElse(""));
        List<Integer> starts = new ArrayList<>();
        for (SetUp track : tracks) {
            start(info, track, tracks.size()).ifPresent(starts::add);
        }
        boolean all = starts.size() == tracks.size(); // for all tracks or none: they share one zero
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).receiver().begin(all ? starts.get(i) : null);
        }
    }

    private static Optional<Integer> start(List<RtpInfo> info, SetUp track, int tracks) {
        String control = track.offered().control();
        return info.stream()
                .filter(entry -> entry.uri().equals(track.uri())
                        || (!control.isEmpty() && entry.uri().endsWith(control))
                        || tracks == 1)
                .findFirst()
                .map(RtpInfo::timestamp);
    }

    private void succeeded(Response response, String method) throws StreamingException {
        if (!response.isSuccess()) {
            throw new RefusedException(
                    response.status(),
                    where(method) + ": " + response.status() + " " + shown(response.reason()) + "; "
                            + advice(response.status()));
        }
    }

    private String where(String method) {
        return dialogue.connection().name() + ", " + method;
    }

    private static String shown(String reason) {
        return reason.length() > 60 ? reason.substring(0, 60) : reason;
    }

    private static String advice(int status) {
        return switch (status) {
            case 403 -> "this user or address may not; check its rights, or wait if logins failed before";
            case 404 -> "check the path of the URI";
            case 457 -> "nothing is recorded of that time";
            case 551 -> "it has no recordings";
            case 453, 503 -> "the source is busy; stop other readers, or try later";
            case 463 -> "the source does not take the key; see what it says of MIKEY";
            case 454 -> "the session is over; open it again";
            default -> "see what the source's own log says";
        };
    }

    /** Frees the ports; the playback takes them over where there is one. */
    @Override
    public void close() {
        opened.forEach(DatagramReceiver::close);
    }
}
