package org.camseal.streaming.client;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.RefusedException;
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
    private final @Nullable KeyRenewal renewal;
    private final AtomicLong packets = new AtomicLong();
    private SrtpKey key;

    private TrackKeys(
            SrtpKey key,
            SrtpReceiver receiver,
            SrtpSender reports,
            @Nullable MikeyMessage answer,
            @Nullable KeyRenewal renewal) {
        this.key = key;
        this.receiver = receiver;
        this.reports = reports;
        this.answer = answer;
        this.renewal = renewal;
    }

    /**
     * What is given.
     *
     * @param demand where keys may come from
     * @param lifetime of one key
     * @param ownSsrc of the reports
     */
    record Terms(SrtpDemand demand, KeyLifetime lifetime, int ownSsrc) {}

    /**
     * Of a description that came inside TLS.
     *
     * @throws ProtocolException where the description offers no SRTP for the track, or no key that is accepted
     */
    static TrackKeys of(OfferedTrack track, Terms terms, RandomGenerator random, InstantSource clock)
            throws ProtocolException {
        String which = "track " + track.track().number();
        if (!track.keying().secure()) {
            throw new ProtocolException(
                    which + " is offered as RTP, and SRTP is demanded; ask for another URI, for instance"
                            + " with srtp=1, or do not demand it");
        }
        Optional<String> mikey = track.keying().keyManagement().flatMap(KeyManagement::dataOfAttribute);
        if (mikey.isPresent()) {
            return ofMikey(MikeyMessage.parseBase64(mikey.get()), terms, random, clock);
        }
        Optional<SrtpKey> crypto = terms.demand() == SrtpDemand.MIKEY_OR_SDES
                        && track.keying().crypto().isPresent()
                ? CryptoAttribute.parse(track.keying().crypto().get())
                : Optional.empty();
        SrtpKey key =
                crypto.orElseThrow(() -> new ProtocolException(which + " is offered as SRTP without a key by MIKEY"
                        + (terms.demand() == SrtpDemand.MIKEY ? "" : " or SDES") + " (RFC 4567, RFC 4568)"));
        return new TrackKeys(key, new SrtpReceiver(key, null), new SrtpSender(key, null, terms.ownSsrc()), null, null);
    }

    /**
     * With an MKI, the answer carries the same key, which says that packets are to carry the MKI. Without one, it carries a key of our own
     * for our reports, as GStreamer does.
     */
    private static TrackKeys ofMikey(MikeyMessage offer, Terms terms, RandomGenerator random, InstantSource clock) {
        Mki mki = offer.mki();
        SrtpKey key = offer.key();
        SrtpKey own = mki == null ? SrtpKey.random(key.profile(), random) : key;
        SrtpReceiver receiver = new SrtpReceiver(key, mki);
        for (CryptoSession session : offer.sessions()) {
            receiver.rolloverCounter(session.ssrc(), session.rolloverCounter());
        }
        MikeyMessage answer = new MikeyMessage(
                offer.bundle(),
                List.of(new CryptoSession(terms.ownSsrc(), 0)),
                NtpTime.of(clock.instant()),
                offer.rand(),
                own,
                mki);
        KeyRenewal renewal = mki == null ? null : new KeyRenewal(terms.lifetime(), mki, random, System.nanoTime());
        return new TrackKeys(key, receiver, new SrtpSender(own, mki, terms.ownSsrc()), answer, renewal);
    }

    /** The key that media is under now, as far as is agreed. */
    synchronized SrtpKey current() {
        return key;
    }

    /** The value of the KeyMgmt header of the track's SETUP; empty where the key came by SDES. */
    Optional<String> header(String uri) {
        return Optional.ofNullable(answer).map(message -> KeyManagement.header(uri, message));
    }

    /** A media packet in clear; empty where it is refused. */
    Optional<byte[]> media(byte[] packet) {
        byte[] own = packet.clone(); // packets are opened where they stand, and this one is shared
        Optional<byte[]> clear = clear(own, receiver.media(own, own.length));
        clear.ifPresent(bytes -> packets.incrementAndGet());
        return clear;
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

    /**
     * What to ask the server for when the key is to be exchanged: the value of its parameter {@code mikey}. Packets under the next key are
     * taken from now on. Empty where it is not time.
     *
     * @param ssrc of the media
     * @throws RefusedException where the server does not want to
     */
    synchronized Optional<String> renewal(int ssrc, RandomGenerator random, InstantSource clock)
            throws RefusedException {
        Optional<KeyRenewal.Next> next =
                renewal == null ? Optional.empty() : renewal.due(key, packets.get(), System.nanoTime());
        if (next.isEmpty()) {
            return Optional.empty();
        }
        receiver.accept(next.get().key(), next.get().mki());
        CryptoSession session = new CryptoSession(ssrc, receiver.rolloverCounter(ssrc));
        return Optional.of(MikeyMessage.of(
                        session,
                        NtpTime.of(clock.instant()),
                        next.get().key(),
                        next.get().mki(),
                        random)
                .toBase64());
    }

    /**
     * Takes the server's answer; reports are under the next key from now on where it is 200.
     *
     * @throws RefusedException where the server does not want to
     */
    synchronized void renewed(int status) throws RefusedException {
        Optional<KeyRenewal.Next> next =
                renewal == null ? Optional.empty() : renewal.answered(status, packets.get(), System.nanoTime());
        next.ifPresent(used -> {
            key = used.key();
            reports.rekey(used.key(), used.mki());
        });
    }
}
