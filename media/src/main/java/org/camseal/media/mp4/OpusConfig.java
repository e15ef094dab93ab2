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

    private OpusConfig() {}

    /** The OpusHead of a dOps box. */
    static byte[] read(BoxBytes box) throws MalformedException {
        int version = box.u8();
        if (version != 0) {
            throw box.malformed("version " + version + "; 0 expected");
        }
        ByteBuffer head =
                ByteBuffer.allocate(MAGIC.length + box.remaining() + 1).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) box.u8());
        head.putShort((short) box.u16()).putInt(box.i32()).putShort((short) box.u16());
        head.put(box.bytes(box.remaining()));
        if (head.hasRemaining() || head.capacity() < MAGIC.length + FIXED) {
            throw box.malformed("ends before the channel mapping family");
        }
        return head.array();
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

    /** input_sample_rate of an OpusHead of at least the fixed length; 0 where it is not known. */
    static long inputSampleRate(byte[] head) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(MAGIC.length + 4) & 0xffff_ffffL;
    }
}
