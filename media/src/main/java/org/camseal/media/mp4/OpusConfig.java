package org.camseal.media.mp4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.camseal.media.AudioFormat;
import org.camseal.media.MalformedException;

/**
 * The dOps box ("Encapsulation of Opus in ISO Base Media File Format" section 4.3.2), and the OpusHead (RFC 7845 section 5.1) that
 * says the same with its bytes the other way round.
 */
final class OpusConfig {
    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = 11;
    /** Offset of InputSampleRate behind the version. */
    private static final int RATE = 3;

    private OpusConfig() {}

    /** The OpusHead of a dOps box. */
    static byte[] read(BoxBytes box) throws MalformedException {
        int version = box.u8();
        if (version != 0 || box.remaining() < FIXED - 1) {
            throw box.malformed("version " + version + ", " + box.remaining() + " bytes; 0 and at least 10 expected");
        }
        ByteBuffer fields = box.view(box.remaining());
        // GStreamer (seen in 1.22) writes the numbers low byte first, as in an OpusHead; then the rate cannot be one.
        if (!isRate(fields.getInt(RATE)) && isRate(Integer.reverseBytes(fields.getInt(RATE)))) {
            fields.order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer head = ByteBuffer.allocate(MAGIC.length + 1 + fields.remaining());
        head.order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).put((byte) 1).put(fields.get());
        head.putShort(fields.getShort()).putInt(fields.getInt()).putShort(fields.getShort());
        return head.put(fields).array();
    }

    private static boolean isRate(int rate) {
        return rate > 0 && rate <= SampleEntry.MAX_RATE_HZ;
    }

    static void write(BoxBuilder out, AudioFormat format) throws MalformedException {
        byte[] config = format.decoderConfig();
        out.open("dOps").u8(0);
        if (config.length == 0) {
            // RTP says no more than the channels (RFC 7587): nothing to skip, no gain, mapping family 0.
            out.u8(format.channels()).u16(0).u32(format.sampleRateHz()).u16(0).u8(0);
        } else {
            if (config.length < MAGIC.length + FIXED
                    || !Arrays.equals(MAGIC, 0, MAGIC.length, config, 0, MAGIC.length)) {
                throw new MalformedException(
                        "the configuration of an Opus track is no OpusHead (RFC 7845 section 5.1)");
            }
            ByteBuffer head = ByteBuffer.wrap(config, MAGIC.length + 1, config.length - MAGIC.length - 1);
            head.order(ByteOrder.LITTLE_ENDIAN);
            out.u8(head.get()).u16(head.getShort()).u32(head.getInt()).u16(head.getShort());
            byte[] mapping = new byte[head.remaining()];
            head.get(mapping);
            out.bytes(mapping);
        }
        out.close();
    }

    /** The rate of the sound before it was coded, or that of Opus itself where an OpusHead of at least the fixed length has none. */
    static int inputSampleRate(byte[] head) {
        int rate = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length + 4);
        return isRate(rate) ? rate : 48_000;
    }
}
