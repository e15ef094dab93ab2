package org.camseal.streaming.server;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.server.ConnectionLogin.Outcome;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection (RFC 2326 section 10). */
final class RequestHandler {
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

    /**
     * @param afterwards to be run when the response is on its way
     * @param closes whether the connection is to be closed then
     */
    record Reply(Response response, Runnable afterwards, boolean closes) {
        static Reply of(RtspStatus status) {
            return of(Response.of(status));
        }

        static Reply of(Response response) {
            return new Reply(response, () -> {}, false);
        }
    }

    /** What a request URI names. */
    private record Target(
            String path, Mounted stream, @Nullable Track track) {}

    private final RtspServer server;
    private final ServerConnection connection;

    RequestHandler(RtspServer server, ServerConnection connection) {
        this.server = server;
        this.connection = connection;
    }

    Reply handle(Request request) {
        OptionalInt cseq = request.cseq();
        if (cseq.isEmpty()) {
            return new Reply(Response.of(RtspStatus.BAD_REQUEST), () -> {}, true);
        }
        Reply reply = answer(request);
        Response numbered = reply.response().with("CSeq", Integer.toString(cseq.getAsInt()));
        return new Reply(numbered, reply.afterwards(), reply.closes());
    }

    private Reply answer(Request request) {
        String unknown = unknownOptions(request);
        if (!unknown.isEmpty()) {
            return Reply.of(Response.of(RtspStatus.OPTION_NOT_SUPPORTED).with("Unsupported", unknown));
        }
        if (request.method().equals("OPTIONS")) {
            return Reply.of(Response.of(RtspStatus.OK).with("Public", METHODS));
        }
        if (server.loginGuard().isBarred(connection.peer())) {
            return new Reply(Response.of(RtspStatus.FORBIDDEN), () -> {}, true);
        }
        return switch (connection.login().check(request)) {
            case Outcome.Accepted accepted -> {
                if (!accepted.user().isEmpty()) {
                    connection.loggedIn(accepted.standing());
                }
                yield dispatch(request, new Session.Owner(connection.peer(), accepted.user(), accepted.standing()));
            }
            case Outcome.Refused refused -> unauthorized(refused);
        };
    }

    /** What a request demands and does not get here: everything but the replay of what is a recording. */
    private String unknownOptions(Request request) {
        return request.headers().all("Require").stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(option -> !(option.equals(ReplayHeaders.OPTION) && isReplayable(request)))
                .collect(Collectors.joining(", "));
    }

    private boolean isReplayable(Request request) {
        Target target = target(request);
        return request.method().equals("OPTIONS") || (target != null && target.stream() instanceof ReplayStream);
    }

    private Reply unauthorized(Outcome.Refused refused) {
        refused.failure().ifPresent(detail -> {
            server.loginGuard().failed(connection.peer());
            server.settings().events().accept(new RtspServerEvent.LoginFailed(connection.peer(), detail));
        });
        Response response = Response.of(RtspStatus.UNAUTHORIZED);
        for (String challenge : refused.challenges()) {
            response = response.with("WWW-Authenticate", challenge);
        }
        return new Reply(response, () -> {}, connection.isTurnedAwayForGood());
    }

    private Reply dispatch(Request request, Session.Owner owner) {
        try {
            return switch (request.method()) {
                case "DESCRIBE" -> describe(request);
                case "SETUP" -> setup(request, owner);
                case "PLAY" ->
                    withSession(
                            request,
                            owner,
                            session -> new PlayAnswer(server, connection, sessionHeader(session)).to(request, session));
                case "PAUSE" ->
                    withSession(
                            request,
                            owner,
                            session -> inSession(
                                    session.pause() ? RtspStatus.OK : RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE,
                                    session));
                case "TEARDOWN" ->
                    withSession(request, owner, session -> {
                        server.sessions().end(session, "the reader said goodbye");
                        return Reply.of(RtspStatus.OK);
                    });
                case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request, owner);
                case "ANNOUNCE", "RECORD", "REDIRECT" ->
                    Reply.of(Response.of(RtspStatus.METHOD_NOT_ALLOWED).with("Allow", METHODS));
                default -> Reply.of(Response.of(RtspStatus.NOT_IMPLEMENTED).with("Public", METHODS));
            };
        } catch (ProtocolException e) {
            return Reply.of(RtspStatus.BAD_REQUEST);
        }
    }

    private interface InSession {
        Reply answer(Session session);
    }

    private Reply withSession(Request request, Session.Owner owner, InSession then) {
        Optional<Session> session = session(request, owner);
        session.ifPresent(Session::touch);
        return session.map(then::answer).orElseGet(() -> Reply.of(RtspStatus.SESSION_NOT_FOUND));
    }

    private Optional<Session> session(Request request, Session.Owner owner) {
        return request.headers()
                .first("Session")
                .map(value -> value.split(";", 2)[0].strip())
                .flatMap(id -> server.sessions().find(id, owner));
    }

    private Reply inSession(RtspStatus status, Session session) {
        return Reply.of(Response.of(status).with("Session", sessionHeader(session)));
    }

    private String sessionHeader(Session session) {
        return session.id() + ";timeout="
                + server.settings().limits().sessionTimeout().toSeconds();
    }

    /** An empty body is a sign of life; the one parameter is the keys of SRTP, told and taken inside TLS only. */
    private Reply parameter(Request request, Session.Owner owner) {
        String body = request.body().strip();
        if (!body.isEmpty()) {
            boolean isSet = request.method().equals("SET_PARAMETER");
            String name = isSet ? body.split(":", 2)[0].strip() : body;
            if (!connection.isTls() || !name.equals(KeyParameter.NAME)) {
                return Reply.of(RtspStatus.PARAMETER_NOT_UNDERSTOOD);
            }
            String value = isSet ? body.substring(body.indexOf(':') + 1) : "";
            return withSession(request, owner, session -> {
                KeyParameter keys = new KeyParameter(session);
                Response response = isSet ? keys.set(value) : keys.get(InstantSource.system(), server.random());
                return Reply.of(response.with("Session", sessionHeader(session)));
            });
        }
        return request.headers().first("Session").isEmpty()
                ? Reply.of(RtspStatus.OK)
                : withSession(request, owner, session -> inSession(RtspStatus.OK, session));
    }

    private @Nullable Target target(Request request) {
        String path = ControlUri.path(request.uri());
        Mounted stream = server.mounted(path);
        if (stream != null) {
            return new Target(path, stream, null);
        }
        int slash = path.lastIndexOf('/');
        String above = slash <= 0 ? "/" : path.substring(0, slash);
        Mounted parent = server.mounted(above);
        if (parent != null) {
            String control = path.substring(slash + 1);
            for (Track track : parent.tracks()) {
                if (Description.control(track).equals(control)) {
                    return new Target(above, parent, track);
                }
            }
        }
        return null;
    }

    private Reply describe(Request request) {
        Target target = target(request);
        if (target == null) {
            return Reply.of(RtspStatus.NOT_FOUND);
        }
        String accept = request.headers().first("Accept").orElse("*/*");
        if (!accept.contains("application/sdp") && !accept.contains("*/*") && !accept.contains("application/*")) {
            return Reply.of(RtspStatus.NOT_ACCEPTABLE);
        }
        long id = System.identityHashCode(target.stream()) & 0xffff_ffffL;
        String local = connection.local().getHostAddress().replaceAll("%.*", "");
        List<Track> tracks = target.stream().tracks();
        if (tracks.isEmpty()) {
            return Reply.of(Response.of(RtspStatus.NOT_FOUND, "nothing is recorded yet"));
        }
        if (ControlUri.parameter(request.uri(), Multicast.PARAMETER).equals(Optional.of("1"))) {
            return describeGroup(request, target, new Origin(id, local));
        }
        SrtpOffer.Choice choice = connection.isTls()
                ? server.settings().srtp().choose(ControlUri.parameter(request.uri(), SrtpOffer.PARAMETER))
                : new SrtpOffer.Choice.Rtp();
        Map<Integer, Description.Protection> protection;
        switch (choice) {
            case SrtpOffer.Choice.Rtp rtp -> protection = Map.of();
            case SrtpOffer.Choice.Srtp srtp ->
                protection = connection.offeredKeys().describe(target.path(), tracks, srtp.profile());
            case SrtpOffer.Choice.Neither neither -> {
                return Reply.of(RtspStatus.UNSUPPORTED_TRANSPORT);
            }
        }
        return described(request, target, Description.write(tracks, id, local, protection, range(target.stream())));
    }

    /** Of a description: which one it is, and whose. */
    private record Origin(long id, String local) {}

    /** The description of a group; keys only inside TLS, where they would be read by nobody else. */
    private Reply describeGroup(Request request, Target target, Origin origin) {
        MulticastGroup group = server.group(target.path());
        boolean secure = server.settings().tls() != null;
        if (group == null || secure != connection.isTls()) {
            return Reply.of(RtspStatus.UNSUPPORTED_TRANSPORT);
        }
        connection.offeredKeys().described(target.path(), group.generation());
        Map<Integer, Description.Protection> protection = group.protection(InstantSource.system());
        return described(
                request,
                target,
                Description.write(
                        target.stream().tracks(), origin.id(), origin.local(), protection, group.described()));
    }

    private Reply described(Request request, Target target, String text) {
        return Reply.of(Response.of(RtspStatus.OK)
                .with("Content-Base", base(request, target))
                .withBody("application/sdp", text));
    }

    private static String range(Mounted stream) {
        return switch (stream) {
            case LiveStream live -> Description.LIVE;
            case ReplayStream replay -> ReplayRequest.extent(replay);
        };
    }

    /** The URI as the reader wrote it, up to the mounted path, with a slash behind. */
    private static String base(Request request, Target target) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        String bare = query < 0 ? uri : uri.substring(0, query);
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        Track track = target.track();
        String control = track == null ? "" : "/" + Description.control(track);
        return bare.substring(0, bare.length() - (bare.endsWith(control) ? control.length() : 0)) + "/";
    }

    private Reply setup(Request request, Session.Owner owner) throws ProtocolException {
        Target target = target(request);
        if (target == null) {
            return Reply.of(RtspStatus.NOT_FOUND);
        }
        List<Track> tracks = target.stream().tracks();
        Track track = target.track() == null && tracks.size() == 1 ? tracks.getFirst() : target.track();
        if (track == null) {
            return Reply.of(RtspStatus.AGGREGATE_OPERATION_NOT_ALLOWED);
        }
        MulticastGroup group = server.group(target.path());
        TransportSpec wanted = SetupTransport.choose(
                TransportSpec.parse(request.headers().first("Transport").orElse("")),
                connection,
                server.settings().srtp(),
                group);
        if (wanted == null) {
            return Reply.of(RtspStatus.UNSUPPORTED_TRANSPORT);
        }
        boolean toGroup = wanted.cast() == TransportSpec.Cast.MULTICAST;
        OfferedKeys.Agreed agreed = wanted.isSecure() && !toGroup ? agree(target.path(), track, request) : null;
        if (wanted.isSecure() && !toGroup && agreed == null) {
            return Reply.of(RtspStatus.KEY_MANAGEMENT_FAILURE);
        }
        boolean existing = request.headers().first("Session").isPresent();
        Session session = existing
                ? session(request, owner).orElse(null)
                : server.sessions().open(owner, target.path(), target.stream());
        if (session == null) {
            return Reply.of(existing ? RtspStatus.SESSION_NOT_FOUND : RtspStatus.NOT_ENOUGH_BANDWIDTH);
        }
        Reply reply = group != null && toGroup
                ? enrol(session, target, track, group, wanted)
                : setup(session, target, track, new Way(wanted, agreed));
        connection.keepFor(session);
        if (!existing && !reply.response().isSuccess()) {
            server.sessions().end(session, "its first track could not be set up");
        }
        return reply;
    }

    private Reply enrol(Session session, Target target, Track track, MulticastGroup group, TransportSpec wanted) {
        session.touch();
        if (!session.path().equals(target.path())) {
            return inSession(RtspStatus.AGGREGATE_OPERATION_NOT_ALLOWED, session);
        }
        RtspStatus status =
                session.enrol(group, track.number(), connection.offeredKeys().described(target.path()));
        if (status != RtspStatus.OK) {
            return inSession(status, session);
        }
        int ssrc = group.generation().ssrcs().getOrDefault(track.number(), 0);
        String header = wanted.to(group.destination(track), ssrc).toString();
        return Reply.of(Response.of(RtspStatus.OK)
                .with("Session", sessionHeader(session))
                .with("Transport", header));
    }

    /** The keys of a track; null where there is no agreement. */
    private OfferedKeys.@Nullable Agreed agree(String path, Track track, Request request) {
        try {
            return connection.offeredKeys().agree(path, track, request);
        } catch (ProtocolException e) {
            return null; // nothing of a message that may hold a key is told
        }
    }

    /** How a track is to be sent. */
    private record Way(TransportSpec spec, OfferedKeys.@Nullable Agreed agreed) {}

    private Reply setup(Session session, Target target, Track track, Way wanted) {
        session.touch();
        if (!session.path().equals(target.path())) {
            return inSession(RtspStatus.AGGREGATE_OPERATION_NOT_ALLOWED, session);
        }
        SetupTransport.Chosen chosen;
        try {
            chosen = SetupTransport.reserve(wanted.spec(), server, connection, session, wanted.agreed());
        } catch (IOException e) {
            return inSession(RtspStatus.SERVICE_UNAVAILABLE, session);
        }
        if (chosen == null) {
            return inSession(RtspStatus.UNSUPPORTED_TRANSPORT, session);
        }
        int ssrc = wanted.agreed() == null
                ? server.random().nextInt()
                : wanted.agreed().ssrc();
        TrackSender sender = new TrackSender(
                track, chosen.carrier(), "camseal-" + session.id(), ssrc, server.random(), server.nanoTime());
        if (!session.setUp(sender)) {
            chosen.carrier().close();
            return inSession(RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE, session);
        }
        connection.offeredKeys().used(target.path(), track);
        String header =
                chosen.spec().completed(chosen.serverPorts(), sender.ssrc()).toString();
        return Reply.of(Response.of(RtspStatus.OK)
                .with("Session", sessionHeader(session))
                .with("Transport", header));
    }
}
