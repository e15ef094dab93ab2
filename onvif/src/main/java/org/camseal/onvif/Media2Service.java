package org.camseal.onvif;

import static org.camseal.onvif.VideoElements.tt;
import static org.camseal.onvif.wire.Namespaces.MEDIA2;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** The media service of today (Media2): profiles as they are, and where the streams are. */
final class Media2Service {
    static final String PATH = "/onvif/media2_service";

    private static final int MOST_PROFILES = 16;
    private static final String ENCODER_IS_SET = "the encoder is set at the camera's source, not over ONVIF";

    private final OnvifFacts facts;
    private final Optional<Snapshots> snapshots;

    Media2Service(OnvifFacts facts, Optional<Snapshots> snapshots) {
        this.facts = facts;
        this.snapshots = snapshots;
    }

    OnvifService service() {
        return new OnvifService(MEDIA2, PATH, new OnvifService.Version(26, 6), this::capabilities, operations());
    }

    private XmlElement capabilities(Call call) {
        Collection<StreamTransport> offered = facts.videos().stream()
                .flatMap(video -> video.place().paths().keySet().stream())
                .toList();
        XmlElement profiles = XmlElement.of(MEDIA2, "ProfileCapabilities")
                .with("MaximumNumberOfProfiles", MOST_PROFILES)
                .with("ConfigurationsSupported", "VideoSource VideoEncoder");
        XmlElement streaming = XmlElement.of(MEDIA2, "StreamingCapabilities")
                .with("RTSPStreaming", true)
                .with("RTPMulticast", offered.contains(StreamTransport.SRTP_MULTICAST))
                .with("RTP_RTSP_TCP", true)
                .with("NonAggregateControl", false)
                .with("AutoStartMulticast", false)
                .with("SecureRTSPStreaming", offered.contains(StreamTransport.SRTP_UNICAST));
        Optional<String> webSocket = facts.videos().stream()
                .flatMap(video -> video.place().uri(call.host(), StreamTransport.WEB_SOCKET).stream())
                .findFirst();
        if (webSocket.isPresent()) {
            streaming = streaming.with("RTSPWebSocketUri", webSocket.get());
        }
        return XmlElement.of(MEDIA2, "Capabilities", profiles, streaming)
                .with("SnapshotUri", snapshots.isPresent())
                .with("Rotation", false)
                .with("VideoSourceMode", false)
                .with("OSD", false)
                .with("Mask", false);
    }

    private List<Operation> operations() {
        List<Operation> all = new ArrayList<>(List.of(
                new Operation("GetProfiles", AccessClass.READ_MEDIA, this::profiles),
                new Operation("GetVideoSourceConfigurations", AccessClass.READ_MEDIA, this::sources),
                new Operation("GetVideoEncoderConfigurations", AccessClass.READ_MEDIA, this::encoders),
                new Operation("GetVideoEncoderConfigurationOptions", AccessClass.READ_MEDIA, this::options),
                new Operation("GetVideoEncoderInstances", AccessClass.READ_MEDIA, _ -> List.of(instances())),
                new Operation("GetStreamUri", AccessClass.READ_MEDIA, this::streamUri),
                // Clients ask for these whatever the camera has; there are none.
                new Operation("GetAudioSourceConfigurations", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetAudioEncoderConfigurations", AccessClass.READ_MEDIA, _ -> List.of()),
                new Operation("GetMetadataConfigurations", AccessClass.READ_MEDIA, _ -> List.of())));
        all.add(SnapshotRoute.operation(facts, snapshots, uri -> XmlElement.text(MEDIA2, "Uri", uri)));
        List.of("SetVideoEncoderConfiguration", "SetVideoSourceConfiguration", "SetSynchronizationPoint")
                .forEach(name -> all.add(Operation.refused(name, AccessClass.ACTUATE, ENCODER_IS_SET)));
        List.of("CreateProfile", "DeleteProfile", "AddConfiguration", "RemoveConfiguration")
                .forEach(name -> all.add(Operation.refused(
                        name, AccessClass.ACTUATE, "this camera's profiles are fixed, one for each stream")));
        return List.copyOf(all);
    }

    private List<XmlElement> profiles(Call call) throws OnvifException.Refused {
        Optional<String> token = call.argument("Token");
        List<String> types = call.request().children().stream()
                .filter(child -> child.name().is(MEDIA2, "Type"))
                .map(XmlElement::text)
                .toList();
        List<VideoFacts> wanted =
                token.isPresent() ? List.of(VideoElements.profile(facts.videos(), token.get())) : facts.videos();
        return wanted.stream().map(video -> profile(video, types)).toList();
    }

    private static XmlElement profile(VideoFacts video, List<String> types) {
        List<XmlElement> parts = new ArrayList<>(List.of(XmlElement.text(MEDIA2, "Name", video.name())));
        List<XmlElement> configurations = new ArrayList<>();
        if (types.contains("All") || types.contains("VideoSource")) {
            configurations.add(VideoElements.sourceConfiguration(MEDIA2, "VideoSource", video));
        }
        if (types.contains("All") || types.contains("VideoEncoder")) {
            configurations.add(encoder("VideoEncoder", video));
        }
        if (!configurations.isEmpty()) {
            parts.add(XmlElement.of(MEDIA2, "Configurations", configurations));
        }
        return XmlElement.of(MEDIA2, "Profiles", parts)
                .with("token", video.token())
                .with("fixed", true);
    }

    private static XmlElement encoder(String name, VideoFacts video) {
        VideoFacts.Picture picture = video.picture();
        List<XmlElement> parts = new ArrayList<>(List.of(
                tt("Name", video.name()),
                tt("UseCount", 1),
                tt("Encoding", picture.encoding()),
                VideoElements.size("Resolution", video)));
        picture.rates()
                .map(rates -> XmlElement.of(
                                SCHEMA,
                                "RateControl",
                                tt("FrameRateLimit", VideoElements.number(rates.pictures())),
                                tt("BitrateLimit", rates.kilobits()))
                        .with("ConstantBitRate", false))
                .ifPresent(parts::add);
        parts.add(tt("Quality", 1));
        XmlElement encoder = XmlElement.of(MEDIA2, name, parts)
                .with("token", VideoElements.encoderToken(video))
                .with("Signed", picture.signature().isThere());
        encoder = encoder.with("GovLength", picture.rates().map(VideoFacts.Rates::groupLength));
        encoder = encoder.with("Profile", picture.profile());
        return encoder.with("SecureStreamingProtocolAlgorithm", video.place().srtp());
    }

    /** Those of a configuration token, of a profile token, or all. */
    private List<VideoFacts> wanted(Call call, Function<VideoFacts, String> tokenOf) throws OnvifException.Refused {
        Optional<String> profile = call.argument("ProfileToken");
        Optional<String> configuration = call.argument("ConfigurationToken");
        if (profile.isPresent()) {
            return List.of(VideoElements.profile(facts.videos(), profile.get()));
        }
        if (configuration.isEmpty()) {
            return facts.videos();
        }
        return List.of(VideoElements.configured(facts.videos(), tokenOf, configuration.get()));
    }

    private List<XmlElement> sources(Call call) throws OnvifException.Refused {
        return wanted(call, VideoElements::sourceConfigurationToken).stream()
                .map(video -> VideoElements.sourceConfiguration(MEDIA2, "Configurations", video))
                .toList();
    }

    private List<XmlElement> encoders(Call call) throws OnvifException.Refused {
        return wanted(call, VideoElements::encoderToken).stream()
                .map(video -> encoder("Configurations", video))
                .toList();
    }

    /** What may be set: nothing but what is. */
    private List<XmlElement> options(Call call) throws OnvifException.Refused {
        return wanted(call, VideoElements::encoderToken).stream()
                .map(Media2Service::options)
                .toList();
    }

    private static XmlElement options(VideoFacts video) {
        VideoFacts.Picture picture = video.picture();
        Optional<VideoFacts.Rates> rates = picture.rates();
        return XmlElement.of(
                        MEDIA2,
                        "Options",
                        tt("Encoding", picture.encoding()),
                        VideoElements.range("QualityRange", Optional.of(1)),
                        VideoElements.size("ResolutionsAvailable", video),
                        VideoElements.range("BitrateRange", rates.map(VideoFacts.Rates::kilobits)))
                .with("GovLengthRange", rates.map(told -> told.groupLength() + " " + told.groupLength()))
                .with("FrameRatesSupported", rates.map(told -> VideoElements.number(told.pictures())))
                .with("ProfilesSupported", picture.profile())
                .with("ConstantBitRateSupported", false)
                .with("SigningSupported", picture.signature().isThere())
                .with("SecureStreamingProtocolAlgorithms", video.place().srtp());
    }

    private XmlElement instances() {
        Map<VideoFacts.Encoding, Integer> counts = new EnumMap<>(VideoFacts.Encoding.class);
        facts.videos().forEach(video -> counts.merge(video.picture().encoding(), 1, Integer::sum));
        Stream<XmlElement> codecs = counts.entrySet().stream()
                .map(count -> XmlElement.of(
                        MEDIA2,
                        "Codec",
                        XmlElement.text(MEDIA2, "Encoding", count.getKey()),
                        XmlElement.text(MEDIA2, "Number", count.getValue())));
        return XmlElement.of(MEDIA2, "Info", codecs.toList())
                .and(List.of(XmlElement.text(MEDIA2, "Total", facts.videos().size())));
    }

    private List<XmlElement> streamUri(Call call) throws OnvifException.Refused {
        VideoFacts video = VideoElements.profile(facts.videos(), call.needed("ProfileToken"));
        String protocol = call.needed("Protocol");
        String uri = StreamTransport.of(protocol)
                .flatMap(transport -> video.place().uri(call.host(), transport))
                .orElseThrow(() -> Fault.invalid("InvalidStreamSetup")
                        .because("this stream is not served that way: ask for RTSP (inside TLS) or RtspsUnicast; "
                                + "nothing is served in clear"));
        return List.of(XmlElement.text(MEDIA2, "Uri", uri));
    }
}
