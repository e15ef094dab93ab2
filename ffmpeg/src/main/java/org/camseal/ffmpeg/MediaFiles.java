package org.camseal.ffmpeg;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.camseal.media.UnsupportedException;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.media.mp4.Mp4Reader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reader for a file by its first bytes, because names say nothing reliable: own readers for MP4 and for byte streams of H.264
 * and H.265, {@link ContainerReader} for the rest.
 */
public final class MediaFiles {
    /** The first boxes that files of MP4 and QuickTime begin with. */
    private static final Set<String> MP4_BOXES =
            Set.of("ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "sidx", "prft", "pnot", "uuid");

    private static final int HEAD_BYTES = 4096;

    /** For a byte stream that does not say its rate, as {@code ffmpeg} assumes too. */
    private static final FrameRate GUESSED_RATE = FrameRate.of(25);

    private MediaFiles() {}

    /**
     * Opens a file.
     *
     * @throws MediaException if it is nothing that can be read here, or broken at its front
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static UnitReader open(Path file) throws MediaException, IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (isMp4(head)) {
            return Mp4Reader.open(file);
        }
        Codec codec = byteStreamCodec(head);
        return codec == null ? ContainerReader.open(file) : openByteStream(file, codec);
    }

    /**
     * The codec of a file that is a bare byte stream, by its first bytes; empty for every other one.
     *
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static Optional<Codec> byteStreamCodec(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            return isMp4(head) ? Optional.empty() : Optional.ofNullable(byteStreamCodec(head));
        }
    }

    private static boolean isMp4(byte[] head) {
        return head.length >= 8 && MP4_BOXES.contains(new String(head, 4, 4, StandardCharsets.US_ASCII));
    }

    /** The codec of a byte stream, by its first NAL unit; null where there is no start code in front. */
    private static @Nullable Codec byteStreamCodec(byte[] head) {
        int zeros = 0;
        while (zeros < head.length && head[zeros] == 0) {
            zeros++;
        }
        int at = zeros + 1;
        if (zeros < 2 || at + 1 >= head.length || head[zeros] != 1) {
            return null;
        }
        // MPEG program streams have start codes too; their next byte is b9 or more.
        if (head[at] < 0) {
            return null;
        }
        // An H.265 stream begins with a VPS, SPS, delimiter or SEI of layer 0: types 32 to 39, then 01. None of these
        // is H.264.
        boolean h265 = head[at] >= 0x40 && head[at] <= 0x4f && head[at + 1] == 1;
        return h265 ? Codec.H265 : Codec.H264;
    }

    private static UnitReader openByteStream(Path file, Codec codec) throws MediaException, IOException {
        try {
            return openByteStream(file, codec, null);
        } catch (UnsupportedException e) {
            return openByteStream(file, codec, GUESSED_RATE);
        }
    }

    private static UnitReader openByteStream(Path file, Codec codec, @Nullable FrameRate rate)
            throws MediaException, IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return AnnexBReader.open(in, codec, rate, Instant.EPOCH);
        } catch (MediaException | IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
