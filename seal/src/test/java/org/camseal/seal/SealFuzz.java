package org.camseal.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;

/**
 * Entry points that take any bytes. The keys are those of the vectors, so good input opens; whatever opens is what was sealed, and all
 * else ends in a refusal.
 */
public final class SealFuzz {
    private static final Path VECTORS = VectorFile.directory().resolve("seal");
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");
    private static final List<Place> PLACES = places();
    private static final RecipientKey RECIPIENT = recipient();
    private static final Set<String> GRANTED = granted();
    private static final Map<Codec, Set<NalUnit>> CLEAR =
            Map.of(Codec.H264, clear(Codec.H264), Codec.H265, clear(Codec.H265));

    /** A good vector: where its package belongs, and the one package that opens there. */
    private record Place(PackageCipher cipher, Binding binding, VectorFile vector) {}

    private SealFuzz() {}

    /** A package under the key and binding of each good vector: only the vector itself opens, and to its payload. */
    public static void packages(byte[] input) {
        if (input.length < PackageCipher.TRAILER_BYTES) {
            return;
        }
        for (Place place : PLACES) {
            byte[] out = new byte[input.length - PackageCipher.TRAILER_BYTES];
            boolean opened = place.cipher().open(place.binding(), Span.of(input.clone()), Span.of(out));
            if (opened && !Arrays.equals(input, place.vector().body())) {
                throw new AssertionError("a package opens that was never sealed");
            }
            if (!Arrays.equals(out, opened ? place.vector().bytes("payload") : new byte[out.length])) {
                throw new AssertionError(opened ? "opened to something else" : "refused, yet there is output");
            }
        }
    }

    /** Grants: those that can be read are written again to the byte, and open to the key that was granted or not at all. */
    public static void grants(byte[] input) {
        try {
            Grants grants = Grants.parse(input);
            if (!Arrays.equals(grants.encode(), input)) {
                throw new AssertionError("what was read is written otherwise");
            }
            grants.open(STREAM, List.of(RECIPIENT)).ifPresent(SealFuzz::requireGranted);
        } catch (SealException.MalformedGrants e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        } catch (SealException.KeyFailed e) {
            throw new AssertionError("a key in memory cannot fail", e);
        }
    }

    private static void requireGranted(EpochKey opened) {
        if (!GRANTED.contains(Hex.text(opened.secret()))) {
            throw new AssertionError("opened to a key that was never granted");
        }
    }

    /** A sealed byte stream of H.264 or H.265: what opens of it is of the clear clip. */
    public static void stream(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            try {
                stream(codec, Clips.read(codec, input));
            } catch (MediaException e) {
                // no pictures, so nothing to open
            } catch (IOException e) {
                throw new AssertionError("an array in memory cannot fail", e);
            }
        }
    }

    private static void stream(Codec codec, Clips sealed) {
        Set<NalUnit> clip = Objects.requireNonNull(CLEAR.get(codec));
        try (Opener opener = new Opener(sealed.tracks(), List.of(RECIPIENT), signer -> true)) {
            for (VideoUnit unit : sealed.units()) {
                if (opener.open(unit) instanceof Opening.Opened(AccessUnit clear)) {
                    requireOf(clip, (VideoUnit) clear);
                }
            }
        }
    }

    private static void requireOf(Set<NalUnit> clip, VideoUnit clear) {
        for (NalUnit nal : clear.nalUnits()) {
            if ((nal.isSlice() || nal.isSei()) && !clip.contains(nal)) {
                throw new AssertionError("opened to what was never sealed: " + nal);
            }
        }
    }

    /** The bodies of all vectors whose name begins so, good and bad. */
    public static List<byte[]> vectors(String prefix) {
        List<byte[]> bodies = new ArrayList<>();
        for (VectorFile file : files(prefix)) {
            bodies.add(file.body());
        }
        return bodies;
    }

    private static List<VectorFile> files(String prefix) {
        List<VectorFile> files = new ArrayList<>();
        Path beginning = VECTORS.resolve(prefix);
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(
                Objects.requireNonNull(beginning.getParent()), beginning.getFileName() + "*.txt")) {
            List<Path> sorted = new ArrayList<>();
            directory.forEach(sorted::add);
            sorted.sort(null);
            for (Path file : sorted) {
                files.add(VectorFile.read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static List<Place> places() {
        return files("package-").stream()
                .filter(vector -> vector.get("expect").equals("opens"))
                .map(SealFuzz::place)
                .toList();
    }

    private static Place place(VectorFile vector) {
        EpochId epoch = new EpochId(RunId.of(vector.bytes("run")), Long.parseLong(vector.get("epoch")));
        EpochKey key =
                EpochKey.of(new StreamId(vector.get("camera"), vector.get("stream")), epoch, vector.bytes("epoch key"));
        PackageKind kind = Stream.of(PackageKind.values())
                .filter(one -> vector.get("kind").equals(Integer.toString(one.id())))
                .findFirst()
                .orElseThrow();
        PackageCipher cipher = new PackageCipher(
                key, Integer.parseInt(vector.get("track")), new DeterministicRandom("not used for opening"));
        return new Place(cipher, new Binding(kind, Span.of(vector.bytes("clear"))), vector);
    }

    private static RecipientKey recipient() {
        try {
            KeyPair pair = KnownKeys.ec("recipient");
            return RecipientKey.of(pair.getPrivate(), pair.getPublic());
        } catch (SealException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The epoch keys of all good vectors, which the recipient was granted. */
    private static Set<String> granted() {
        Set<String> keys = new HashSet<>();
        List<byte[]> grants = new ArrayList<>(vectors("grants-hpke"));
        try {
            for (VectorFile vector : files("stream-")) {
                if (vector.get("expect").equals("opens")) {
                    for (NalUnit nal : AnnexB.split(Codec.valueOf(vector.get("codec")), vector.body())) {
                        SealedSei.find(nal)
                                .filter(sei -> sei.kind() == SealedSei.Kind.GRANTS)
                                .ifPresent(sei -> grants.add(sei.body()));
                    }
                }
            }
            for (byte[] one : grants) {
                keys.add(Hex.text(Grants.parse(one)
                        .open(STREAM, List.of(RECIPIENT))
                        .orElseThrow()
                        .secret()));
            }
        } catch (SealException | MediaException | ManifestException e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }

    private static Set<NalUnit> clear(Codec codec) {
        Set<NalUnit> clip = new HashSet<>();
        try {
            Clips.small(codec).units().forEach(unit -> clip.addAll(unit.nalUnits()));
        } catch (IOException | MediaException e) {
            throw new IllegalStateException(e);
        }
        return clip;
    }
}
