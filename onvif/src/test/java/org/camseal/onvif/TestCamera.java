package org.camseal.onvif;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camseal.streaming.srtp.SrtpProfile;

/** A camera of two streams; its name has every sign that XML escapes. */
public final class TestCamera implements OnvifFacts {
    static final String NAME = "Tür <1> & \"Hof\"";
    static final UUID ID = UUID.fromString("6f1d3c5e-0000-4000-8000-00000000cafe");

    /** Whose key signs the first stream. */
    volatile VideoFacts.Signature signature = VideoFacts.Signature.BY_MAKER;

    @Override
    public DeviceFacts device() {
        return new DeviceFacts(
                ID,
                new DeviceFacts.Maker("CamSeal", "CS-1", "0.1"),
                "CS-0001",
                NAME,
                Optional.of("gate"),
                "gateway",
                "camera-1");
    }

    @Override
    public List<VideoFacts> videos() {
        return List.of(
                video("main", VideoFacts.Encoding.H264, signature),
                video("second", VideoFacts.Encoding.H265, VideoFacts.Signature.UNSIGNED));
    }

    private static VideoFacts video(String token, VideoFacts.Encoding encoding, VideoFacts.Signature signature) {
        VideoFacts.Picture picture = new VideoFacts.Picture(
                encoding,
                Optional.of("Main"),
                new VideoFacts.Size(1920, 1080),
                encoding == VideoFacts.Encoding.H264
                        ? Optional.of(new VideoFacts.Rates(25, 4800, 50))
                        : Optional.empty(),
                signature);
        Map<StreamTransport, String> paths = Map.of(
                StreamTransport.INTERLEAVED,
                "/" + token,
                StreamTransport.SRTP_UNICAST,
                "/" + token + "?srtp=AES_CM_128_HMAC_SHA1_80",
                StreamTransport.HTTPS_TUNNEL,
                "/" + token,
                StreamTransport.WEB_SOCKET,
                "/");
        return new VideoFacts(
                token,
                token + " (sealed)",
                picture,
                new VideoFacts.Place(322, 443, paths, Optional.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80)));
    }

    @Override
    public NetworkFacts network() {
        return new NetworkFacts(
                List.of(new NetworkFacts.Interface(
                        "eth0",
                        "02-00-00-00-00-01",
                        List.of(new NetworkFacts.Address(InetAddress.ofLiteral("192.0.2.7"), 24)))),
                443,
                322);
    }
}
