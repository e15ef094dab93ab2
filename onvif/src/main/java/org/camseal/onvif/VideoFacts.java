package org.camseal.onvif;

import java.util.Map;
import java.util.Optional;
import org.camseal.streaming.srtp.SrtpProfile;

/**
 * One stream of a camera, and how it is fetched.
 *
 * @param token names it in requests: letters, digits, hyphens
 * @param name for people
 * @param place where it is served
 */
public record VideoFacts(String token, String name, Picture picture, Place place) {
    /** How pictures are coded. */
    public enum Encoding {
        H264,
        H265
    }

    /**
     * What the encoder gives, as far as it is known.
     *
     * @param profile of the codec, as ONVIF writes it (tt:VideoEncodingProfiles), such as {@code Main}
     */
    public record Picture(
            Encoding encoding, Optional<String> profile, Size size, Optional<Rates> rates, Signature signature) {}

    /**
     * How fast it comes.
     *
     * @param pictures per second, more than 0
     * @param kilobits per second
     * @param groupLength pictures from one that decoding can start at to the next
     */
    public record Rates(double pictures, int kilobits, int groupLength) {}

    /** In pixels. */
    public record Size(int width, int height) {}

    /**
     * Where it is served; always inside TLS.
     *
     * @param port of RTSP over TLS
     * @param tunnelPort of HTTPS, where tunnels and WebSockets are taken
     * @param paths path and query by how it may be fetched, each with a slash at the front; a transport that is missing is not offered
     * @param srtp how packets are protected where SRTP is asked for; empty where it is not offered
     */
    public record Place(int port, int tunnelPort, Map<StreamTransport, String> paths, Optional<SrtpProfile> srtp) {
        public Place {
            paths = Map.copyOf(paths);
        }

        /** Where it is, as a client reaches this host; empty where that transport is not offered. */
        Optional<String> uri(String host, StreamTransport transport) {
            int its = transport.isTunnel() ? tunnelPort : port;
            return Optional.ofNullable(paths.get(transport))
                    .map(path -> transport.scheme() + "://" + host + ":" + its + path);
        }
    }

    /** Whether the video inside carries the camera's signatures (ONVIF Media Signing), and with whose key. */
    public enum Signature {
        /** With the key that the maker certified. */
        BY_MAKER,
        /** With the key that the owner had certified, which is not in the keystore of these services. */
        BY_OWNER,
        UNSIGNED;

        /** Whether there are any. */
        boolean isThere() {
            return this != UNSIGNED;
        }
    }

    public VideoFacts {
        if (!token.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "\"" + token + "\" is no token: letters, digits, dot, hyphen, underscore");
        }
    }
}
