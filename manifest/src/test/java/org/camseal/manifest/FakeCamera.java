package org.camseal.manifest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.manifest.TestKeys.EcKey;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * A sealed stream written in letters. Its packages hold random bytes instead of ciphertext: nobody without a key could tell.
 *
 * <ul>
 *   <li>K a key picture: delimiter, SPS, PPS, session certificate, manifest, slice
 *   <li>k the same without a session certificate
 *   <li>E a key picture that begins an epoch
 *   <li>N a key picture with other parameter sets
 *   <li>P a picture of one slice; S one of a sealed SEI and two slices
 *   <li>M a picture with a manifest; p one with another PPS and a manifest
 *   <li>A an audio frame
 *   <li>R a key picture that begins a new run, with a new session key
 *   <li>W as K, with a new session key in the same run
 * </ul>
 */
final class FakeCamera {
    static final Instant START = Instant.parse("2026-11-05T08:00:00Z");
    static final Duration PICTURE = Duration.ofMillis(40);
    static final StreamId STREAM = new StreamId("CS-0001", "main");

    private final StreamId stream;
    private final Codec codec;
    private final MediaKey mediaKey;
    private final Random random;
    private RunId run = RunId.of(new byte[RunId.LENGTH]);
    private SessionKey sessionKey = EcKey.named("none").toSessionKey();
    private ManifestRecorder recorder = new ManifestRecorder(STREAM, run, sessionKey);
    private CommittedEpoch epoch = new CommittedEpoch(1, Commitment.of(new byte[32]));
    private long videoN;
    private long audioN;
    private int pictures;
    private int sessions;
    private int parameterSetId;
    private Instant clock = START;
    private List<NalUnit> parameterSets = List.of();
    private SessionCertificate certificate;

    FakeCamera(StreamId stream, Codec codec) {
        this.stream = stream;
        this.codec = codec;
        this.mediaKey = TestKeys.mediaKey(stream.camera());
        this.random = new Random(stream.hashCode());
        newParameterSets();
        this.certificate = restart();
    }

    /** The camera of most tests: H.264 and AAC. */
    static FakeCamera h264() {
        return new FakeCamera(STREAM, Codec.H264);
    }

    static FakeCamera h265() {
        return new FakeCamera(STREAM, Codec.H265);
    }

    /** Sets the camera's clock. */
    FakeCamera at(Instant time) {
        clock = time;
        return this;
    }

    List<Track> tracks() {
        return List.of(
                new Track(1, new VideoFormat(codec, 16, 16, List.of())),
                new Track(2, new AudioFormat(Codec.AAC, 48_000, 1, new byte[] {0x11, (byte) 0x88})));
    }

    SessionCertificate restart() {
        run = RunId.random(random);
        epoch = new CommittedEpoch(1, Commitment.of(bytes(32)));
        videoN = 0;
        audioN = 0;
        SessionCertificate issued = newSession();
        recorder = new ManifestRecorder(stream, run, sessionKey);
        parameterSets.forEach(recorder::parameterSet);
        return issued;
    }

    private SessionCertificate newSession() {
        sessions++;
        sessionKey = EcKey.named(stream + " session " + sessions).toSessionKey();
        try {
            certificate = SessionCertificate.issue(
                    stream.camera(),
                    run,
                    sessionKey,
                    mediaKey,
                    new SessionCertificate.Validity(clock.minusSeconds(60), clock.plusSeconds(86_400)));
            return certificate;
        } catch (ManifestException e) {
            throw new IllegalStateException(e);
        }
    }

    SessionCertificate certificate() {
        return certificate;
    }

    /** The next units of the stream; blanks are only for the reader. */
    List<AccessUnit> film(String letters) {
        List<AccessUnit> units = new ArrayList<>();
        for (char letter : letters.replace(" ", "").toCharArray()) {
            units.add(letter == 'A' ? audio() : picture(letter));
        }
        return units;
    }

    private AccessUnit picture(char letter) {
        List<NalUnit> nals = new ArrayList<>();
        boolean isKey = "KkENRW".indexOf(letter) >= 0;
        nals.add(nal(codec == Codec.H265 ? 35 : 9, new byte[] {(byte) 0xf0}));
        if (letter == 'R') {
            restart();
        }
        if (letter == 'W') {
            newSession();
            recorder.renewKey(sessionKey);
        }
        if (letter == 'N' || letter == 'p') {
            newParameterSets();
        }
        if (isKey || letter == 'p') {
            nals.addAll(parameterSets);
            parameterSets.forEach(recorder::parameterSet);
        }
        if (isKey && letter != 'k') {
            nals.add(certificate.toNalUnit(codec));
            nals.add(SealedSei.of(SealedSei.Kind.GRANTS, bytes(30)).toNalUnit(codec));
        }
        boolean isDue = recorder.beginPicture(clock);
        if (isKey || letter == 'M' || isDue) {
            boolean isNewEpoch = letter == 'E';
            if (isNewEpoch) {
                epoch = new CommittedEpoch(epoch.number() + 1, Commitment.of(bytes(32)));
                videoN = 0;
                audioN = 0;
            }
            nals.add(recorder.close(clock, epoch).toNalUnit(codec));
        }
        if (letter == 'S') {
            nals.add(add(SealedSei.of(SealedSei.Kind.PACKAGE, packageBytes(videoN, new byte[0]))
                    .toNalUnit(codec)));
            nals.add(slice(isKey));
        }
        nals.add(slice(isKey));
        MediaTime time = MediaTime.video(3600L * pictures++);
        AccessUnit unit = new VideoUnit(1, nals, time, time, clock);
        clock = clock.plus(PICTURE);
        return unit;
    }

    private NalUnit slice(boolean isKey) {
        byte[] header = codec == Codec.H265
                ? new byte[] {(byte) (isKey ? 19 << 1 : 1 << 1), 1, (byte) 0x80}
                : new byte[] {(byte) (isKey ? 0x65 : 0x41), (byte) 0x88, (byte) 0x80};
        return add(NalUnit.of(codec, EmulationPrevention.escape(packageBytes(videoN, header))));
    }

    private NalUnit add(NalUnit nal) {
        recorder.add(SealedTrack.VIDEO, videoN, nal.bytes());
        videoN++;
        return nal;
    }

    private AccessUnit audio() {
        byte[] frame = packageBytes(audioN, new byte[] {(byte) 0xe0});
        recorder.add(SealedTrack.AUDIO, audioN, frame);
        audioN++;
        return new AudioUnit(2, frame, new MediaTime(1_920L * pictures, 48_000), 1024, clock);
    }

    /** Clear bytes, then what looks like ciphertext, then a trailer. */
    private byte[] packageBytes(long n, byte[] clear) {
        byte[] ciphertext = bytes(20 + random.nextInt(20));
        PackageTrailer trailer = new PackageTrailer(n, bytes(32), bytes(16), Suite.AES_256_GCM);
        return ByteBuffer.allocate(clear.length + ciphertext.length + PackageTrailer.LENGTH)
                .put(clear)
                .put(ciphertext)
                .put(trailer.bytes())
                .array();
    }

    private byte[] bytes(int length) {
        byte[] value = new byte[length];
        random.nextBytes(value);
        return value;
    }

    /** SPS and PPS of the same ids as before, but of other content. */
    private void newParameterSets() {
        parameterSetId++;
        byte other = (byte) parameterSetId;
        parameterSets = codec == Codec.H265
                ? List.of(
                        nal(32, new byte[] {0x0c, 0x01, other, (byte) 0x80}),
                        nal(33, sps265(other)),
                        nal(34, new byte[] {(byte) 0xc0, other, (byte) 0x80}))
                : List.of(
                        nal(7, new byte[] {0x42, (byte) 0xc0, 0x1e, (byte) 0xda, other, (byte) 0x80}),
                        nal(8, new byte[] {(byte) 0xce, other, (byte) 0x80}));
    }

    private static byte[] sps265(byte other) {
        byte[] sps = new byte[1 + 12 + 3];
        java.util.Arrays.fill(sps, (byte) 0x11);
        sps[0] = 0x01;
        sps[13] = (byte) 0x80;
        sps[14] = other;
        sps[15] = (byte) 0x80;
        return sps;
    }

    private NalUnit nal(int type, byte[] rest) {
        byte[] header = codec == Codec.H265
                ? new byte[] {(byte) (type << 1), 1}
                : new byte[] {(byte) (type == 9 ? 9 : 0x60 | type)};
        byte[] rbsp = new byte[header.length + rest.length];
        System.arraycopy(header, 0, rbsp, 0, header.length);
        System.arraycopy(rest, 0, rbsp, header.length, rest.length);
        return NalUnit.of(codec, EmulationPrevention.escape(rbsp));
    }
}
