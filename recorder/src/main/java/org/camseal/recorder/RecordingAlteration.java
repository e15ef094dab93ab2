package org.camseal.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.jspecify.annotations.Nullable;

/**
 * Plays the attacker, for demonstrations and drills: changes one bit of a stored segment, inside the ciphertext of one picture, as
 * somebody with access to the disk could. The file keeps its length and stays a playable MP4; whoever checks it finds the change.
 *
 * @param file what was changed
 * @param at capture time of the picture that was hit
 * @param offsetBytes place in the file
 * @param bit 0 to 7, 0 is the lowest
 */
public record RecordingAlteration(Path file, Instant at, long offsetBytes, int bit) {
    private static final int BIT = 4;

    /**
     * Alters the picture that was captured nearest to the given time.
     *
     * @throws IOException where the file has no picture within two seconds of it, or cannot be written
     */
    public static RecordingAlteration flipOneBit(Path file, Instant time) throws IOException {
        VideoUnit victim = nearest(file, time);
        if (victim == null) {
            throw new IOException(file.getFileName() + " has no picture within two seconds of " + time
                    + "; choose a time that has been written to the disk");
        }
        byte[] slice = longestSlice(victim);
        int inside = plainByte(slice);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long start = find(channel, slice);
            if (start < 0 || inside < 0) {
                throw new IOException(
                        "the picture of " + victim.capturedAt() + " is not in " + file.getFileName() + " as one piece");
            }
            byte altered = (byte) (slice[inside] ^ 1 << BIT);
            channel.write(ByteBuffer.wrap(new byte[] {altered}), start + inside);
            channel.force(true);
            return new RecordingAlteration(file, victim.capturedAt(), start + inside, BIT);
        }
    }

    private static @Nullable VideoUnit nearest(Path file, Instant time) throws IOException {
        VideoUnit best = null;
        Duration distance = Duration.ofSeconds(2);
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                Duration away = Duration.between(unit.capturedAt(), time).abs();
                if (unit instanceof VideoUnit video
                        && longestSlice(video).length > 128
                        && away.compareTo(distance) < 0) {
                    best = video;
                    distance = away;
                }
            }
        } catch (MediaException torn) {
            return best; // a segment that is still being written, or whose end a power cut tore
        }
        return best;
    }

    private static byte[] longestSlice(VideoUnit picture) {
        byte[] longest = {};
        for (NalUnit nal : picture.nalUnits()) {
            if (nal.isSlice() && nal.length() > longest.length) {
                longest = nal.bytes();
            }
        }
        return longest;
    }

    /**
     * A byte near the middle that neither before nor after the change takes part in a start code or its emulation prevention, so that
     * the altered picture is still well-formed and only the cryptography can tell.
     */
    private static int plainByte(byte[] slice) {
        for (int i = slice.length / 2; i < slice.length - 60; i++) {
            boolean plain = true;
            for (int j = i - 2; j <= i + 2; j++) {
                plain &= (slice[j] & 0xff) > 3;
            }
            if (plain && (slice[i] ^ 1 << BIT) != 0 && ((slice[i] ^ 1 << BIT) & 0xff) > 3) {
                return i;
            }
        }
        return -1;
    }

    /** Ciphertext occurs once, so that its bytes find their place without a look at the file's tables. */
    private static long find(FileChannel channel, byte[] slice) throws IOException {
        byte[] probe = Arrays.copyOf(slice, Math.min(slice.length, 256));
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        long base = 0;
        while (base < channel.size()) {
            buffer.clear();
            while (buffer.hasRemaining() && channel.read(buffer, base + buffer.position()) > 0) {}
            int length = buffer.position();
            byte[] bytes = buffer.array();
            for (int i = 0; i + probe.length <= length; i++) {
                if (bytes[i] == probe[0] && Arrays.equals(bytes, i, i + probe.length, probe, 0, probe.length)) {
                    return base + i;
                }
            }
            if (length < buffer.capacity()) {
                return -1;
            }
            base += length - probe.length + 1;
        }
        return -1;
    }
}
