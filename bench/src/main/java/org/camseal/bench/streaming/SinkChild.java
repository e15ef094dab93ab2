package org.camseal.bench.streaming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.RtspMessage;

/**
 * All clients, in a process of their own, so that their work is in nobody's figure. A few are watched packet by packet; the sockets of all
 * others are emptied every few milliseconds and nobody waits at them, so that the server does not pay for waking anyone.
 *
 * <p>Told {@code play PORT WAY CLIENTS}, {@code begin}, {@code end} and {@code stop}, a line each; answers with {@code playing}, {@code
 * begun}, {@code got MEDIA_BYTES_OF_ALL P99_MILLIS} and {@code stopped}.
 */
final class SinkChild {
    private static final int WATCHED = 5;
    private static final long REST_MILLIS = 10;
    private static final int BUFFER = 1 << 18;
    private static final int RTP_HEADER = 12;

    private final SSLContext tls;
    private final List<Sink> sinks = new CopyOnWriteArrayList<>();
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder bytes = new LongAdder();
    private volatile boolean stopping;

    private SinkChild(SSLContext tls) {
        this.tls = tls;
    }

    /** @param args the file of the servers' key; its passphrase is in {@code PASSPHRASE} */
    public static void main(String[] args) throws Exception {
        SinkChild child = new SinkChild(new ThrowawayKey(Path.of(args[0]), System.getenv("PASSPHRASE")).trusting());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(child.told(line.split(" ")));
        }
        child.stop();
    }

    private String told(String... words) throws IOException, InterruptedException {
        return switch (words[0]) {
            case "play" -> play(Integer.parseInt(words[1]), Way.valueOf(words[2]), Integer.parseInt(words[3]));
            case "begin" -> {
                bytes.reset();
                arrivals.forEach(Arrivals::clear);
                yield "begun";
            }
            case "end" -> String.format(Locale.ROOT, "got %d %.3f", bytes.sum(), Arrivals.p99(arrivals));
            case "stop" -> {
                stop();
                yield "stopped";
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String play(int port, Way way, int clients) throws IOException {
        stopping = false;
        for (int i = 0; i < clients; i++) {
            try {
                sinks.add(Sink.play(port, way, tls));
            } catch (ProtocolException | IOException e) {
                return "playing " + i + " " + e.getMessage();
            }
            if (i + 1 == Math.min(WATCHED, clients)) {
                watch(way);
            }
            if (i == WATCHED) {
                threads.add(Thread.ofPlatform().daemon().start(() -> empty(way)));
            }
        }
        return "playing " + clients;
    }

    private void watch(Way way) throws IOException {
        List<Sink> watched = List.copyOf(sinks);
        watched.forEach(sink -> arrivals.add(new Arrivals()));
        if (way == Way.TCP) {
            for (int i = 0; i < watched.size(); i++) {
                Sink sink = watched.get(i);
                Arrivals of = arrivals.get(i);
                threads.add(Thread.ofPlatform().daemon().start(() -> readFrames(sink, of)));
            }
            return;
        }
        Selector selector = Selector.open();
        for (int i = 0; i < watched.size(); i++) {
            DatagramChannel media = watched.get(i).media();
            if (media != null) {
                media.register(selector, SelectionKey.OP_READ, arrivals.get(i));
            }
        }
        threads.add(Thread.ofPlatform().daemon().start(() -> select(selector)));
    }

    private void readFrames(Sink sink, Arrivals of) {
        try {
            RtspMessage message = sink.reader().next();
            while (message != null && !stopping) {
                if (message instanceof RtspMessage.Frame frame && frame.channel() == 0) {
                    bytes.add(frame.bytes().length);
                    packet(ByteBuffer.wrap(frame.bytes()), of);
                }
                message = sink.reader().next();
            }
        } catch (IOException | ProtocolException e) {
            // stopped, or the server is gone, which the number of bytes tells
        }
    }

    private void select(Selector selector) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (selector) {
            while (!stopping) {
                selector.select(
                        key -> {
                            try {
                                drain((DatagramChannel) key.channel(), buffer, (Arrivals) key.attachment());
                            } catch (IOException e) {
                                key.cancel();
                            }
                        },
                        1_000);
            }
        } catch (IOException e) {
            // as above
        }
    }

    private void drain(DatagramChannel media, ByteBuffer buffer, Arrivals of) throws IOException {
        for (int length = media.read(buffer.clear()); length > 0; length = media.read(buffer.clear())) {
            bytes.add(length);
            packet(buffer.flip(), of);
        }
    }

    private static void packet(ByteBuffer packet, Arrivals of) {
        if (packet.limit() >= RTP_HEADER) {
            of.packet(packet.get(0), packet.get(1), packet.getInt(4), System.nanoTime());
        }
    }

    /** Empties the sockets of all but those that are watched. */
    private void empty(Way way) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (!stopping) {
                List<Sink> all = List.copyOf(sinks);
                for (Sink sink : all.subList(WATCHED, all.size())) {
                    empty(sink, way, buffer);
                }
                Thread.sleep(REST_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            // as above
        }
    }

    private void empty(Sink sink, Way way, ByteBuffer buffer) throws IOException {
        DatagramChannel media = sink.media();
        if (way == Way.TCP || media == null) {
            SocketChannel connection = sink.connection();
            connection.configureBlocking(false);
            for (int length = connection.read(buffer.clear()); length > 0; length = connection.read(buffer.clear())) {
                bytes.add(length);
            }
        } else {
            for (int length = media.read(buffer.clear()); length > 0; length = media.read(buffer.clear())) {
                bytes.add(length);
            }
        }
    }

    private void stop() throws IOException, InterruptedException {
        stopping = true;
        for (Sink sink : sinks) {
            try (sink) {
                sink.tearDown();
            } catch (IOException e) {
                // the server has gone away from it already
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sinks.clear();
        arrivals.clear();
        threads.clear();
    }
}
