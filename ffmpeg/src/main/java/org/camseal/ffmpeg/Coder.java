package org.camseal.ffmpeg;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** One encoder or decoder with its native memory: the context, one packet and one frame that are used again and again. */
final class Coder implements AutoCloseable {
    private final String name;
    private final AVCodec codec;
    final AVCodecContext context;
    final AVPacket packet;
    final AVFrame frame;
    private boolean closed;

    private Coder(String name, AVCodec codec) throws CoderException {
        this.name = name;
        this.codec = codec;
        AVCodecContext newContext = avcodec.avcodec_alloc_context3(codec);
        AVPacket newPacket = avcodec.av_packet_alloc();
        AVFrame newFrame = avutil.av_frame_alloc();
        if (newContext == null || newPacket == null || newFrame == null) {
            throw new CoderException(name + ": no memory");
        }
        context = newContext;
        packet = newPacket;
        frame = newFrame;
    }

    /** An encoder that is still to be set up and opened. */
    static Coder encoder(String name) throws FFmpegException {
        Native.load();
        return new Coder(name, found(avcodec.avcodec_find_encoder_by_name(name), "encoder", name));
    }

    /** A decoder that is still to be set up and opened. */
    static Coder decoder(int codecId) throws FFmpegException {
        Native.load();
        String name = avcodec.avcodec_get_name(codecId).getString();
        return new Coder(name, found(avcodec.avcodec_find_decoder(codecId), "decoder", name));
    }

    private static AVCodec found(@Nullable AVCodec codec, String kind, String name) throws FFmpegMissingException {
        if (codec == null) {
            throw new FFmpegMissingException("the FFmpeg libraries in use have no " + kind + " " + name
                    + "; the bundled ones have it: is another build of FFmpeg on the class path?");
        }
        return codec;
    }

    /** Opens it with these private options; an option that it does not know is refused. */
    void open(Map<String, String> options) throws CoderException {
        AVDictionary dictionary = Native.options(options);
        try {
            int result = avcodec.avcodec_open2(context, codec, dictionary);
            if (result < 0) {
                throw new CoderException(name + " does not open: " + Native.text(result));
            }
            if (avutil.av_dict_count(dictionary) > 0) {
                throw new CoderException(name + " does not know some of its options " + options.keySet());
            }
        } finally {
            avutil.av_dict_free(dictionary);
            dictionary.close();
        }
    }

    /** Gives the frame, or null for the end, to the encoder. */
    void sendFrame(@Nullable AVFrame picture) throws CoderException {
        check(avcodec.avcodec_send_frame(context, picture));
    }

    /** Gives bytes, or null for the end, to the decoder. */
    void sendPacket(byte @Nullable [] bytes, long time) throws CoderException {
        if (bytes == null) {
            check(avcodec.avcodec_send_packet(context, null));
            return;
        }
        check(avcodec.av_new_packet(packet, bytes.length));
        packet.data().put(bytes);
        packet.pts(time);
        packet.dts(avutil.AV_NOPTS_VALUE);
        try {
            check(avcodec.avcodec_send_packet(context, packet));
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    /** Gives a packet that someone else owns to the decoder. */
    void sendPacket(AVPacket whole) throws CoderException {
        check(avcodec.avcodec_send_packet(context, whole));
    }

    /** True if {@link #packet} now holds the next coded piece. */
    boolean receivePacket() throws CoderException {
        return more(avcodec.avcodec_receive_packet(context, packet));
    }

    /** True if {@link #frame} now holds the next decoded picture. */
    boolean receiveFrame() throws CoderException {
        return more(avcodec.avcodec_receive_frame(context, frame));
    }

    /** The bytes of {@link #packet}. */
    byte[] packetBytes() {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        return bytes;
    }

    /** The out of band configuration, empty if there is none. */
    byte[] extradata() {
        byte[] bytes = new byte[Math.max(0, context.extradata_size())];
        if (bytes.length > 0) {
            context.extradata().get(bytes);
        }
        return bytes;
    }

    private boolean more(int result) throws CoderException {
        if (Native.isAgain(result) || Native.isEnd(result)) {
            return false;
        }
        check(result);
        return true;
    }

    private void check(int result) throws CoderException {
        if (result < 0) {
            throw new CoderException(name + ": " + Native.text(result));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(frame);
            avcodec.avcodec_free_context(context);
        }
    }
}
