package org.camseal.streaming.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.client.Negotiation.Described;

/** Opens live streams and recordings. */
public final class RtspClient {
    private static final int MOST_REDIRECTS = 3;

    private RtspClient() {}

    /**
     * Connects, logs in, sets up every track it knows, and starts to play. Redirections are followed on the same host only, three times
     * at most, and never out of TLS.
     *
     * @throws StreamingException naming the host, what was seen and what to do; nothing is left open
     */
    public static RtspPlayback open(RtspRequest request) throws StreamingException, InterruptedException {
        RtspRequest current = request;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            ClientConnection connection = ClientConnection.open(current);
            Dialogue dialogue = new Dialogue(current, connection);
            Negotiation negotiation = new Negotiation(current, dialogue, InstantSource.system(), new SecureRandom());
            boolean opened = false;
            try {
                switch (negotiation.describe()) {
                    case Described.Answer answer -> {
                        RtspPlayback playback = play(current, dialogue, negotiation, answer);
                        opened = true;
                        return playback;
                    }
                    case Described.MovedTo moved -> current = redirected(current, moved.location());
                }
            } finally {
                if (!opened) {
                    dialogue.close();
                    negotiation.close();
                }
            }
        }
        throw new ProtocolException(request.uri() + ": redirected more than " + MOST_REDIRECTS + " times");
    }

    private static RtspPlayback play(
            RtspRequest request, Dialogue dialogue, Negotiation negotiation, Described.Answer answer)
            throws StreamingException, InterruptedException {
        List<Negotiation.SetUp> tracks = negotiation.setUp(answer);
        LivePlayback playback = new LivePlayback(request, dialogue, negotiation, tracks);
        playback.listen();
        negotiation.play(tracks);
        playback.start();
        return playback;
    }

    private static RtspRequest redirected(RtspRequest from, String location) throws ProtocolException {
        String shown = location.length() > 200 ? location.substring(0, 200) : location;
        URI to;
        try {
            to = new URI(location);
        } catch (URISyntaxException e) {
            throw new ProtocolException(from.uri() + " redirects to what is no URI", e);
        }
        String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
        boolean sameScheme = scheme.equals("rtsps") || (scheme.equals("rtsp") && !from.isTls());
        boolean sameHost = from.uri().getHost().equalsIgnoreCase(to.getHost());
        if (!sameScheme || !sameHost || to.getRawUserInfo() != null) {
            throw new ProtocolException(
                    from.uri() + " redirects to " + shown.replaceAll("//[^/]*@", "//…@")
                            + "; only the same host is followed, and never out of TLS; ask for that address itself if it is right");
        }
        return new RtspRequest(
                to,
                from.login(),
                from.transport(),
                from.tls(),
                from.hostCheck(),
                from.legacyDigest(),
                from.srtp(),
                from.keyLifetime(),
                from.timeouts(),
                from.replay());
    }
}
