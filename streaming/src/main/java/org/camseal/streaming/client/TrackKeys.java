package org.camseal.streaming.client;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.mikey.MikeyMessage.CryptoSession;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.sdp.OfferedTrack;
import org.camseal.streaming.srtp.CryptoAttribute;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.SrtpSender;
import org.camseal.streaming.srtp.Unprotected;
import org.jspecify.annotations.Nullable;

/** What opens one track's packets and protects the reports about it. Reports are written by one thread at a time. */
final class TrackKeys {
    private final SrtpReceiver receiver;
    private final SrtpSender reports;
    private final @Nullable MikeyMessage answer;

    private TrackKeys(SrtpReceiver receiver, SrtpSender reports, @Nullable MikeyMessage answer) {
        this.receiver = receiver;
        this.reports = reports;
        this.answer = answer;
    }

    /**
     * Of a description that came inside TLS.
     *
     * @param ownSsrc of the reports
     * @throws ProtocolException where the description offers no SRTP for the track, or no key that is accepted
     */
    static TrackKeys of(OfferedTrack track, SrtpDemand demand, int ownSsrc, RandomGenerator random, InstantSource clock)
            throws ProtocolException {
        String which = "track " + track.track().number();
        if (!track.keying().secure()) {
            throw new ProtocolException(
                    which + " is offered as RTP, and SRTP is demanded; ask for another URI, for instance"
                            + " with srtp=1, or do not demand it");
        }
        Optional<String> mikey = track.keying().keyManagement().flatMap(KeyManagement::dataOfAttribute);
        if (mikey.isPresent()) {
            return ofMikey(MikeyMessage.parseBase64(mikey.get()), ownSsrc, random, clock);
        }
        Optional<SrtpKey> crypto =
                demand == SrtpDemand.MIKEY_OR_SDES && track.keying().crypto().isPresent()
                        ? CryptoAttribute.parse(track.keying().crypto().get())
                        : Optional.empty();
        SrtpKey key =
                crypto.orElseThrow(() -> new ProtocolException(which + " is offered as SRTP without a key by MIKEY"
                        + (demand == SrtpDemand.MIKEY ? "" : " or SDES") + " (RFC 4567, RFC 4568)"));
        return new TrackKeys(new SrtpReceiver(key, null), new SrtpSender(key, null, ownSsrc), null);
    }

    /**
     * With an MKI, the answer carries the same key, which says that packets are to carry the MKI. Without one, it carries a key of our own
     * for our reports, as GStreamer does.
     */
    private static TrackKeys ofMikey(MikeyMessage offer, int ownSsrc, RandomGenerator random, InstantSource clock) {
        Mki mki = offer.mki();
        SrtpKey key = offer.key();
        SrtpKey own = mki == null ? SrtpKey.random(key.profile(), random) : key;
        SrtpReceiver receiver = new SrtpReceiver(key, mki);
        for (CryptoSession session : offer.sessions()) {
            receiver.rolloverCounter(session.ssrc(), session.rolloverCounter());
        }
        MikeyMessage answer = new MikeyMessage(
                offer.bundle(),
                List.of(new CryptoSession(ownSsrc, 0)),
                NtpTime.of(clock.instant()),
                offer.rand(),
                own,
                mki);
        return new TrackKeys(receiver, new SrtpSender(own, mki, ownSsrc), answer);
    }

    /** The value of the KeyMgmt header of the track's SETUP; empty where the key came by SDES. */
    Optional<String> header(String uri) {
        return Optional.ofNullable(answer).map(message -> KeyManagement.header(uri, message));
    }

    /** A media packet in clear; empty where it is refused. */
    Optional<byte[]> media(byte[] packet) {
        byte[] own = packet.clone(); // packets are opened where they stand, and this one is shared
        return clear(own, receiver.media(own, own.length));
    }

    /** A compound RTCP packet in clear; empty where it is refused. */
    Optional<byte[]> control(byte[] packet) {
        byte[] own = packet.clone();
        return clear(own, receiver.control(own, own.length));
    }

    private static Optional<byte[]> clear(byte[] packet, Unprotected answer) {
        return switch (answer) {
            case Unprotected.Clear clear -> Optional.of(Arrays.copyOf(packet, clear.length()));
            case Unprotected.Refused refused -> Optional.empty();
        };
    }

    /** A report as it is sent. */
    synchronized byte[] protect(byte[] compound) {
        return reports.protectControl(compound);
    }
}
