package org.camseal.streaming.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.mikey.MikeyMessage.CryptoSession;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspStatus;

/**
 * The parameter {@code mikey} of a session, as ONVIF's streaming specification has it: GET_PARAMETER tells the keys with the rollover
 * counters of now, SET_PARAMETER exchanges one.
 */
final class KeyParameter {
    static final String NAME = "mikey";
    private static final String TYPE = "text/parameters";

    private final Session session;

    KeyParameter(Session session) {
        this.session = session;
    }

    private List<TrackSender> protectedSenders() {
        return session.state().senders().values().stream()
                .filter(sender -> sender.carrier() instanceof Carrier.Protected)
                .toList();
    }

    /** One message a track; 451 where the session is not SRTP. */
    Response get(InstantSource clock, RandomGenerator random) {
        String body = protectedSenders().stream()
                .map(sender -> line((Carrier.Protected) sender.carrier(), sender.ssrc(), clock, random))
                .collect(Collectors.joining());
        return body.isEmpty()
                ? Response.of(RtspStatus.PARAMETER_NOT_UNDERSTOOD)
                : Response.of(RtspStatus.OK).withBody(TYPE, body);
    }

    private static String line(Carrier.Protected carrier, int ssrc, InstantSource clock, RandomGenerator random) {
        Carrier.Keying now = carrier.keying();
        MikeyMessage message = MikeyMessage.of(
                new CryptoSession(ssrc, now.rolloverCounter()),
                NtpTime.of(clock.instant()),
                now.key(),
                now.mki(),
                random);
        return NAME + ": " + message.toBase64() + "\r\n";
    }

    /**
     * Goes on under another key for the source that the message names. It needs an MKI, other than the one before and as long: without
     * one a receiver could not tell which packets are under which key.
     *
     * @param data in base64
     */
    Response set(String data) {
        try {
            MikeyMessage message = MikeyMessage.parseBase64(data);
            Optional<TrackSender> named = protectedSenders().stream()
                    .filter(sender -> message.sessions().stream().anyMatch(one -> one.ssrc() == sender.ssrc()))
                    .findFirst();
            boolean renewed = named.isPresent()
                    && message.mki() != null
                    && ((Carrier.Protected) named.get().carrier()).renew(message.key(), message.mki());
            return Response.of(renewed ? RtspStatus.OK : RtspStatus.KEY_MANAGEMENT_FAILURE);
        } catch (ProtocolException e) {
            return Response.of(RtspStatus.KEY_MANAGEMENT_FAILURE);
        }
    }
}
