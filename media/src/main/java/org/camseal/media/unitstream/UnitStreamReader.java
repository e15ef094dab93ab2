package org.camseal.media.unitstream;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a unit stream as it arrives. Never allocates more than the 32 MiB a frame may have, and no list longer than its frame.
 * Confined to one thread; {@link #next()} waits as long as the stream below does.
 */
public final class UnitStreamReader implements UnitReader {
    private final DataInputStream in;
    private final List<Track> tracks;
    private @Nullable Instant next;
    private boolean ended;

    /** Reads the head and the tracks. */
    public UnitStreamReader(InputStream in) throws MediaException, IOException {
        this.in = new DataInputStream(in);
        byte[] magic = this.in.readNBytes(UnitStream.MAGIC.length);
        if (!Arrays.equals(magic, UnitStream.MAGIC)) {
            throw new MalformedException(
                    "unit stream: it does not begin with CSUNITS1, so this is another kind of data");
        }
        int kind = this.in.read();
        if (kind != UnitStream.TRACKS) {
            throw new MalformedException("unit stream: the first frame is of kind " + kind + "; 1 (tracks) expected");
        }
        this.tracks = tracks(payload());
    }

    @Override
    public List<Track> tracks() {
        return tracks;
    }

    /** After the end: the time from which a new stream, with other tracks, goes on; empty where this was all. */
    public Optional<Instant> continuesAt() {
        return Optional.ofNullable(next);
    }

    @Override
    public @Nullable AccessUnit next() throws MediaException, IOException {
        while (!ended) {
            int kind = in.read();
            if (kind < 0) {
                throw new TruncatedException(
                        "unit stream: it stops without an end frame, so the sender or the line broke off");
            }
            ByteBuffer payload = payload();
            switch (kind) {
                case UnitStream.VIDEO -> {
                    return parsed(payload, this::video);
                }
                case UnitStream.AUDIO -> {
                    return parsed(payload, this::audio);
                }
                case UnitStream.ALIVE -> {}
                case UnitStream.END -> end(payload);
                default ->
                    throw new MalformedException("unit stream: a frame of kind " + kind + "; 2 to 5 expected here");
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private interface Parser<T> {
        T parse(ByteBuffer payload) throws MediaException;
    }

    /** Every field is read with a bound; running past the frame's end is the frame's fault. */
    private static <T> T parsed(ByteBuffer payload, Parser<T> parser) throws MediaException {
        try {
            return parser.parse(payload);
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException broken) {
            throw new MalformedException("unit stream: a frame of " + payload.limit() + " bytes breaks its layout ("
                    + broken.getClass().getSimpleName() + ")");
        }
    }

    private ByteBuffer payload() throws MediaException, IOException {
        try {
            int length = in.readInt();
            if (length < 0 || length > UnitStream.MAX_FRAME_BYTES) {
                throw new MalformedException("unit stream: a frame of " + Integer.toUnsignedLong(length)
                        + " bytes; at most " + UnitStream.MAX_FRAME_BYTES + " expected");
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException();
            }
            return ByteBuffer.wrap(payload);
        } catch (EOFException cut) {
            throw new TruncatedException("unit stream: it stops inside a frame");
        }
    }

    private void end(ByteBuffer payload) throws MediaException {
        long micros = parsed(payload, ByteBuffer::getLong);
        next = micros == 0 ? null : UnitStream.instant(micros);
        ended = true;
    }

    private VideoUnit video(ByteBuffer in) throws MediaException {
        int track = in.get() & 0xff;
        Codec codec = format(track, VideoFormat.class).codec();
        MediaTime decodeTime = MediaTime.video(in.getLong());
        MediaTime presentationTime = MediaTime.video(in.getLong());
        Instant capturedAt = UnitStream.instant(in.getLong());
        int count = in.getShort() & 0xffff;
        if (count > UnitStream.MAX_NAL_UNITS) {
            throw new MalformedException("unit stream: a picture of " + count + " NAL units; at most "
                    + UnitStream.MAX_NAL_UNITS + " expected");
        }
        List<NalUnit> nalUnits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nalUnits.add(NalUnit.of(codec, bytes(in, in.getInt())));
        }
        return new VideoUnit(track, nalUnits, decodeTime, presentationTime, capturedAt);
    }

    private AudioUnit audio(ByteBuffer in) throws MediaException {
        int track = in.get() & 0xff;
        int clock = format(track, AudioFormat.class).clockHz();
        MediaTime time = new MediaTime(in.getLong(), clock);
        int samples = in.getInt();
        Instant capturedAt = UnitStream.instant(in.getLong());
        return new AudioUnit(track, bytes(in, in.remaining()), time, samples, capturedAt);
    }

    private <T> T format(int number, Class<T> kind) throws MalformedException {
        for (Track track : tracks) {
            if (track.number() == number && kind.isInstance(track.format())) {
                return kind.cast(track.format());
            }
        }
        throw new MalformedException(
                "unit stream: a unit of track " + number + ", which the head does not have as " + kind.getSimpleName());
    }

    private static List<Track> tracks(ByteBuffer payload) throws MediaException {
        return parsed(payload, in -> {
            int count = in.get() & 0xff;
            List<Track> tracks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = in.get() & 0xff;
                Codec codec = UnitStream.codec(in.get() & 0xff);
                tracks.add(new Track(number, codec.isVideo() ? videoFormat(codec, in) : audioFormat(codec, in)));
            }
            return List.copyOf(tracks);
        });
    }

    private static VideoFormat videoFormat(Codec codec, ByteBuffer in) throws MalformedException {
        int width = in.getInt();
        int height = in.getInt();
        int count = in.getShort() & 0xffff;
        List<NalUnit> parameterSets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameterSets.add(NalUnit.of(codec, bytes(in, in.getInt())));
        }
        return new VideoFormat(codec, width, height, parameterSets);
    }

    private static AudioFormat audioFormat(Codec codec, ByteBuffer in) throws MalformedException {
        int rate = in.getInt();
        int channels = in.get() & 0xff;
        return new AudioFormat(codec, rate, channels, bytes(in, in.getShort() & 0xffff));
    }

    private static byte[] bytes(ByteBuffer in, int length) throws MalformedException {
        if (length < 0 || length > in.remaining()) {
            throw new MalformedException("unit stream: a field of " + Integer.toUnsignedLong(length)
                    + " bytes in a frame with " + in.remaining() + " left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
