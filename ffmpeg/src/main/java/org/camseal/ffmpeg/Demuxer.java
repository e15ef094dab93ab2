package org.camseal.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's view of one file: its streams and its packets, with nothing decoded and nothing guessed.
 *
 * <p>{@code avformat_find_stream_info} is never called, because it decodes pictures to learn about them, which sealed pictures do not
 * allow. Only plain files of the named containers are read, so that a playlist that calls itself a video cannot make this process open
 * other files or connections.
 */
final class Demuxer implements AutoCloseable {
    private static final String CONTAINERS =
            "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mpegts,mpeg,flv,avi,asf,mxf,nut,ogg,h264,hevc,aac,dhav";
    private static final int MAX_PACKET_BYTES = 64 << 20;
    private static final int MAX_EXTRADATA_BYTES = 1 << 20;

    private final String name;
    private final AVFormatContext context;
    private final AVPacket packet;
    private boolean closed;

    private Demuxer(String name, AVFormatContext context, AVPacket packet) {
        this.name = name;
        this.context = context;
        this.packet = packet;
    }

    static Demuxer open(Path file) throws MediaException, IOException {
        Native.load();
        String name = String.valueOf(file.getFileName());
        AVFormatContext context = avformat.avformat_alloc_context();
        if (context == null) {
            throw new IOException(name + ": no memory to open it");
        }
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_NOFILLIN);
        AVDictionary options = Native.options(Map.of(
                "protocol_whitelist",
                "file",
                "format_whitelist",
                CONTAINERS,
                "advanced_editlist",
                "0",
                "max_streams",
                "64"));
        try {
            // On failure this call frees the context itself. "file:" keeps names such as concat:x from being protocols.
            int result = avformat.avformat_open_input(context, "file:" + file.toAbsolutePath(), null, options);
            if (result < 0) {
                throw refused(name, result);
            }
        } finally {
            avutil.av_dict_free(options);
            options.close();
        }
        AVPacket packet = avcodec.av_packet_alloc();
        if (packet == null) {
            avformat.avformat_close_input(context);
            throw new IOException(name + ": no memory to read it");
        }
        return new Demuxer(name, context, packet);
    }

    private static Exception refusal(String name, int result) {
        if (result == avutil.AVERROR_INVALIDDATA || result == avutil.AVERROR_EINVAL()) {
            return new MalformedException(
                    name + ": no container that is read here (Matroska, MP4, MPEG-TS, FLV, AVI, MXF,"
                            + " raw H.264/H.265 …); FFmpeg says: " + Native.text(result));
        }
        return new IOException(name + ": cannot be opened: " + Native.text(result));
    }

    private static MediaException refused(String name, int result) throws IOException {
        return switch (refusal(name, result)) {
            case MediaException e -> e;
            case IOException e -> throw e;
            case Exception e -> throw new IllegalStateException(e);
        };
    }

    String name() {
        return name;
    }

    int streamCount() {
        return context.nb_streams();
    }

    /** True where streams may still appear while packets are read (FLV, MPEG-PS, MPEG-TS). */
    boolean mayGrow() {
        return (context.ctx_flags() & avformat.AVFMTCTX_NOHEADER) != 0;
    }

    AVCodecParameters parameters(int stream) {
        return context.streams(stream).codecpar();
    }

    /** The codec's short name in FFmpeg's words. */
    String codecName(int stream) {
        return avcodec.avcodec_get_name(parameters(stream).codec_id()).getString();
    }

    /** Out of band configuration, empty where there is none. */
    byte[] extradata(int stream) throws MalformedException {
        AVCodecParameters parameters = parameters(stream);
        int size = parameters.extradata_size();
        if (size < 0 || size > MAX_EXTRADATA_BYTES) {
            throw new MalformedException(name + ", stream " + stream + ": a configuration of " + size + " bytes");
        }
        byte[] bytes = new byte[size];
        if (size > 0) {
            parameters.extradata().get(bytes);
        }
        return bytes;
    }

    /** When the file says it was made. */
    Optional<Instant> creationTime() {
        AVDictionaryEntry entry = avutil.av_dict_get(context.metadata(), "creation_time", null, 0);
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(entry.value().getString()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The next packet of any stream, or null at the end. */
    @Nullable
    Packet read() throws MediaException, IOException {
        int result = avformat.av_read_frame(context, packet);
        if (Native.isEnd(result)) {
            return null;
        }
        if (result == avutil.AVERROR_INVALIDDATA) {
            throw new MalformedException(name + ": broken container: " + Native.text(result));
        }
        if (result < 0) {
            throw new IOException(name + ": cannot be read: " + Native.text(result));
        }
        try {
            return copy();
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    private Packet copy() throws MediaException {
        int size = packet.size();
        if (size < 0 || size > MAX_PACKET_BYTES) {
            throw new MalformedException(
                    name + ": a packet of " + size + " bytes; at most " + MAX_PACKET_BYTES + " expected");
        }
        for (int i = 0; i < packet.side_data_elems(); i++) {
            AVPacketSideData side = packet.side_data().getPointer(i);
            if (side.type() == avcodec.AV_PKT_DATA_NEW_EXTRADATA) {
                throw new UnsupportedException(name + ", stream " + packet.stream_index()
                        + ": the decoder configuration changes in the middle; cut the file there");
            }
        }
        byte[] bytes = new byte[size];
        if (size > 0) {
            packet.data().get(bytes);
        }
        AVStream stream = context.streams(packet.stream_index());
        Packet.TimeBase base =
                new Packet.TimeBase(stream.time_base().num(), stream.time_base().den());
        return new Packet(packet.stream_index(), bytes, packet.pts(), packet.dts(), base);
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
