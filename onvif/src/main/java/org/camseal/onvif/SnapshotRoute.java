package org.camseal.onvif;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.login.Caller;
import org.camseal.onvif.login.LoginOutcome;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.web.RouteHandler;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/** Where GetSnapshotUri points to: a JPEG by GET, after a Digest login of somebody who may see it. */
record SnapshotRoute(OnvifFacts facts, Snapshots snapshots, Logins logins) implements RouteHandler {
    private static final String PATH = "/onvif/snapshot/";
    private static final String VIDEO = "video";
    static final String PATTERN = PATH + "{" + VIDEO + "}";

    /**
     * GetSnapshotUri of either media service; known, and refused where there are no pictures.
     *
     * @param told the address as the service's answer has it
     */
    static Operation operation(OnvifFacts facts, Optional<Snapshots> snapshots, Function<String, XmlElement> told) {
        String name = "GetSnapshotUri";
        if (snapshots.isEmpty()) {
            return Operation.refused(
                    name,
                    AccessClass.READ_MEDIA,
                    "this camera gives no pictures in clear: fetch the sealed stream and open it with a viewer");
        }
        return new Operation(name, AccessClass.READ_MEDIA, call -> {
            VideoFacts video = VideoElements.profile(facts.videos(), call.needed("ProfileToken"));
            return List.of(told.apply(call.service(PATH + video.token())));
        });
    }

    @Override
    public WebResponse handle(WebRequest request) throws WebException {
        Logins.Asked asked =
                new Logins.Asked(request.method(), request.path(), request.from(), request.header("Authorization"));
        return switch (logins.check(asked, Optional.empty())) {
            case LoginOutcome.Accepted(Caller.User user)
            when snapshots.maySee(user.level()) -> picture(request.parameter(VIDEO));
            case LoginOutcome.Accepted(Caller.User _) ->
                throw new WebException.Refused(403, "this login may not see the picture", "");
            case LoginOutcome.Accepted(Caller.Anonymous _) -> challenge(logins.challenge("this needs a login"));
            case LoginOutcome.Challenged challenged -> challenge(challenged);
            case LoginOutcome.TokenRefused _ -> throw new IllegalStateException("no token was shown");
        };
    }

    private static WebResponse challenge(LoginOutcome.Challenged challenged) {
        return WebResponse.text(challenged.reason())
                .withStatus(401)
                .withHeader("WWW-Authenticate", challenged.challenges());
    }

    private WebResponse picture(String token) throws WebException.Refused {
        if (facts.videos().stream().noneMatch(video -> video.token().equals(token))) {
            throw WebException.Refused.notFound("this camera has no such stream");
        }
        byte[] jpeg = snapshots
                .jpeg(token)
                .orElseThrow(() -> new WebException.Refused(503, "there is no picture yet", "ask again in a moment"));
        return WebResponse.bytes("image/jpeg", jpeg);
    }
}
