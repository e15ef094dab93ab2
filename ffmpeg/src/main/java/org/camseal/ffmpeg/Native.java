package org.camseal.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** Loads the native libraries once, silences their log, and puts their error numbers into words. */
final class Native {
    private static final int ERROR_TEXT_BYTES = 128;

    private Native() {}

    /**
     * Loads what reading, encoding and decoding need. Every entry point of this package calls it first.
     *
     * @throws FFmpegMissingException where the machine is none the bundled libraries were built for
     */
    static void load() throws FFmpegMissingException {
        try {
            Core.touch();
        } catch (LinkageError e) {
            throw new FFmpegMissingException(
                    "the bundled FFmpeg libraries do not load on this machine (" + Loader.getPlatform() + "): "
                            + e.getMessage() + "; CamSeal bundles them for linux-x86_64, and they need libstdc++6",
                    e);
        }
    }

    /** Loads what capture devices need besides; apart, because only this part needs libraries of the system's desktop. */
    static void loadDevices() throws FFmpegMissingException {
        load();
        try {
            Devices.touch();
        } catch (LinkageError e) {
            throw new FFmpegMissingException(
                    "FFmpeg's device library does not load: " + e.getMessage()
                            + "; it needs the packages libxcb1 libxcb-shm0 libasound2 libpulse0",
                    e);
        }
    }

    /** FFmpeg's own words for one of its negative results. */
    static String text(int result) {
        byte[] buffer = new byte[ERROR_TEXT_BYTES];
        avutil.av_strerror(result, buffer, buffer.length);
        int length = 0;
        while (length < buffer.length && buffer[length] != 0) {
            length++;
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /** Results that mean "nothing now", not an error. */
    static boolean isAgain(int result) {
        return result == avutil.AVERROR_EAGAIN();
    }

    static boolean isEnd(int result) {
        return result == avutil.AVERROR_EOF;
    }

    static boolean isNoMemory(int result) {
        return result == avutil.AVERROR_ENOMEM();
    }

    /** Puts options into a dictionary that the caller frees with {@code av_dict_free}. */
    static AVDictionary options(Map<String, String> options) {
        AVDictionary dictionary = new AVDictionary(null);
        options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
        return dictionary;
    }

    /** Initialised by the first touch, under the class loader's own lock. */
    private static final class Core {
        static {
            Loader.load(avutil.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            Loader.load(swscale.class);
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        }

        static void touch() {}
    }

    private static final class Devices {
        static {
            Loader.load(avdevice.class);
            avdevice.avdevice_register_all();
        }

        static void touch() {}
    }
}
