package org.camseal.ffmpeg;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** The native side of a capture device: its one video stream, its packets one at a time, never blocking. */
final class DeviceInput implements AutoCloseable {
    private final String name;
    private final AVFormatContext context;
    private final AVPacket packet;
    private final AVStream stream;
    private boolean closed;

    private DeviceInput(String name, AVFormatContext context, AVPacket packet, AVStream stream) {
        this.name = name;
        this.context = context;
        this.packet = packet;
        this.stream = stream;
    }

    static DeviceInput open(String format, String name, Map<String, String> options) throws FFmpegException {
        Native.loadDevices();
        AVInputFormat input = avformat.av_find_input_format(format);
        if (input == null) {
            throw new FFmpegMissingException("the FFmpeg libraries in use have no input device " + format);
        }
        AVFormatContext context = avformat.avformat_alloc_context();
        AVPacket packet = avcodec.av_packet_alloc();
        if (context == null || packet == null) {
            throw new DeviceException(name + ": no memory to open it");
        }
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        AVDictionary dictionary = Native.options(options);
        try {
            int result = avformat.avformat_open_input(context, name, input, dictionary);
            if (result < 0) {
                avcodec.av_packet_free(packet);
                throw refused(name, result);
            }
        } finally {
            avutil.av_dict_free(dictionary);
            dictionary.close();
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
                return new DeviceInput(name, context, packet, context.streams(i));
            }
        }
        avcodec.av_packet_free(packet);
        avformat.avformat_close_input(context);
        throw new DeviceException(name + ": gives no video");
    }

    private static DeviceException refused(String name, int result) {
        if (result == avutil.AVERROR_EINVAL() || result == avutil.AVERROR_ENOSYS()) {
            return new DeviceException(
                    name + ": is no video capture device, or does not know the size or format asked for: "
                            + Native.text(result),
                    true);
        }
        String advice = result == avutil.AVERROR_EACCES() ? "; the user needs the group video" : "";
        return new DeviceException(name + ": cannot be opened: " + Native.text(result) + advice);
    }

    String name() {
        return name;
    }

    int codecId() {
        return stream.codecpar().codec_id();
    }

    int width() {
        return stream.codecpar().width();
    }

    int height() {
        return stream.codecpar().height();
    }

    /** Sets a decoder up for what the device gives. */
    void describeTo(Coder decoder) throws CoderException {
        AVCodecParameters parameters = stream.codecpar();
        int result = avcodec.avcodec_parameters_to_context(decoder.context, parameters);
        if (result < 0) {
            throw new CoderException(name + ": its format is not understood: " + Native.text(result));
        }
        decoder.context.thread_count(1);
    }

    /** True if a packet of video has arrived; it stays until {@link #release}. */
    boolean read() throws DeviceException {
        int result = avformat.av_read_frame(context, packet);
        if (Native.isAgain(result)) {
            return false;
        }
        if (result < 0) {
            throw new DeviceException(name + ": stopped giving pictures: " + Native.text(result));
        }
        if (packet.stream_index() != stream.index()) {
            release();
            return false;
        }
        return true;
    }

    byte[] bytes() {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        return bytes;
    }

    /** The packet's time on a clock; 0 where the device says none. */
    long time(int clockHz) {
        long stamp = packet.pts();
        Packet.TimeBase base =
                new Packet.TimeBase(stream.time_base().num(), stream.time_base().den());
        return stamp == avutil.AV_NOPTS_VALUE ? 0 : base.time(stamp, clockHz).ticks();
    }

    /** Hands the packet to a decoder. */
    void sendTo(Coder decoder) throws CoderException {
        decoder.sendPacket(packet);
    }

    void release() {
        avcodec.av_packet_unref(packet);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            avcodec.av_packet_free(packet);
            avformat.avformat_close_input(context);
        }
    }
}
