package org.camseal.streaming.client;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.Transport;
import org.camseal.streaming.rtsp.PlayRange;
import org.jspecify.annotations.Nullable;

/**
 * What to play, and how. Start with {@link #of(URI)} and change what is not ordinary.
 *
 * @param uri {@code rtsp://host[:554]/path} or {@code rtsps://host[:322]/path}, without user and password
 * @param login for the server's Digest challenge; by Basic only inside TLS
 * @param transport {@link Transport#TCP} with rtsps, unless SRTP is demanded; a CamSeal server describes what it sends to a group where
 *     the URI says {@code multicast=1}
 * @param tls for rtsps: trust, and the client's own certificate; null for the JDK's own trust store
 * @param hostCheck with rtsps: who compares certificate and host
 * @param legacyDigest whether a server that offers MD5 only is answered
 * @param srtp whether media is to be SRTP; with rtsps only
 * @param keyLifetime after which a key of SRTP is exchanged
 * @param timeouts how long to wait
 * @param replay a range of a recording, which is sent as fast as it is taken over TCP, at its own speed over UDP; null for what is live
 */
public record RtspRequest(
        URI uri,
        @Nullable Login login,
        Transport transport,
        @Nullable SSLSocketFactory tls,
        HostCheck hostCheck,
        LegacyDigest legacyDigest,
        SrtpDemand srtp,
        KeyLifetime keyLifetime,
        Timeouts timeouts,
        PlayRange.@Nullable Clock replay) {
    public RtspRequest {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("rtsp") && !scheme.equals("rtsps")) {
            throw new IllegalArgumentException("scheme \"" + scheme + "\"; rtsp://… or rtsps://… expected");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "user and password stand in the URI, where they would be printed; give them as the login");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("no host in " + uri);
        }
        if (scheme.equals("rtsps") && transport != Transport.TCP && srtp == SrtpDemand.NONE) {
            throw new IllegalArgumentException(
                    "rtsps with " + transport + " would send media outside TLS; choose TCP, or demand SRTP");
        }
        if (scheme.equals("rtsp") && srtp != SrtpDemand.NONE) {
            throw new IllegalArgumentException("without TLS everyone reads the keys of SRTP; choose rtsps");
        }
    }

    /** TCP, no login, certificate checked by name, SHA-256 only, standard timeouts. */
    public static RtspRequest of(URI uri) {
        return new RtspRequest(
                uri,
                null,
                Transport.TCP,
                null,
                HostCheck.BY_CERTIFICATE_NAME,
                LegacyDigest.REFUSED,
                SrtpDemand.NONE,
                KeyLifetime.STANDARD,
                Timeouts.STANDARD,
                null);
    }

    public RtspRequest withLogin(Login other) {
        return new RtspRequest(
                uri, other, transport, tls, hostCheck, legacyDigest, srtp, keyLifetime, timeouts, replay);
    }

    public RtspRequest withTransport(Transport other) {
        return new RtspRequest(uri, login, other, tls, hostCheck, legacyDigest, srtp, keyLifetime, timeouts, replay);
    }

    public RtspRequest withTls(SSLSocketFactory factory, HostCheck check) {
        return new RtspRequest(
                uri, login, transport, factory, check, legacyDigest, srtp, keyLifetime, timeouts, replay);
    }

    public RtspRequest withLegacyDigest(LegacyDigest other) {
        return new RtspRequest(uri, login, transport, tls, hostCheck, other, srtp, keyLifetime, timeouts, replay);
    }

    /** With SRTP over TCP or UDP, and nothing else. */
    public RtspRequest withSrtp(SrtpDemand demand, Transport over) {
        return new RtspRequest(uri, login, over, tls, hostCheck, legacyDigest, demand, keyLifetime, timeouts, replay);
    }

    /** With keys of SRTP that live that long. */
    public RtspRequest withKeyLifetime(KeyLifetime other) {
        return new RtspRequest(uri, login, transport, tls, hostCheck, legacyDigest, srtp, other, timeouts, replay);
    }

    public RtspRequest withTimeouts(Timeouts other) {
        return new RtspRequest(uri, login, transport, tls, hostCheck, legacyDigest, srtp, keyLifetime, other, replay);
    }

    /**
     * A part of a recording instead of what is live (ONVIF replay). Units tell when they were captured, as the camera noted it.
     *
     * @param from where to begin; the playback begins with the group of pictures in which it lies
     * @param to behind the last moment; null for all there is and will be
     */
    public RtspRequest withReplay(Instant from, @Nullable Instant to) {
        PlayRange.Clock range = new PlayRange.Clock(from, to);
        return new RtspRequest(uri, login, transport, tls, hostCheck, legacyDigest, srtp, keyLifetime, timeouts, range);
    }

    boolean isTls() {
        return "rtsps".equalsIgnoreCase(uri.getScheme());
    }

    /** The port of the URI, or the scheme's own: 554, inside TLS 322. */
    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : isTls() ? 322 : 554;
    }
}
