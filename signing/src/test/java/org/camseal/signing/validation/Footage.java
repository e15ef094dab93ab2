package org.camseal.signing.validation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.peers.Peer;
import org.camseal.signing.Letters;
import org.camseal.signing.ReferenceStreams;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningKey;

/** Four groups of pictures of real encoders: a camera's, where its files are at hand, and those of x264 and x265. */
enum Footage {
    CAMERA_H264("test_h264.mp4"),
    CAMERA_H265("test_h265.mp4"),
    X264("libx264"),
    X265("libx265");

    static final int GROUPS = 4;

    private static final int GROUP_PICTURES = 25;
    private static final Pattern IN_GROUP = Pattern.compile("P(\\d)\\.(\\d+)");
    private static final Map<Footage, List<NalUnit>> READ = new ConcurrentHashMap<>();

    private final String source;

    Footage(String source) {
        this.source = source;
    }

    /** All NAL units in order, the parameter sets in front of each key picture. */
    List<NalUnit> nalUnits() throws Exception {
        List<NalUnit> known = READ.get(this);
        if (known == null) {
            known = source.endsWith(".mp4")
                    ? read(ReferenceStreams.directory()
                            .resolve("../reference-repo")
                            .resolve(source))
                    : encoded();
            READ.put(this, known);
        }
        return known;
    }

    /** The same, signed. */
    List<NalUnit> signed(SignerSettings settings, SigningKey key) throws Exception {
        return Letters.sign(settings, key, Letters.pictures(nalUnits()));
    }

    private List<NalUnit> encoded() throws Exception {
        Peer.FFMPEG.require();
        Path directory = Files.createTempDirectory("camseal-footage-");
        Path film = directory.resolve("film.mp4");
        String settings = "keyint=" + GROUP_PICTURES + ":min-keyint=" + GROUP_PICTURES + ":scenecut=0:bframes=2"
                + ":open-gop=0:slices=2";
        Peer.runIn(
                directory,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=320x192:rate=25:duration=4",
                        "-c:v",
                        source,
                        "-preset",
                        "ultrafast",
                        "-pix_fmt",
                        "yuv420p",
                        this == X265 ? "-x265-params" : "-x264-params",
                        this == X265 ? settings + ":log-level=none" : settings,
                        film.toString()));
        List<NalUnit> nalUnits = read(film);
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        return nalUnits;
    }

    private static List<NalUnit> read(Path file) throws Exception {
        List<NalUnit> all = new ArrayList<>();
        try (UnitReader reader = Mp4Reader.open(file)) {
            VideoFormat format = (VideoFormat) reader.tracks().getFirst().format();
            int groups = 0;
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (!(unit instanceof VideoUnit video)) {
                    continue;
                }
                groups += video.isKey() ? 1 : 0;
                if (groups > GROUPS) {
                    break;
                }
                if (video.isKey()) {
                    all.addAll(format.parameterSets());
                }
                video.nalUnits().stream().filter(nal -> !nal.isParameterSet()).forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** A script of {@link Tampering} with {@code P2.5}, the fifth picture behind the second key picture, by its number in the stream. */
    static String script(List<NalUnit> signed, String template) {
        String letters = Letters.of(signed);
        return IN_GROUP.matcher(template).replaceAll(match -> {
            String before = letters.substring(0, keyPicture(letters, Integer.parseInt(match.group(1))));
            long number = before.chars().filter(letter -> letter == 'P').count() + Long.parseLong(match.group(2));
            return Matcher.quoteReplacement("P" + number);
        });
    }

    /** Where a group of pictures begins in a stream, with its parameter sets; numbered from 1. */
    static int start(List<NalUnit> signed, int group) {
        int at = keyPicture(Letters.of(signed), group);
        while (at > 0 && signed.get(at - 1).isParameterSet()) {
            at--;
        }
        return at;
    }

    private static int keyPicture(String letters, int number) {
        int at = -1;
        for (int i = 0; i < number; i++) {
            at = letters.indexOf('I', at + 1);
        }
        if (at < 0) {
            throw new IllegalArgumentException("no group " + number + " in " + letters);
        }
        return at;
    }
}
