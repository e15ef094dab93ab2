package org.camseal.media.mp4;

import org.camseal.media.MalformedException;
import org.camseal.media.UnsupportedException;

/**
 * The esds box: an ES_Descriptor that holds the decoder's configuration (ISO/IEC 14496-14 section 5.6, descriptors of ISO/IEC 14496-1
 * section 7.2.6).
 */
final class Esds {
    private static final int ES = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC = 5;
    private static final int SL_CONFIG = 6;
    private static final int MPEG4_AUDIO = 0x40;
    // MPEG-2 AAC of the main, LC and SSR profiles: frames and configuration are the same as MPEG-4's.
    private static final int MPEG2_AAC_MAIN = 0x66;
    private static final int MPEG2_AAC_SSR = 0x68;
    private static final int STREAM_OF_AUDIO = 0x15;

    private Esds() {}

    /** The AudioSpecificConfig. */
    static byte[] read(BoxBytes box) throws MalformedException, UnsupportedException {
        box.skip(4);
        BoxBytes es = descriptor(box, ES);
        es.skip(2);
        int flags = es.u8();
        if ((flags & 0x80) != 0) {
            es.skip(2);
        }
        if ((flags & 0x40) != 0) {
            es.skip(es.u8());
        }
        if ((flags & 0x20) != 0) {
            es.skip(2);
        }
        BoxBytes config = descriptor(es, DECODER_CONFIG);
        int object = config.u8();
        if (object != MPEG4_AUDIO && (object < MPEG2_AAC_MAIN || object > MPEG2_AAC_SSR)) {
            throw new UnsupportedException(
                    "MP4 box " + box.path() + ": audio of object type " + object + "; AAC (64) expected");
        }
        config.skip(12);
        BoxBytes specific = descriptor(config, DECODER_SPECIFIC);
        return specific.bytes(specific.remaining());
    }

    /** The next descriptor of a tag; others in front of it are passed over. */
    private static BoxBytes descriptor(BoxBytes in, int wanted) throws MalformedException {
        while (in.remaining() > 0) {
            int tag = in.u8();
            int length = 0;
            int next;
            int bytes = 0;
            do {
                next = in.u8();
                length = length << 7 | (next & 0x7f);
            } while (next >= 0x80 && ++bytes < 4);
            BoxBytes body = BoxBytes.of(in.path() + "/descriptor" + tag, in.bytes(length));
            if (tag == wanted) {
                return body;
            }
        }
        throw in.malformed("lacks the descriptor of tag " + wanted);
    }

    static void write(BoxBuilder out, byte[] config) {
        int specific = 5 + config.length;
        int decoder = 5 + 13 + specific;
        out.openFull("esds", 0, 0);
        header(out, ES, 3 + decoder + 5 + 1).u16(0).u8(0);
        header(out, DECODER_CONFIG, 13 + specific)
                .u8(MPEG4_AUDIO)
                .u8(STREAM_OF_AUDIO)
                .zeros(3 + 4 + 4);
        header(out, DECODER_SPECIFIC, config.length).bytes(config);
        // predefined 2: MP4 file, no sync layer
        header(out, SL_CONFIG, 1).u8(2);
        out.close();
    }

    private static BoxBuilder header(BoxBuilder out, int tag, int length) {
        return out.u8(tag)
                .u8((length >> 21 & 0x7f) | 0x80)
                .u8((length >> 14 & 0x7f) | 0x80)
                .u8((length >> 7 & 0x7f) | 0x80)
                .u8(length & 0x7f);
    }
}
