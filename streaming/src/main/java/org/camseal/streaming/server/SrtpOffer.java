package org.camseal.streaming.server;

import java.util.List;
import java.util.Optional;
import org.camseal.streaming.srtp.SrtpProfile;

/**
 * How a server offers SRTP. Always inside TLS, because the key stands in the description; a server without TLS offers none, whatever this
 * says.
 *
 * @param profiles that may be asked for, the first where a reader names none; at least one
 * @param described what a description says where the reader's URI does not
 * @param exchange how the key is handed over
 */
public record SrtpOffer(List<SrtpProfile> profiles, Described described, KeyExchange exchange) {
    /** The parameter of a URI that asks: {@code srtp=0} for RTP inside TLS, {@code srtp=1} or a profile's name for SRTP. */
    public static final String PARAMETER = "srtp";

    /** All profiles but the one with short tags; on request; by MIKEY. */
    public static final SrtpOffer STANDARD = new SrtpOffer(
            List.of(
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                    SrtpProfile.AES_256_CM_HMAC_SHA1_80,
                    SrtpProfile.AEAD_AES_128_GCM,
                    SrtpProfile.AEAD_AES_256_GCM),
            Described.ON_REQUEST,
            KeyExchange.MIKEY);

    /** What a description says where the reader's URI does not. */
    public enum Described {
        /** RTP in the connection, inside TLS, which every client can play; SRTP where the URI asks for it. */
        ON_REQUEST,
        /** SRTP; RTP inside TLS where the URI asks for it, or where a reader sets it up all the same, as ffmpeg does. */
        FIRST,
        /** SRTP; RTP is refused with 461, inside TLS too. */
        ALONE
    }

    /** How the key is handed over. */
    public enum KeyExchange {
        /** {@code a=key-mgmt:mikey} (RFC 4567). */
        MIKEY,
        /** {@code a=crypto} (RFC 4568), for old readers: they cannot say that they want an MKI, nor send a key of their own. */
        SDES
    }

    public SrtpOffer {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("an offer of SRTP without a profile");
        }
    }

    /** The same with another answer to URIs that do not ask. */
    public SrtpOffer with(Described other) {
        return new SrtpOffer(profiles, other, exchange);
    }

    /** The same with another way to hand the key over. */
    public SrtpOffer with(KeyExchange other) {
        return new SrtpOffer(profiles, described, other);
    }

    /** What a description is to offer. */
    sealed interface Choice {
        record Srtp(SrtpProfile profile) implements Choice {}

        record Rtp() implements Choice {}

        /** The URI asks for what is not offered. */
        record Neither() implements Choice {}
    }

    /** Of a URI's parameter. */
    Choice choose(Optional<String> asked) {
        String value = asked.orElse(described == Described.ON_REQUEST ? "0" : "1");
        return switch (value) {
            case "0" -> described == Described.ALONE ? new Choice.Neither() : new Choice.Rtp();
            case "1" -> new Choice.Srtp(profiles.getFirst());
            default ->
                profiles.stream()
                        .filter(profile -> profile.name().equals(value))
                        .findFirst()
                        .<Choice>map(Choice.Srtp::new)
                        .orElseGet(Choice.Neither::new);
        };
    }
}
