package org.camseal.streaming.server;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.mikey.MikeyMessage.CryptoSession;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.srtp.CryptoAttribute;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/**
 * The master keys that one connection's descriptions offer: one for each track, used by one session and never again, because a second
 * session would use its key stream twice.
 */
final class OfferedKeys {
    private static final int MOST = 64;

    /** A key for one track of one session, and the source it is for. */
    record Offered(SrtpKey key, Mki mki, int ssrc) {}

    /**
     * What a session's track is protected with.
     *
     * @param mki in packets to the reader; null for none
     * @param readersKey of the reader's reports
     * @param readersMki in them; null for none
     */
    record Agreed(
            SrtpKey key,
            @Nullable Mki mki,
            int ssrc,
            SrtpKey readersKey,
            @Nullable Mki readersMki) {}

    private record Place(String path, int track) {}

    private final SrtpOffer offer;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<Place, Offered> offered = new HashMap<>();
    private final Map<String, MulticastGroup.Generation> groups = new HashMap<>();

    OfferedKeys(SrtpOffer offer, RandomGenerator random, InstantSource clock) {
        this.offer = offer;
        this.random = random;
        this.clock = clock;
    }

    /** Fresh keys for all tracks of a path; returns the attribute that carries each, by track. */
    Map<Integer, Description.Protection> describe(String path, List<Track> tracks, SrtpProfile profile) {
        if (offered.size() >= MOST) {
            offered.clear();
        }
        Map<Integer, Description.Protection> attributes = new HashMap<>();
        for (Track track : tracks) {
            Offered fresh = new Offered(SrtpKey.random(profile, random), Mki.of(random.nextInt()), random.nextInt());
            offered.put(new Place(path, track.number()), fresh);
            CryptoSession session = new CryptoSession(fresh.ssrc(), 0);
            attributes.put(
                    track.number(), attribute(offer.exchange(), session, fresh.key(), fresh.mki(), clock, random));
        }
        return attributes;
    }

    /** What carries a key in a description. */
    static Description.Protection attribute(
            SrtpOffer.KeyExchange exchange,
            CryptoSession session,
            SrtpKey key,
            @Nullable Mki mki,
            InstantSource clock,
            RandomGenerator random) {
        return switch (exchange) {
            case MIKEY ->
                new Description.Protection(
                        KeyManagement.ATTRIBUTE,
                        KeyManagement.attribute(
                                MikeyMessage.of(session, NtpTime.of(clock.instant()), key, mki, random)));
            case SDES -> new Description.Protection(CryptoAttribute.NAME, CryptoAttribute.write(key));
        };
    }

    /** Notes what was described of a path's group. */
    void described(String path, MulticastGroup.Generation generation) {
        if (groups.size() >= MOST) {
            groups.clear();
        }
        groups.put(path, generation);
    }

    /** What was described last of a path's group; null where nothing was. */
    MulticastGroup.@Nullable Generation described(String path) {
        return groups.get(path);
    }

    /**
     * What a SETUP agrees on: with the MKI where the reader's own message has one, without where it has none or there is no message. A
     * reader that sends another key with an MKI wants media under that one.
     *
     * @return null where there is nothing to agree on: no key was offered here and none is sent, or it is of a profile that is not offered
     * @throws ProtocolException where the reader's message cannot be read
     */
    @Nullable
    Agreed agree(String path, Track track, Request request) throws ProtocolException {
        Offered ours = offered.get(new Place(path, track.number()));
        MikeyMessage theirs = messageOf(request);
        if (theirs == null) {
            return ours == null ? null : new Agreed(ours.key(), null, ours.ssrc(), ours.key(), null);
        }
        Mki mki = theirs.mki();
        boolean same = ours != null && theirs.key().equals(ours.key());
        if (ours != null && (mki == null || same)) {
            // Of whatever profile: GStreamer's reports are under AES-CM-128, whichever profile was offered.
            return new Agreed(ours.key(), mki, ours.ssrc(), theirs.key(), mki);
        }
        boolean adopted = mki != null && offer.profiles().contains(theirs.key().profile());
        int ssrc = ours == null ? random.nextInt() : ours.ssrc();
        return adopted ? new Agreed(theirs.key(), mki, ssrc, theirs.key(), mki) : null;
    }

    private @Nullable MikeyMessage messageOf(Request request) throws ProtocolException {
        var header = request.headers().first(KeyManagement.HEADER);
        if (header.isEmpty()) {
            return null;
        }
        return MikeyMessage.parseBase64(KeyManagement.dataOfHeader(header.get())
                .orElseThrow(() -> new ProtocolException("KeyMgmt without MIKEY data (RFC 4567 section 5.1)")));
    }

    /** The key was taken by a session. */
    void used(String path, Track track) {
        offered.remove(new Place(path, track.number()));
    }
}
