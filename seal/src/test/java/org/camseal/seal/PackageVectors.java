package org.camseal.seal;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/** Single packages, good and bad, made of names (vectors/README.md). */
final class PackageVectors {
    private static final String LONGEST_CAMERA = "Kamera-Süd-Ⅳ-" + "0123456789".repeat(4) + "-ABCDEF";

    private final Map<String, VectorFile> all = new LinkedHashMap<>();

    /** What a package is made of, beside its bytes. */
    private record Made(String name, Suite suite, StreamId stream, int track, PackageKind kind, long counter) {}

    static Map<String, VectorFile> all() throws SealException {
        PackageVectors vectors = new PackageVectors();
        vectors.good();
        vectors.bad();
        return vectors.all;
    }

    private void good() throws SealException {
        StreamId main = new StreamId("CAM-0001", "main");
        Suite aes = Suite.AES_256_GCM;
        Suite chacha = Suite.CHACHA20_POLY1305;
        add(new Made("package-aes-slice", aes, main, 1, PackageKind.SLICE, 0), "6588804020", counting(100));
        add(new Made("package-chacha-slice", chacha, main, 1, PackageKind.SLICE, 1), "6588804020", counting(100));
        add(
                new Made("package-aes-sei", aes, main, 1, PackageKind.OTHER_NAL_UNIT, 2),
                "06",
                Hex.bytes("0605021234" + "80"));
        add(
                new Made("package-chacha-suffix-sei", chacha, main, 1, PackageKind.OTHER_NAL_UNIT, 3),
                "5001",
                Hex.bytes("500184010280"));
        add(new Made("package-aes-aac", aes, main, 2, PackageKind.AUDIO_FRAME, 0), "e0", Hex.bytes("211000000000"));
        add(new Made("package-chacha-opus", chacha, main, 2, PackageKind.AUDIO_FRAME, 1), "7b02", counting(31));
        add(new Made("package-aes-g711", aes, main, 2, PackageKind.AUDIO_FRAME, 2), "", counting(160));
        add(new Made("package-aes-empty", aes, main, 2, PackageKind.AUDIO_FRAME, 3), "78", new byte[0]);
        add(new Made("package-aes-lanes", aes, main, 1, PackageKind.SLICE, 4), "41", counting(16));
        add(new Made("package-aes-large-n", aes, main, 1, PackageKind.SLICE, 66_051), "419a24", counting(33));
        StreamId longest = new StreamId(LONGEST_CAMERA, "s".repeat(32));
        add(new Made("package-chacha-long-names", chacha, longest, 1, PackageKind.SLICE, 5), "0201d0", counting(1_000));
    }

    private void add(Made made, String clear, byte[] payload) throws SealException {
        SecureRandom random = new DeterministicRandom(made.name());
        EpochId epoch = new EpochId(RunId.random(random), 7);
        EpochKey key = EpochKey.generate(made.stream(), epoch, random);
        PackageCipher cipher = new PackageCipher(key, made.track(), random);
        Binding binding = new Binding(made.kind(), Span.of(Hex.bytes(clear)));
        while (cipher.nextCounter() < made.counter()) {
            cipher.seal(made.suite(), binding, Span.of(new byte[0]), Span.of(new byte[PackageCipher.TRAILER_BYTES]));
        }
        byte[] sealed = new byte[payload.length + PackageCipher.TRAILER_BYTES];
        cipher.seal(made.suite(), binding, Span.of(payload), Span.of(sealed));
        all.put(
                made.name(),
                new VectorFile()
                        .with("expect", "opens")
                        .with("comment", made.suite() + ", " + made.kind() + ", " + payload.length + " bytes")
                        .with("camera", made.stream().camera())
                        .with("stream", made.stream().stream())
                        .with("run", epoch.run().bytes())
                        .with("epoch", Long.toString(epoch.number()))
                        .with("track", Integer.toString(made.track()))
                        .with("kind", Integer.toString(made.kind().id()))
                        .with("epoch key", key.secret())
                        .with("commitment", key.commitment().bytes())
                        .with("share key", key.shareKey(made.track()))
                        .with("clear", clear)
                        .with("payload", payload)
                        .body(sealed));
    }

    private void bad() {
        for (String suite : new String[] {"aes", "chacha"}) {
            String good = "package-" + suite + "-slice";
            change(good, "bulk-first", "one bit of the first byte of C", flip(0));
            change(good, "bulk-last", "one bit of the last byte of C", flip(99));
            change(good, "counter", "another n", flip(103));
            change(good, "share", "one bit of S", flip(120));
            change(good, "tag", "one bit of T", flip(151));
            change(good, "suite", "the other suite", body -> with(body, 152, 3 ^ body[152]));
            change(good, "suite-unknown", "suite 3", body -> with(body, 152, 3));
            change(good, "suite-zero", "suite 0", body -> with(body, 152, 0));
            change(good, "front-lost", "the first byte of C is missing", body -> Arrays.copyOfRange(body, 1, 153));
            change(good, "lanes-swapped", "two lanes of 32 bytes changed places: the fold is the same", this::swapped);
            change(good, "too-short", "52 bytes", body -> Arrays.copyOfRange(body, 101, 153));
            describe(good, "camera", "CAM-0002");
            describe(good, "stream", "sub");
            describe(good, "run", "0000000000000000");
            describe(good, "epoch", "8");
            describe(good, "track", "2");
            describe(good, "kind", "3");
            describe(good, "clear", "6588804021");
            describe(good, "epoch key", "00".repeat(32));
        }
    }

    private static UnaryOperator<byte[]> flip(int index) {
        return body -> with(body, index, body[index] ^ 1);
    }

    private static byte[] with(byte[] body, int index, int value) {
        byte[] changed = body.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private byte[] swapped(byte[] body) {
        byte[] changed = body.clone();
        System.arraycopy(body, 0, changed, 32, 32);
        System.arraycopy(body, 32, changed, 0, 32);
        return changed;
    }

    private void change(String good, String name, String comment, UnaryOperator<byte[]> change) {
        VectorFile file = refused(good, comment);
        all.put(good + "-bad-" + name, file.body(change.apply(file.body())));
    }

    private void describe(String good, String header, String other) {
        VectorFile file = refused(good, "said to be of another " + header);
        all.put(good + "-bad-" + header.replace(' ', '-') + "-said", file.with(header, other));
    }

    private VectorFile refused(String good, String comment) {
        return Optional.ofNullable(all.get(good))
                .orElseThrow()
                .copyWithout("payload", "share key", "commitment")
                .with("expect", "refused")
                .with("comment", comment);
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
