package org.camseal.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.media.UnitReader;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads access units out of any container FFmpeg takes apart: Matroska, MPEG-TS, MP4, FLV, AVI, raw streams.
 *
 * <p>NAL units and audio frames are exactly those stored, of clear and of sealed video alike, because nothing is decoded. Video tracks are
 * numbered from 1, then come audio tracks; streams of other kinds are passed over and named by {@link #ignored()}. Where a container stores
 * no decode times (Matroska) they are made from the presentation times. Reads ahead at most 64 MiB. Confined to one thread.
 */
public final class ContainerReader implements UnitReader {
    private static final int MAX_LOOK_PACKETS = 4000;
    private static final long MAX_WAITING_BYTES = 64L << 20;
    private static final int MAX_WAITING_UNITS = 4000;

    /** Packets to read in a container whose streams only show while it is read, before its tracks count as known. */
    private static final int GROWING_LOOK_PACKETS = 100;

    private final Demuxer demuxer;
    private final Instant start;
    private final Map<Integer, StreamUnits> streams = new HashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final List<Track> tracks = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final Deque<Packet> ahead = new ArrayDeque<>();
    private final Deque<StreamUnits.Pending> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;
    private @Nullable MediaTime first;

    private ContainerReader(Demuxer demuxer, Instant start) {
        this.demuxer = demuxer;
        this.start = start;
    }

    /** Opens a file; its first unit counts as captured when the file says that it was made, else at the beginning of 1970. */
    public static ContainerReader open(Path file) throws MediaException, IOException {
        return open(file, Optional.empty());
    }

    /** Opens a file whose first unit counts as captured at {@code start}. */
    public static ContainerReader open(Path file, Instant start) throws MediaException, IOException {
        return open(file, Optional.of(start));
    }

    private static ContainerReader open(Path file, Optional<Instant> start) throws MediaException, IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        Demuxer demuxer = Demuxer.open(file);
        try {
            Instant from = start.or(demuxer::creationTime).orElse(Instant.EPOCH);
            ContainerReader reader = new ContainerReader(demuxer, from);
            reader.look();
            return reader;
        } catch (MediaException | IOException | RuntimeException e) {
            demuxer.close();
            throw e;
        }
    }

    @Override
    public List<Track> tracks() {
        return List.copyOf(tracks);
    }

    /** Streams that are passed over, in words: {@code stream 2: mov_text}. */
    public List<String> ignored() {
        return List.copyOf(ignored);
    }

    /** Reads packets ahead until the format of every stream is known, or will not be. */
    private void look() throws MediaException, IOException {
        long bytes = 0;
        addStreams();
        while (!enough() && ahead.size() < MAX_LOOK_PACKETS && bytes < MAX_WAITING_BYTES) {
            Packet packet = demuxer.read();
            if (packet == null) {
                ended = true;
                break;
            }
            addStreams();
            StreamUnits stream = streams.get(packet.stream());
            if (stream != null) {
                stream.look(packet);
                ahead.add(packet);
                bytes += packet.bytes().length;
            }
        }
        number();
    }

    private boolean enough() {
        boolean known = streams.values().stream().allMatch(stream -> stream.format() != null);
        return known && !(demuxer.mayGrow() && ahead.size() < GROWING_LOOK_PACKETS);
    }

    private void addStreams() throws MediaException {
        for (int index = streams.size() + ignored.size(); index < demuxer.streamCount(); index++) {
            AVCodecParameters parameters = demuxer.parameters(index);
            Codec codec = codec(parameters.codec_id());
            if (codec == null) {
                ignored.add("stream " + index + ": " + demuxer.codecName(index));
            } else if (codec.isVideo()) {
                streams.put(
                        index,
                        new VideoUnits(codec, demuxer.extradata(index), parameters.width(), parameters.height()));
            } else {
                int channels = parameters.ch_layout().nb_channels();
                streams.put(index, new AudioUnits(codec, demuxer.extradata(index), parameters.sample_rate(), channels));
            }
        }
    }

    private static @Nullable Codec codec(int id) {
        return switch (id) {
            case avcodec.AV_CODEC_ID_H264 -> Codec.H264;
            case avcodec.AV_CODEC_ID_HEVC -> Codec.H265;
            case avcodec.AV_CODEC_ID_AAC -> Codec.AAC;
            case avcodec.AV_CODEC_ID_PCM_ALAW -> Codec.PCMA;
            case avcodec.AV_CODEC_ID_PCM_MULAW -> Codec.PCMU;
            case avcodec.AV_CODEC_ID_OPUS -> Codec.OPUS;
            default -> null;
        };
    }

    private void number() throws MediaException {
        addTracks(true);
        addTracks(false);
        if (tracks.isEmpty()) {
            throw new UnsupportedException(
                    demuxer.name() + ": no track that is read here (H.264, H.265, AAC, G.711, Opus); seen "
                            + (ignored.isEmpty() ? "none at all" : String.join(", ", ignored)));
        }
    }

    private void addTracks(boolean video) {
        streams.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            StreamUnits stream = entry.getValue();
            TrackFormat format = stream.format();
            if (format != null && format.codec().isVideo() == video) {
                // Video 1, audio 2: what a stream has of each is one, nearly always.
                int number = Math.max(video ? 1 : 2, tracks.size() + 1);
                tracks.add(new Track(number, format));
                numbers.put(entry.getKey(), number);
            } else if (format == null && !video) {
                ignored.add("stream " + entry.getKey() + ": nothing that tells its format");
            }
        });
    }

    @Override
    public @Nullable AccessUnit next() throws MediaException, IOException {
        StreamUnits.Pending head = waiting.peek();
        while (head == null || !head.ready()) {
            if ((ended && ahead.isEmpty()) || waitingBytes > MAX_WAITING_BYTES || waiting.size() > MAX_WAITING_UNITS) {
                break;
            }
            fill();
            head = waiting.peek();
        }
        if (head == null) {
            return null;
        }
        waiting.remove();
        waitingBytes -= head.sizeBytes();
        if (first == null) {
            first = head.time();
        }
        return head.unit(start.plus(head.time().toDuration().minus(first.toDuration())));
    }

    private void fill() throws MediaException, IOException {
        Packet packet = ahead.poll();
        if (packet == null) {
            packet = demuxer.read();
        }
        if (packet == null) {
            ended = true;
            return;
        }
        Integer number = numbers.get(packet.stream());
        StreamUnits stream = streams.get(packet.stream());
        if (number == null || stream == null) {
            return;
        }
        StreamUnits.Pending unit = stream.accept(number, packet);
        if (unit != null) {
            waiting.add(unit);
            waitingBytes += unit.sizeBytes();
        }
    }

    @Override
    public void close() {
        demuxer.close();
    }
}
