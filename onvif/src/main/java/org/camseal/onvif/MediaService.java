package org.camseal.onvif;

import static org.camseal.onvif.VideoElements.tt;
import static org.camseal.onvif.wire.Namespaces.MEDIA;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** As much of the older media service as clients need that know no other. H.265 has no name there and is shown without an encoder. */
final class MediaService {
    static final String PATH = "/onvif/media_service";

    private final OnvifFacts facts;
    private final Optional<Snapshots> snapshots;

    MediaService(OnvifFacts facts, Optional<Snapshots> snapshots) {
        this.facts = facts;
        this.snapshots = snapshots;
    }

    OnvifService service() {
        return new OnvifService(MEDIA, PATH, new OnvifService.Version(24, 12), _ -> capabilities(), operations());
    }

    private XmlElement capabilities() {
        return XmlElement.of(
                        MEDIA,
                        "Capabilities",
                        XmlElement.of(MEDIA, "ProfileCapabilities").with("MaximumNumberOfProfiles", 16),
                        XmlElement.of(MEDIA, "StreamingCapabilities")
                                .with("RTPMulticast", false)
                                .with("RTP_TCP", false)
                                .with("RTP_RTSP_TCP", true)
                                .with("NonAggregateControl", false))
                .with("SnapshotUri", snapshots.isPresent())
                .with("Rotation", false)
                .with("VideoSourceMode", false)
                .with("OSD", false);
    }

    private List<Operation> operations() {
        return List.of(
                new Operation("GetProfiles", AccessClass.READ_MEDIA, _ -> profiles()),
                new Operation("GetProfile", AccessClass.READ_MEDIA, this::profile),
                new Operation("GetVideoSources", AccessClass.READ_MEDIA, _ -> sources()),
                new Operation("GetVideoSourceConfigurations", AccessClass.READ_MEDIA, _ -> sourceConfigurations()),
                new Operation("GetVideoSourceConfiguration", AccessClass.READ_MEDIA, this::sourceConfiguration),
                new Operation("GetVideoEncoderConfigurations", AccessClass.READ_MEDIA, _ -> encoders()),
                new Operation(
                        "GetVideoEncoderConfiguration",
                        AccessClass.READ_MEDIA,
                        call -> List.of(encoder(MEDIA, "Configuration", encoding(call)))),
                new Operation("GetVideoEncoderConfigurationOptions", AccessClass.READ_MEDIA, this::encoderOptions),
                // Clients ask for these whatever the camera has; there are none.
                new Operation("GetAudioSources", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetAudioSourceConfigurations", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetAudioEncoderConfigurations", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetMetadataConfigurations", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetStreamUri", AccessClass.READ_MEDIA, this::streamUri),
                SnapshotRoute.operation(facts, snapshots, MediaService::mediaUri));
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
        if (isKnown(video)) {
            parts.add(encoder(SCHEMA, "VideoEncoderConfiguration", video));
        }
        return XmlElement.of(MEDIA, name, parts).with("token", video.token()).with("fixed", true);
    }

    /** tt:VideoEncoderConfiguration under a name of the service's own, or of a profile's. */
    private static XmlElement encoder(String namespace, String name, VideoFacts video) {
        XmlElement nowhere = XmlElement.of(
                SCHEMA,
                "Multicast",
                XmlElement.of(SCHEMA, "Address", tt("Type", "IPv4"), tt("IPv4Address", "0.0.0.0")),
                tt("Port", 0),
                tt("TTL", 0),
                tt("AutoStart", false));
        List<XmlElement> parts = new ArrayList<>(List.of(
                tt("Name", video.name()),
                tt("UseCount", 1),
                tt("Encoding", "H264"),
                VideoElements.size("Resolution", video),
                tt("Quality", 1)));
        video.picture()
                .rates()
                .ifPresent(rates -> parts.addAll(List.of(
                        XmlElement.of(
                                SCHEMA,
                                "RateControl",
                                tt("FrameRateLimit", Math.max(1, Math.round(rates.pictures()))),
                                tt("EncodingInterval", 1),
                                tt("BitrateLimit", rates.kilobits())),
                        XmlElement.of(
                                SCHEMA,
                                "H264",
                                tt("GovLength", rates.groupLength()),
                                tt("H264Profile", oldProfile(video))))));
        parts.addAll(List.of(nowhere, tt("SessionTimeout", "PT60S")));
        return XmlElement.of(namespace, name, parts).with("token", VideoElements.encoderToken(video));
    }

    private static XmlElement options(VideoFacts video) {
        Optional<VideoFacts.Rates> rates = video.picture().rates();
        return XmlElement.of(
                MEDIA,
                "Options",
                VideoElements.range("QualityRange", Optional.of(1)),
                XmlElement.of(
                        SCHEMA,
                        "H264",
                        VideoElements.size("ResolutionsAvailable", video),
                        VideoElements.range("GovLengthRange", rates.map(VideoFacts.Rates::groupLength)),
                        VideoElements.range("FrameRateRange", rates.map(told ->
                                (int) Math.max(1, Math.round(told.pictures())))),
                        VideoElements.range("EncodingIntervalRange", Optional.of(1)),
                        tt("H264ProfilesSupported", oldProfile(video))));
    }

    /** tt:H264Profile knows four words. */
    private static String oldProfile(VideoFacts video) {
        return video.picture()
                .profile()
                .filter(List.of("Baseline", "Main", "Extended", "High")::contains)
                .orElse("Main");
    }

    /** Whether this service has a name for what the encoder gives. */
    private static boolean isKnown(VideoFacts video) {
        return video.picture().encoding() == VideoFacts.Encoding.H264;
    }

    private List<XmlElement> sources() {
        return facts.videos().stream()
                .map(video -> XmlElement.of(
                                MEDIA,
                                "VideoSources",
                                tt(
                                        "Framerate",
                                        video.picture()
                                                .rates()
                                                .map(rates -> VideoElements.number(rates.pictures()))
                                                .orElse("0")),
                                VideoElements.size("Resolution", video))
                        .with("token", VideoElements.source(video)))
                .toList();
    }

    private List<XmlElement> encoders() {
        return facts.videos().stream()
                .filter(MediaService::isKnown)
                .map(video -> encoder(MEDIA, "Configurations", video))
                .toList();
    }

    private List<XmlElement> sourceConfigurations() {
        return facts.videos().stream()
                .map(video -> VideoElements.sourceConfiguration(MEDIA, "Configurations", video))
                .toList();
    }

    /** The stream whose configuration is asked for. */
    private VideoFacts configured(Call call, Function<VideoFacts, String> tokenOf) throws OnvifException.Refused {
        return VideoElements.configured(facts.videos(), tokenOf, call.needed("ConfigurationToken"));
    }

    private VideoFacts encoding(Call call) throws OnvifException.Refused {
        VideoFacts video = configured(call, VideoElements::encoderToken);
        if (!isKnown(video)) {
            throw VideoElements.noConfiguration();
        }
        return video;
    }

    private List<XmlElement> sourceConfiguration(Call call) throws OnvifException.Refused {
        return List.of(VideoElements.sourceConfiguration(
                MEDIA, "Configuration", configured(call, VideoElements::sourceConfigurationToken)));
    }

    /** Those of one configuration, of one profile, or of the first of either. */
    private List<XmlElement> encoderOptions(Call call) throws OnvifException.Refused {
        Optional<String> profile = call.argument("ProfileToken");
        if (call.argument("ConfigurationToken").isPresent()) {
            return List.of(options(encoding(call)));
        }
        return List.of(options(
                profile.isPresent()
                        ? VideoElements.profile(facts.videos(), profile.get())
                        : facts.videos().getFirst()));
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
        String uri = StreamTransport.of(protocol)
                .flatMap(transport -> video.place().uri(call.host(), transport))
                .orElseThrow(() -> Fault.invalid("InvalidStreamSetup")
                        .because("this stream is not served that way: ask for RTSP, which is served inside TLS; nothing"
                                + " is served in clear"));
        return List.of(mediaUri(uri));
    }

    private static XmlElement mediaUri(String uri) {
        return XmlElement.of(
                MEDIA,
                "MediaUri",
                tt("Uri", uri),
                tt("InvalidAfterConnect", false),
                tt("InvalidAfterReboot", false),
                tt("Timeout", "PT0S"));
    }
}
