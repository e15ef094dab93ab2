package org.camseal.bench.streaming;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.camseal.bench.SyntheticClip;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerLimits;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;

/** Our server in a process of its own: one stream, plain and inside TLS. Says its ports; ends with its standard input. */
final class ServingChild {
    private static final int MOST = 1_000;

    private ServingChild() {}

    /** @param args the file of the key; its passphrase is in {@code PASSPHRASE} */
    public static void main(String[] args) throws Exception {
        ThrowawayKey key = new ThrowawayKey(Path.of(args[0]), System.getenv("PASSPHRASE"));
        RtspServerLimits limits = new RtspServerLimits(
                MOST, MOST, MOST, 10, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(20));
        RtspServerSettings settings = RtspServerSettings.of(
                        InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                .withLimits(limits);
        try (LiveStream stream = new LiveStream(List.of(SyntheticClip.track()));
                RtspServer plain = RtspServer.start(settings);
                RtspServer secure = RtspServer.start(settings.withTls(key.context(), ClientCertificates.NOT_ASKED))) {
            plain.mount("/live", stream);
            secure.mount("/live", stream);
            Thread camera = Thread.ofPlatform().daemon().name("camera").start(() -> publish(stream));
            System.out.println("ports " + plain.port() + " " + secure.port());
            while (System.in.read() >= 0) {
                // ends with it
            }
            camera.interrupt();
        }
    }

    /** The same groups again and again, in time. */
    private static void publish(LiveStream stream) {
        List<List<VideoUnit>> groups = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            groups.add(ClientsBench.CLIP.group(i));
        }
        long began = System.nanoTime();
        try {
            for (long index = 0; !Thread.interrupted(); index++) {
                long due = began + index * 1_000_000_000L / SyntheticClip.PICTURES_PER_SECOND;
                LockSupport.parkNanos(due - System.nanoTime());
                int size = ClientsBench.CLIP.picturesPerGroup();
                VideoUnit unit =
                        groups.get((int) (index / size % groups.size())).get((int) (index % size));
                MediaTime time = MediaTime.video(index * MediaTime.VIDEO_CLOCK_HZ / SyntheticClip.PICTURES_PER_SECOND);
                stream.publish(new VideoUnit(1, unit.nalUnits(), time, time, java.time.Instant.now()));
            }
        } catch (ProtocolException e) {
            throw new IllegalStateException(e);
        }
    }
}
