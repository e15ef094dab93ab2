package org.camseal.cli.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camseal.camera.FileSource;
import org.camseal.camera.RtspSource;
import org.camseal.camera.Source;
import org.camseal.camera.TestPatternSource;
import org.camseal.camera.V4l2Source;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.RtspRequest;
import org.jspecify.annotations.Nullable;

/** Where the demonstration's pictures come from: what {@code --source} names. */
public final class DemoSource {
    private DemoSource() {}

    /**
     * @param named by the user; null for the test pattern
     * @param transport of an RTSP camera
     * @param legacy whether an RTSP camera's login may be by MD5
     */
    public static Source of(@Nullable String named, Transport transport, LegacyDigest legacy) throws CommandFailure {
        if (named == null || named.equals("testpattern")) {
            return new TestPatternSource(TestPatternSettings.DEFAULT);
        }
        if (named.startsWith("rtsp://") || named.startsWith("rtsps://")) {
            return rtsp(named, transport, legacy);
        }
        if (named.contains("://")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--source " + withoutPassword(named) + ": a source of an unknown kind",
                    "a file, rtsp://user:password@host/path, rtsps://… or a device such as /dev/video0 is expected");
        }
        Path path = Path.of(named);
        if (named.startsWith("/dev/")) {
            return new V4l2Source(path, VideoEncoderSettings.DEFAULT);
        }
        if (!Files.isReadable(path)) {
            throw new CommandFailure(
                    ExitCode.IO,
                    "--source " + named + ": " + (Files.exists(path) ? "permission denied" : "no such file"),
                    null);
        }
        return FileSource.of(path);
    }

    private static Source rtsp(String named, Transport transport, LegacyDigest legacy) throws CommandFailure {
        try {
            URI uri = new URI(named);
            String login = uri.getRawUserInfo();
            URI bare =
                    new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), uri.getQuery(), null);
            RtspRequest request = RtspRequest.of(bare).withLegacyDigest(legacy);
            if (bare.getScheme().equals("rtsp")) {
                request = request.withTransport(transport);
            }
            if (login != null) {
                int colon = login.indexOf(':');
                request = request.withLogin(new Login(
                        decoded(colon < 0 ? login : login.substring(0, colon)),
                        colon < 0 ? "" : decoded(login.substring(colon + 1))));
            }
            return new RtspSource(request);
        } catch (URISyntaxException | IllegalArgumentException e) {
            // the exception's own message would quote the password
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--source " + withoutPassword(named) + ": not an address",
                    "rtsp://user:password@host:554/path is expected; special characters in the password percent-encoded");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutPassword(String address) {
        return address.replaceFirst("//[^@/]*@", "//…@");
    }
}
