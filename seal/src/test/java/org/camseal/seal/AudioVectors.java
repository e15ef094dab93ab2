package org.camseal.seal;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.SignedManifest;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;

/** Sound beside the pictures of the small H.264 clip, good and bad, made of names (vectors/README.md). */
final class AudioVectors {
    static final int TRACK = 2;
    static final int SAMPLES = 1_024;

    private static final int RATE = 8_000;
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");
    private static final Duration PICTURE = Duration.ofMillis(400);

    private final Map<String, VectorFile> all = new LinkedHashMap<>();
    private final KeyPair recipient = KnownKeys.ec("recipient");

    static Map<String, VectorFile> all() throws Exception {
        AudioVectors vectors = new AudioVectors();
        vectors.add("audio-aac", Codec.AAC, SuiteChoice.AES_256_GCM);
        vectors.add("audio-opus", Codec.OPUS, SuiteChoice.CHACHA20_POLY1305);
        vectors.add("audio-g711", Codec.PCMA, SuiteChoice.AES_256_GCM);
        vectors.bad();
        return vectors.all;
    }

    static Track track(Codec codec) {
        return new Track(TRACK, new AudioFormat(codec, RATE, 1, new byte[0]));
    }

    /** A frame behind the picture of a number, 1 for the first. */
    static AudioUnit unit(int picture, byte[] frame) {
        Duration time = PICTURE.multipliedBy(picture - 1L).plusMillis(1);
        return new AudioUnit(
                TRACK,
                frame,
                new MediaTime(time.toMillis() * RATE / 1_000, RATE),
                SAMPLES,
                TestCamera.START.plus(time));
    }

    private void add(String name, Codec codec, SuiteChoice suite) throws Exception {
        Clips clip = Clips.small(Codec.H264);
        List<Track> tracks = List.of(clip.tracks().getFirst(), track(codec));
        SealerSettings settings = SealerSettings.of(STREAM, List.of(Recipient.of(recipient.getPublic())))
                .withSuite(suite)
                .withEpochLength(Duration.ofSeconds(1));
        DeterministicRandom random = new DeterministicRandom(name + " frames");
        List<NalUnit> nalUnits = new ArrayList<>();
        List<String> clear = new ArrayList<>();
        List<String> sealed = new ArrayList<>();
        int listed = 0;
        try (Sealer sealer = new Sealer(
                SealerTracks.of(tracks), settings, KnownKeys.mediaKey("CAM-0001"), KnownKeys.entropy(name))) {
            for (int picture = 1; picture <= clip.units().size(); picture++) {
                VideoUnit next = Clips.at(clip.units().get(picture - 1), PICTURE.multipliedBy(picture - 1L));
                VideoUnit video = (VideoUnit) sealer.seal(next).unit();
                nalUnits.addAll(video.nalUnits());
                listed += listed(video);
                for (int i = 0; i < 2; i++) {
                    byte[] frame = frame(codec, 2 * picture + i, random);
                    AccessUnit unit = sealer.seal(unit(picture, frame)).unit();
                    clear.add(Hex.text(frame));
                    sealed.add(picture + ":" + Hex.text(((AudioUnit) unit).frame()));
                }
            }
        }
        all.put(
                name,
                new VectorFile()
                        .with("expect", "opens")
                        .with("comment", suite + ", two epochs; pictures open to clips/h264.txt")
                        .with("codec", Codec.H264.name())
                        .with("clip", "clips/" + Codec.H264.name().toLowerCase(Locale.ROOT) + ".txt")
                        .with("recipient key", recipient.getPrivate().getEncoded())
                        .with("audio codec", codec.name())
                        .with("audio", String.join(" ", sealed))
                        .with("audio clear", String.join(" ", clear))
                        .with("audio listed", Integer.toString(listed))
                        .body(AnnexB.join(nalUnits)));
    }

    /** Frames of sound that the picture's manifest lists. */
    private static int listed(VideoUnit video) throws Exception {
        int listed = 0;
        for (NalUnit nal : video.nalUnits()) {
            Optional<SealedSei> sei = SealedSei.find(nal);
            if (sei.isPresent() && sei.get().kind() == SealedSei.Kind.MANIFEST) {
                listed += SignedManifest.parse(sei.get().body()).manifest().tracks().stream()
                        .filter(coverage -> coverage.track() == SealedTrack.AUDIO)
                        .mapToInt(coverage -> coverage.count())
                        .sum();
            }
        }
        return listed;
    }

    private static byte[] frame(Codec codec, int length, DeterministicRandom random) {
        byte[] frame = new byte[length + 2];
        random.nextBytes(frame);
        if (codec == Codec.OPUS) {
            // Code 0, one frame; every other one code 3, with a frame count byte.
            frame[0] = (byte) (length % 2 == 0 ? 0x78 : 0x7b);
            frame[1] = 2;
        }
        return frame;
    }

    private void bad() {
        change("audio-aac", "bulk", "one bit of the last frame", last -> flip(last, 3));
        change("audio-aac", "prefix", "the last frame's first byte, which AAC does not need", last -> flip(last, 0));
        change("audio-aac", "tag", "one bit of the last frame's tag", last -> flip(last, last.length - 2));
        change("audio-opus", "prefix", "the last frame's TOC byte", last -> flip(last, 0));
        change("audio-opus", "counter", "the last frame's n", last -> flip(last, last.length - 50));
        change("audio-g711", "share", "one bit of the last frame's S", last -> flip(last, last.length - 30));
        change("audio-g711", "clear", "the last frame in clear", last -> new byte[160]);
    }

    private void change(String good, String name, String comment, UnaryOperator<byte[]> change) {
        VectorFile file = Optional.ofNullable(all.get(good))
                .orElseThrow()
                .copyWithout("audio clear", "audio listed")
                .with("expect", "refused")
                .with("comment", comment);
        String audio = file.get("audio");
        int colon = audio.lastIndexOf(':') + 1;
        String changed = Hex.text(change.apply(Hex.bytes(audio.substring(colon))));
        all.put(good + "-bad-" + name, file.with("audio", audio.substring(0, colon) + changed));
    }

    private static byte[] flip(byte[] bytes, int index) {
        byte[] changed = bytes.clone();
        changed[index] ^= 1;
        return changed;
    }
}
