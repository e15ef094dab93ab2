package org.camseal.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.ffmpeg.CoderException;
import org.camseal.ffmpeg.DecodedPicture;
import org.camseal.ffmpeg.Decoder;
import org.camseal.ffmpeg.Picture;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;

/**
 * What a decoder makes of an opened clip, and of the same clip sealed.
 *
 * @param opened pictures decoded without damage
 * @param recognised pictures decoded from the sealed clip that resemble one of the opened clip
 */
record PictureComparison(int opened, int recognised) {
    private static final int MOST_PICTURES = 250;

    /** Thumbnails are compared: what an eye would recognise is still there at this size. */
    private static final int ACROSS = 64;

    private static final int DOWN = 36;

    /** Unrelated pictures of this size stay far below; the same scene coded twice is above 0.9. */
    private static final double RESEMBLANCE = 0.5;

    static PictureComparison of(Path opened, Path sealed) throws IOException, MediaException {
        List<double[]> clear = thumbnails(opened);
        int recognised = 0;
        for (double[] suspect : thumbnails(sealed)) {
            boolean resembles = false;
            for (double[] original : clear) {
                resembles |= Math.abs(correlation(suspect, original)) > RESEMBLANCE;
            }
            recognised += resembles ? 1 : 0;
        }
        return new PictureComparison(clear.size(), recognised);
    }

    private static List<double[]> thumbnails(Path file) throws IOException, MediaException {
        List<double[]> pictures = new ArrayList<>();
        try (UnitReader reader = Mp4Reader.open(file)) {
            VideoFormat format = reader.tracks().stream()
                    .map(track -> track.format())
                    .filter(VideoFormat.class::isInstance)
                    .map(VideoFormat.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new IOException("no video in " + file.getFileName()));
            try (Decoder decoder = Decoder.open(format)) {
                for (AccessUnit unit = reader.next();
                        unit != null && pictures.size() < MOST_PICTURES;
                        unit = reader.next()) {
                    if (unit instanceof VideoUnit video) {
                        decode(decoder, video, pictures);
                    }
                }
            }
        }
        return pictures;
    }

    private static void decode(Decoder decoder, VideoUnit unit, List<double[]> pictures) {
        try {
            for (DecodedPicture decoded : decoder.decode(unit)) {
                pictures.add(thumbnail(decoded.picture()));
            }
        } catch (CoderException undecodable) {
            return; // what a sealed unit is expected to be
        }
    }

    private static double[] thumbnail(Picture picture) {
        double[] luma = new double[ACROSS * DOWN];
        for (int y = 0; y < DOWN; y++) {
            for (int x = 0; x < ACROSS; x++) {
                luma[y * ACROSS + x] = picture.luma(x * picture.width() / ACROSS, y * picture.height() / DOWN);
            }
        }
        return luma;
    }

    /** Pearson's, -1 to 1; 0 where one picture is of one colour. */
    static double correlation(double[] first, double[] second) {
        double meanFirst = 0;
        double meanSecond = 0;
        for (int i = 0; i < first.length; i++) {
            meanFirst += first[i] / first.length;
            meanSecond += second[i] / second.length;
        }
        double both = 0;
        double squaresFirst = 0;
        double squaresSecond = 0;
        for (int i = 0; i < first.length; i++) {
            both += (first[i] - meanFirst) * (second[i] - meanSecond);
            squaresFirst += (first[i] - meanFirst) * (first[i] - meanFirst);
            squaresSecond += (second[i] - meanSecond) * (second[i] - meanSecond);
        }
        return squaresFirst == 0 || squaresSecond == 0 ? 0 : both / Math.sqrt(squaresFirst * squaresSecond);
    }
}
