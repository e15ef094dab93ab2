package org.camseal.media.annexb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/**
 * The byte stream format: start codes between NAL units (H.264 and H.265 annex B). What is written has a start code of four bytes
 * before every unit; what is read may have three, and zero bytes around.
 */
public final class AnnexB {
    private static final int START_CODE_LENGTH = 4;

    private AnnexB() {}

    /**
     * The NAL units of a whole byte stream.
     *
     * @throws MediaException as {@link AnnexBSplitter#next}
     */
    public static List<NalUnit> split(Codec codec, byte[] stream) throws MediaException {
        List<NalUnit> units = new ArrayList<>();
        AnnexBSplitter splitter = new AnnexBSplitter(codec, new ByteArrayInputStream(stream));
        try {
            for (NalUnit nal = splitter.next(); nal != null; nal = splitter.next()) {
                units.add(nal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return units;
    }

    /** The units as a byte stream. */
    public static byte[] join(List<NalUnit> units) {
        int length = 0;
        for (NalUnit nal : units) {
            length = Math.addExact(length, START_CODE_LENGTH + nal.length());
        }
        byte[] stream = new byte[length];
        int at = 0;
        for (NalUnit nal : units) {
            stream[at + START_CODE_LENGTH - 1] = 1;
            System.arraycopy(nal.bytes(), 0, stream, at + START_CODE_LENGTH, nal.length());
            at += START_CODE_LENGTH + nal.length();
        }
        return stream;
    }

    /** Writes the units, each behind a start code. */
    public static void write(List<NalUnit> units, OutputStream out) throws IOException {
        for (NalUnit nal : units) {
            out.write(new byte[] {0, 0, 0, 1});
            out.write(nal.bytes());
        }
    }
}
