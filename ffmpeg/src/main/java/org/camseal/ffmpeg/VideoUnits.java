package org.camseal.ffmpeg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.annexb.LengthPrefixed;
import org.camseal.media.headers.PictureFormat;
import org.jspecify.annotations.Nullable;

/** Pictures of one stream: NAL units exactly as stored, with decode times made up where the container has none. */
final class VideoUnits extends StreamUnits {
    /** Where nothing says how long a picture lasts: 25 a second. */
    private static final long GUESSED_TICKS = MediaTime.VIDEO_CLOCK_HZ / 25;

    private final Codec codec;
    private final NalConfiguration configuration;
    private final DecodeTimes decodeTimes = new DecodeTimes();
    private int width;
    private int height;
    private boolean known;
    private long lastPresentation = -GUESSED_TICKS;
    private long lastDecode = Long.MIN_VALUE;
    private long step = GUESSED_TICKS;

    VideoUnits(Codec codec, byte[] extradata, int width, int height) throws MediaException {
        this.codec = codec;
        this.configuration = NalConfiguration.parse(codec, extradata);
        this.width = width;
        this.height = height;
        for (NalUnit nal : configuration.parameterSets()) {
            learn(nal);
        }
    }

    @Override
    void look(Packet packet) throws MediaException {
        for (NalUnit nal : split(packet)) {
            learn(nal);
        }
    }

    private void learn(NalUnit nal) {
        if (!nal.isParameterSet()) {
            return;
        }
        known = true;
        if (width == 0 && nal.type() == (codec == Codec.H265 ? 33 : 7)) {
            try {
                PictureFormat pictures = PictureFormat.of(List.of(nal));
                width = pictures.width();
                height = pictures.height();
            } catch (MediaException e) {
                // A reader gives what is stored; who needs this parameter set will say what is wrong with it.
                width = 0;
            }
        }
    }

    @Override
    @Nullable
    VideoFormat format() {
        return known ? new VideoFormat(codec, width, height, configuration.parameterSets()) : null;
    }

    private List<NalUnit> split(Packet packet) throws MediaException {
        return configuration.lengthBytes() == 0
                ? AnnexB.split(codec, packet.bytes())
                : LengthPrefixed.split(codec, packet.bytes(), configuration.lengthBytes());
    }

    @Override
    @Nullable
    Pending accept(int track, Packet packet) throws MediaException {
        List<NalUnit> nals = new ArrayList<>(split(packet));
        if (nals.isEmpty()) {
            return null;
        }
        MediaTime shown = packet.presentationTime(MediaTime.VIDEO_CLOCK_HZ);
        MediaTime decoded = packet.decodeTime(MediaTime.VIDEO_CLOCK_HZ);
        boolean wanting = shown != null && decoded == null;
        if (shown == null) {
            shown = decoded != null ? decoded : MediaTime.video(lastPresentation + step);
        }
        if (shown.ticks() > lastPresentation) {
            step = Math.min(shown.ticks() - lastPresentation, MediaTime.VIDEO_CLOCK_HZ);
        }
        lastPresentation = shown.ticks();
        if (wanting) {
            decodeTimes.add(shown.ticks());
        }
        return new Picture(track, nals, shown, wanting ? null : decoded != null ? decoded : shown);
    }

    private final class Picture implements Pending {
        private final int track;
        private final List<NalUnit> nals;
        private final MediaTime shown;
        private final @Nullable MediaTime decoded;

        Picture(int track, List<NalUnit> nals, MediaTime shown, @Nullable MediaTime decoded) {
            this.track = track;
            this.nals = nals;
            this.shown = shown;
            this.decoded = decoded;
        }

        @Override
        public int sizeBytes() {
            int sum = 0;
            for (NalUnit nal : nals) {
                sum += nal.length();
            }
            return sum;
        }

        @Override
        public boolean ready() {
            return decoded != null || decodeTimes.ready();
        }

        @Override
        public MediaTime time() {
            return shown;
        }

        @Override
        public AccessUnit unit(Instant capturedAt) {
            long at = decoded != null ? decoded.ticks() : decodeTimes.next();
            // A broken file may go back in time; a track's decode times never do.
            lastDecode = Math.max(lastDecode, at);
            return new VideoUnit(track, nals, MediaTime.video(lastDecode), shown, capturedAt);
        }
    }
}
