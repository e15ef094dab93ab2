package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** What both media services say of a stream. There is one source for each stream, and one profile of the stream's own token. */
final class VideoElements {
    static final String SOURCE = "source-";
    private static final String SOURCE_CONFIGURATION = "source-configuration-";
    private static final String ENCODER = "encoder-";

    private VideoElements() {}

    static String source(VideoFacts video) {
        return SOURCE + video.token();
    }

    static String sourceConfigurationToken(VideoFacts video) {
        return SOURCE_CONFIGURATION + video.token();
    }

    static String encoderToken(VideoFacts video) {
        return ENCODER + video.token();
    }

    static XmlElement tt(String name, Object text) {
        return XmlElement.text(SCHEMA, name, text);
    }

    /** A number as XML Schema's float writes it, without a fraction that is not there. */
    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    /** tt:VideoSourceConfiguration under a name of the service's own. */
    static XmlElement sourceConfiguration(String namespace, String name, VideoFacts video) {
        VideoFacts.Size size = video.picture().size();
        XmlElement bounds = XmlElement.of(SCHEMA, "Bounds")
                .with("x", 0)
                .with("y", 0)
                .with("width", size.width())
                .with("height", size.height());
        return XmlElement.of(
                        namespace,
                        name,
                        tt("Name", video.name()),
                        tt("UseCount", 1),
                        tt("SourceToken", source(video)),
                        bounds)
                .with("token", sourceConfigurationToken(video));
    }

    static XmlElement size(String name, VideoFacts video) {
        VideoFacts.Size size = video.picture().size();
        return XmlElement.of(SCHEMA, name, tt("Width", size.width()), tt("Height", size.height()));
    }

    /** tt:IntRange of one value, or of 0 where it is not known. */
    static XmlElement range(String name, Optional<Integer> value) {
        return XmlElement.of(SCHEMA, name, tt("Min", value.orElse(0)), tt("Max", value.orElse(0)));
    }

    /** The stream of a profile token. */
    static VideoFacts profile(List<VideoFacts> videos, String token) throws OnvifException.Refused {
        return videos.stream()
                .filter(video -> video.token().equals(token))
                .findFirst()
                .orElseThrow(() -> Fault.invalid("NoProfile").because("this camera has no profile of that token"));
    }

    /** The stream whose configuration has that token. */
    static VideoFacts configured(List<VideoFacts> videos, Function<VideoFacts, String> tokenOf, String token)
            throws OnvifException.Refused {
        return videos.stream()
                .filter(video -> tokenOf.apply(video).equals(token))
                .findFirst()
                .orElseThrow(VideoElements::noConfiguration);
    }

    static OnvifException.Refused noConfiguration() {
        return Fault.invalid("NoConfig").because("this camera has no configuration of that token");
    }
}
