package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.peers.Peer;

/** Unmodified ffmpeg and GStreamer, told to record a camera as their users would tell them. */
final class ForeignRecorder {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path HERE = Path.of("").toAbsolutePath();

    /**
     * How something is recorded.
     *
     * @param program {@code ffmpeg} or {@code gstreamer}
     * @param container {@code mp4}, {@code mkv}, {@code ts}; or {@code rtp}: sent on as plain RTP and stored as a byte stream by a second
     *     process
     * @param codec the encoder of the film: {@code libx264} or {@code libx265}
     */
    record Recording(String program, String container, String codec) {
        boolean isH265() {
            return codec.equals("libx265");
        }

        @Override
        public String toString() {
            return program + " records " + codec + " to " + container;
        }
    }

    private ForeignRecorder() {}

    /** How the recorded file's name ends. */
    static String suffix(Recording how) {
        return how.container().equals("rtp") ? how.isH265() ? "265" : "264" : how.container();
    }

    /** ffmpeg records pictures and sound to MP4 for that long, and ends well. */
    static void recordMp4(SealingCamera camera, int seconds, Path target) throws IOException, InterruptedException {
        Command.Outcome recorded = Command.run(
                HERE, LIMIT, ffmpeg(camera, List.of("-t", Integer.toString(seconds), "-y", target.toString())));
        assertThat(recorded.exitCode()).as("%s", recorded).isZero();
    }

    /** Records some eight seconds; gives how the program ended that wrote the file. */
    static Command.Outcome record(Recording how, SealingCamera camera, Path target)
            throws IOException, InterruptedException {
        boolean ffmpeg = how.program().equals("ffmpeg");
        if (how.container().equals("rtp")) {
            return relayed(how, camera, target);
        }
        return Command.run(
                HERE,
                LIMIT,
                ffmpeg ? ffmpeg(camera, List.of("-t", "8", "-y", target.toString())) : gstreamer(how, camera, target));
    }

    /** A second process listens before the first one sends. */
    private static Command.Outcome relayed(Recording how, SealingCamera camera, Path target)
            throws IOException, InterruptedException {
        int port = freeUdpPort();
        boolean ffmpeg = how.program().equals("ffmpeg");
        List<String> sender = ffmpeg
                ? ffmpeg(camera, List.of("-an", "-t", "10", "-f", "rtp", "rtp://127.0.0.1:" + port + "?pkt_size=1200"))
                : gstreamerSender(how, camera, port);
        List<String> receiver = ffmpeg ? ffmpegReceiver(how, port, target) : gstreamerReceiver(how, port, target);
        try (Command.Running receiving = Command.start(HERE, receiver)) {
            Thread.sleep(1_000); // nothing tells that it listens; what it misses is before its first key picture
            Command.run(HERE, LIMIT, sender);
            return receiving.await(LIMIT);
        }
    }

    private static int freeUdpPort() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() % 2 == 0) { // RTP's ports are even (RFC 3550 section 11)
                    return socket.getLocalPort();
                }
            }
        }
        throw new IOException("no even UDP port is free");
    }

    private static List<String> ffmpeg(SealingCamera camera, List<String> to) {
        return words(
                List.of(Peer.FFMPEG.path(), "-v", "fatal", "-rtsp_transport", "tcp"),
                List.of("-i", camera.addressWithLogin(), "-c", "copy"),
                to);
    }

    private static List<String> ffmpegReceiver(Recording how, int port, Path target) throws IOException {
        Path sdp = target.resolveSibling("relay.sdp");
        String name = how.isH265() ? "H265" : "H264";
        Files.writeString(
                sdp,
                String.join(
                        "\r\n",
                        "v=0",
                        "o=- 0 0 IN IP4 127.0.0.1",
                        "s=relay",
                        "c=IN IP4 127.0.0.1",
                        "t=0 0",
                        "m=video " + port + " RTP/AVP 96",
                        "a=rtpmap:96 " + name + "/90000",
                        ""));
        return words(
                List.of(Peer.FFMPEG.path(), "-v", "fatal", "-protocol_whitelist", "file,rtp,udp"),
                List.of("-i", sdp.toString(), "-c", "copy", "-t", "6", "-y", target.toString()));
    }

    /** Pictures alone; ended as a user ends it, by an interrupt, so that the container is completed. */
    private static List<String> gstreamer(Recording how, SealingCamera camera, Path target) {
        String muxer = switch (how.container()) {
            case "mp4" -> "mp4mux";
            case "mkv" -> "matroskamux";
            default -> "mpegtsmux";
        };
        return words(
                launch(10),
                List.of(muxer, "name=mux", "!", "filesink", "location=" + target),
                pictures(how, camera),
                List.of("!", how.isH265() ? "h265parse" : "h264parse", "!", "queue", "!", "mux."));
    }

    private static List<String> gstreamerSender(Recording how, SealingCamera camera, int port) {
        return words(
                launch(10),
                pictures(how, camera),
                List.of(
                        "!",
                        (how.isH265() ? "video/x-h265" : "video/x-h264") + ",stream-format=byte-stream,alignment=au"),
                // In band and in order: without a description beside the stream, the receiver drops SEI that come
                // before parameter sets.
                List.of("!", how.isH265() ? "rtph265pay" : "rtph264pay", "mtu=1200", "pt=96"),
                List.of("!", "udpsink", "host=127.0.0.1", "port=" + port));
    }

    private static List<String> gstreamerReceiver(Recording how, int port, Path target) {
        String name = how.isH265() ? "H265" : "H264";
        String media = how.isH265() ? "video/x-h265" : "video/x-h264";
        return words(
                launch(11),
                List.of("udpsrc", "port=" + port, "buffer-size=1000000"),
                List.of("caps=application/x-rtp,media=video,clock-rate=90000,payload=96,encoding-name=" + name),
                List.of("!", how.isH265() ? "rtph265depay" : "rtph264depay"),
                List.of("!", how.isH265() ? "h265parse" : "h264parse"),
                List.of("!", media + ",stream-format=byte-stream,alignment=au"),
                List.of("!", "filesink", "location=" + target));
    }

    private static List<String> launch(int seconds) {
        String command = Peer.GSTREAMER.path();
        return List.of("timeout", "-s", "INT", "-k", "20", Integer.toString(seconds), command, "-q", "-e");
    }

    private static List<String> pictures(Recording how, SealingCamera camera) {
        return words(
                List.of("rtspsrc", "name=src", "location=" + camera.camera.address()),
                List.of("user-id=" + SealingCamera.USER, "user-pw=" + SealingCamera.PASSWORD),
                List.of("tls-validation-flags=0", "protocols=tcp"),
                List.of("src.", "!", "application/x-rtp,media=video"),
                List.of("!", how.isH265() ? "rtph265depay" : "rtph264depay"));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, and goes nowhere
    private static List<String> words(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
