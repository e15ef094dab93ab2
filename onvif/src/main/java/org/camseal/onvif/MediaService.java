package org.camseal.onvif;

import static org.camseal.onvif.VideoElements.tt;
import static org.camseal.onvif.wire.Namespaces.MEDIA;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** As much of the older media service as clients need that know no other. H.265 has no name there and is shown without an encoder. */
final class MediaService implements OnvifService {
    static final String PATH = "/onvif/media_service";

    private final OnvifFacts facts;

    MediaService(OnvifFacts facts) {
        this.facts = facts;
    }

    @Override
    public String namespace() {
        return MEDIA;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Version version() {
        return new Version(24, 12);
    }

    @Override
    public XmlElement capabilities(Call call) {
        return XmlElement.of(
                        MEDIA,
                        "Capabilities",
                        XmlElement.of(MEDIA, "ProfileCapabilities").with("MaximumNumberOfProfiles", 16),
                        XmlElement.of(MEDIA, "StreamingCapabilities")
                                .with("RTPMulticast", false)
                                .with("RTP_TCP", false)
                                .with("RTP_RTSP_TCP", true)
                                .with("NonAggregateControl", false))
                .with("SnapshotUri", false)
                .with("Rotation", false)
                .with("VideoSourceMode", false)
                .with("OSD", false);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new Operation("GetServiceCapabilities", AccessClass.PRE_AUTH, call -> List.of(capabilities(call))),
                new Operation("GetProfiles", AccessClass.READ_MEDIA, _ -> profiles()),
                new Operation("GetProfile", AccessClass.READ_MEDIA, this::profile),
                new Operation("GetVideoSources", AccessClass.READ_MEDIA, _ -> sources()),
                new Operation("GetStreamUri", AccessClass.READ_MEDIA, this::streamUri),
                Operation.refused(
                        "GetSnapshotUri",
                        AccessClass.READ_MEDIA,
                        "this camera gives no pictures in clear: fetch the sealed stream and open it with a viewer"));
    }

    private List<XmlElement> profiles() {
        return facts.videos().stream().map(video -> profile("Profiles", video)).toList();
    }

    private List<XmlElement> profile(Call call) throws OnvifException.Refused {
        return List.of(profile("Profile", VideoElements.profile(facts.videos(), call.needed("ProfileToken"))));
    }

    private static XmlElement profile(String name, VideoFacts video) {
        List<XmlElement> parts = new ArrayList<>(List.of(
                tt("Name", video.name()),
                VideoElements.sourceConfiguration(SCHEMA, "VideoSourceConfiguration", video)));
        if (video.picture().encoding() == VideoFacts.Encoding.H264) {
            parts.add(encoder(video));
        }
        return XmlElement.of(MEDIA, name, parts).with("token", video.token()).with("fixed", true);
    }

    private static XmlElement encoder(VideoFacts video) {
        VideoFacts.Picture picture = video.picture();
        XmlElement nowhere = XmlElement.of(
                SCHEMA,
                "Multicast",
                XmlElement.of(SCHEMA, "Address", tt("Type", "IPv4"), tt("IPv4Address", "0.0.0.0")),
                tt("Port", 0),
                tt("TTL", 0),
                tt("AutoStart", false));
        return XmlElement.of(
                        SCHEMA,
                        "VideoEncoderConfiguration",
                        tt("Name", video.name()),
                        tt("UseCount", 1),
                        tt("Encoding", "H264"),
                        VideoElements.size("Resolution", video),
                        tt("Quality", 1),
                        XmlElement.of(
                                SCHEMA,
                                "RateControl",
                                tt("FrameRateLimit", Math.round(picture.rate())),
                                tt("EncodingInterval", 1),
                                tt("BitrateLimit", picture.kilobits())),
                        XmlElement.of(
                                SCHEMA,
                                "H264",
                                tt("GovLength", picture.groupLength()),
                                tt("H264Profile", oldProfile(picture.profile()))),
                        nowhere,
                        tt("SessionTimeout", "PT60S"))
                .with("token", VideoElements.encoderToken(video));
    }

    /** tt:H264Profile knows four words. */
    private static String oldProfile(String profile) {
        return List.of("Baseline", "Main", "Extended", "High").contains(profile) ? profile : "Main";
    }

    private List<XmlElement> sources() {
        return facts.videos().stream()
                .map(video -> XmlElement.of(
                                MEDIA,
                                "VideoSources",
                                tt(
                                        "Framerate",
                                        VideoElements.number(video.picture().rate())),
                                VideoElements.size("Resolution", video))
                        .with("token", VideoElements.source(video)))
                .toList();
    }

    private List<XmlElement> streamUri(Call call) throws OnvifException.Refused {
        VideoFacts video = VideoElements.profile(facts.videos(), call.needed("ProfileToken"));
        XmlElement setup = call.request()
                .child(MEDIA, "StreamSetup")
                .orElseThrow(() -> Fault.INVALID_ARGUMENT.because("GetStreamUri needs StreamSetup"));
        // Some clients leave the schema's namespace out.
        String protocol = setup.children().stream()
                .filter(part -> part.name().local().equals("Transport"))
                .flatMap(transport -> transport.children().stream())
                .filter(part -> part.name().local().equals("Protocol"))
                .map(XmlElement::text)
                .findFirst()
                .orElseThrow(() -> Fault.INVALID_ARGUMENT.because("GetStreamUri needs Transport with Protocol"));
        Optional<String> uri =
                StreamTransport.of(protocol).flatMap(transport -> video.place().uri(call.host(), transport));
        return List.of(XmlElement.of(
                MEDIA,
                "MediaUri",
                tt(
                        "Uri",
                        uri.orElseThrow(() -> Fault.invalid("InvalidStreamSetup")
                                .because("this stream is not served that way: ask for RTSP, which is served inside "
                                        + "TLS; nothing is served in clear"))),
                tt("InvalidAfterConnect", false),
                tt("InvalidAfterReboot", false),
                tt("Timeout", "PT0S")));
    }
}
