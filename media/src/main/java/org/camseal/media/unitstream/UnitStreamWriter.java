package org.camseal.media.unitstream;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitWriter;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * Writes a unit stream. Each unit is handed on in one write and flushed, so that a live viewer has it at once. Confined to one thread.
 */
public final class UnitStreamWriter implements UnitWriter {
    private final OutputStream out;
    private boolean ended;

    /** Writes the head; the stream stays the caller's until {@link #close()}. */
    public UnitStreamWriter(OutputStream out, List<Track> tracks) throws IOException {
        this.out = out;
        out.write(UnitStream.MAGIC);
        frame(UnitStream.TRACKS, tracks(tracks));
    }

    @Override
    public void write(AccessUnit unit) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(unit.sizeBytes() + 64);
        DataOutputStream data = new DataOutputStream(bytes);
        switch (unit) {
            case VideoUnit video -> {
                video(data, video);
                frame(UnitStream.VIDEO, bytes);
            }
            case AudioUnit audio -> {
                data.writeByte(audio.track());
                data.writeLong(audio.decodeTime().ticks());
                data.writeInt(audio.samples());
                data.writeLong(UnitStream.micros(audio.capturedAt()));
                data.write(audio.frame());
                frame(UnitStream.AUDIO, bytes);
            }
        }
    }

    /** Says that the sender lives though there is nothing to send; also finds out that the reader has gone. */
    public void alive() throws IOException {
        frame(UnitStream.ALIVE, new ByteArrayOutputStream(0));
    }

    /** Ends the stream: other tracks follow in a new stream from the given time. */
    public void endBefore(Instant next) throws IOException {
        end(UnitStream.micros(next));
    }

    /** Ends the stream if {@link #endBefore} has not, and closes what it was written to. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (!ended) {
                end(0);
            }
        }
    }

    private void end(long next) throws IOException {
        ended = true;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8);
        new DataOutputStream(bytes).writeLong(next);
        frame(UnitStream.END, bytes);
    }

    private static void video(DataOutputStream data, VideoUnit video) throws IOException {
        data.writeByte(video.track());
        data.writeLong(video.decodeTime().ticks());
        data.writeLong(video.presentationTime().ticks());
        data.writeLong(UnitStream.micros(video.capturedAt()));
        data.writeShort(video.nalUnits().size());
        for (NalUnit nal : video.nalUnits()) {
            data.writeInt(nal.length());
            data.write(nal.bytes());
        }
    }

    private static ByteArrayOutputStream tracks(List<Track> tracks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeByte(tracks.size());
        for (Track track : tracks) {
            data.writeByte(track.number());
            data.writeByte(UnitStream.code(track.format().codec()));
            switch (track.format()) {
                case VideoFormat video -> {
                    data.writeInt(video.width());
                    data.writeInt(video.height());
                    data.writeShort(video.parameterSets().size());
                    for (NalUnit nal : video.parameterSets()) {
                        data.writeInt(nal.length());
                        data.write(nal.bytes());
                    }
                }
                case AudioFormat audio -> {
                    data.writeInt(audio.sampleRateHz());
                    data.writeByte(audio.channels());
                    data.writeShort(audio.decoderConfig().length);
                    data.write(audio.decoderConfig());
                }
            }
        }
        return bytes;
    }

    private void frame(int kind, ByteArrayOutputStream payload) throws IOException {
        if (payload.size() > UnitStream.MAX_FRAME_BYTES) {
            throw new IOException("a unit of " + payload.size() + " bytes; at most " + UnitStream.MAX_FRAME_BYTES
                    + " fit a frame of a unit stream");
        }
        byte[] frame = new byte[5 + payload.size()];
        frame[0] = (byte) kind;
        frame[1] = (byte) (payload.size() >>> 24);
        frame[2] = (byte) (payload.size() >>> 16);
        frame[3] = (byte) (payload.size() >>> 8);
        frame[4] = (byte) payload.size();
        System.arraycopy(payload.toByteArray(), 0, frame, 5, payload.size());
        out.write(frame);
        out.flush();
    }
}
