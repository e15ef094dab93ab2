package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vectors of packages, grants and sealed streams: made here, compared with the files, and opened from the files. With
 * -Dcamseal.vectors=write the files are written anew.
 */
class VectorTest {
    private static final Path DIRECTORY = VectorFile.directory().resolve("seal");

    @TempDir
    Path directory;

    private static Map<String, VectorFile> made() throws Exception {
        Map<String, VectorFile> all = new LinkedHashMap<>(PackageVectors.all());
        all.putAll(GrantVectors.all());
        all.putAll(StreamVectors.all());
        return all;
    }

    @Test
    void filesAreWhatTheCodeMakes() throws Exception {
        Map<String, VectorFile> made = made();
        for (Map.Entry<String, VectorFile> entry : made.entrySet()) {
            Path file = DIRECTORY.resolve(entry.getKey() + ".txt");
            if ("write".equals(System.getProperty("camseal.vectors"))) {
                Files.writeString(file, entry.getValue().text());
            }
            assertThat(file).content().isEqualTo(entry.getValue().text());
        }
        for (Path file : files("package-", "grants-", "stream-")) {
            assertThat(made).containsKey(name(file));
        }
    }

    @Test
    void packagesMeetTheirExpectation() throws Exception {
        int opened = 0;
        for (Path file : files("package-")) {
            VectorFile vector = VectorFile.read(file);
            Optional<byte[]> payload = openPackage(vector);
            assertThat(payload.isPresent()).as(name(file)).isEqualTo(isGood(vector));
            if (payload.isPresent()) {
                assertThat(payload.get()).as(name(file)).isEqualTo(vector.bytes("payload"));
                opened++;
            }
        }
        assertThat(opened).isEqualTo(11);
    }

    private static Optional<byte[]> openPackage(VectorFile vector) {
        EpochId epoch = new EpochId(RunId.of(vector.bytes("run")), Long.parseLong(vector.get("epoch")));
        EpochKey key =
                EpochKey.of(new StreamId(vector.get("camera"), vector.get("stream")), epoch, vector.bytes("epoch key"));
        int track = Integer.parseInt(vector.get("track"));
        vector.find("commitment")
                .ifPresent(commitment -> assertThat(key.commitment().toString()).isEqualTo(commitment));
        byte[] sealed = vector.body();
        if (sealed.length < PackageCipher.TRAILER_BYTES) {
            return Optional.empty();
        }
        PackageKind kind = Stream.of(PackageKind.values())
                .filter(one -> vector.get("kind").equals(Integer.toString(one.id())))
                .findFirst()
                .orElseThrow();
        byte[] out = new byte[sealed.length - PackageCipher.TRAILER_BYTES];
        boolean opened = new PackageCipher(key, track, new DeterministicRandom("unused"))
                .open(new Binding(kind, Span.of(vector.bytes("clear"))), Span.of(sealed), Span.of(out));
        return opened ? Optional.of(out) : Optional.empty();
    }

    @Test
    void grantsMeetTheirExpectation() throws Exception {
        int opened = 0;
        for (Path file : files("grants-")) {
            VectorFile vector = VectorFile.read(file);
            Optional<EpochKey> key = openGrants(vector);
            assertThat(key.isPresent()).as(name(file)).isEqualTo(isGood(vector));
            if (key.isPresent()) {
                assertThat(key.get().secret()).isEqualTo(vector.bytes("epoch key"));
                opened++;
            }
        }
        assertThat(opened).isEqualTo(4);
    }

    private static Optional<EpochKey> openGrants(VectorFile vector) throws Exception {
        try {
            Grants grants = Grants.parse(vector.body());
            assertThat(grants.encode()).isEqualTo(vector.body());
            StreamId stream = new StreamId(vector.get("camera"), vector.get("stream"));
            return grants.open(stream, List.of(recipient(vector)));
        } catch (SealException.MalformedGrants e) {
            return Optional.empty();
        }
    }

    private static RecipientKey recipient(VectorFile vector) throws Exception {
        KeyPair pair = KnownKeys.parse(vector.bytes("recipient key"));
        return RecipientKey.of(pair.getPrivate(), pair.getPublic());
    }

    @Test
    void streamsMeetTheirExpectation() throws Exception {
        int opened = 0;
        for (Path file : files("stream-")) {
            VectorFile vector = VectorFile.read(file);
            Codec codec = Codec.valueOf(vector.get("codec"));
            Clips sealed = Clips.read(codec, vector.body());
            Opener opener = new Opener(sealed.tracks(), List.of(recipient(vector)), signer -> true);
            List<AccessUnit> units = new ArrayList<>();
            for (AccessUnit unit : sealed.units()) {
                if (opener.open(unit) instanceof Opening.Opened(AccessUnit clear)) {
                    units.add(clear);
                }
            }
            assertThat(units.size() == sealed.units().size()).as(name(file)).isEqualTo(isGood(vector));
            if (isGood(vector)) {
                assertThat(units).isEqualTo(Clips.small(codec).units());
                opened++;
            }
        }
        assertThat(opened).isEqualTo(4);
    }

    /** The second opener, written from the specification: opens all good vectors, refuses all bad ones. */
    @Test
    void nodeMeetsTheSameExpectations() throws Exception {
        Peer.NODE.require();
        String script = VectorFile.directory()
                .resolve("node/check.mjs")
                .toAbsolutePath()
                .toString();
        String printed = Peer.runIn(
                        directory,
                        List.of("node", script, DIRECTORY.toAbsolutePath().toString()))
                .out();
        int count = files("package-", "grants-", "stream-", "audio-").size();
        assertThat(printed).contains(count + " vectors as expected");
    }

    private static boolean isGood(VectorFile vector) {
        return vector.get("expect").equals("opens");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".txt", "");
    }

    private static List<Path> files(String... prefixes) throws IOException {
        try (Stream<Path> list = Files.list(DIRECTORY)) {
            return list.filter(file -> Stream.of(prefixes)
                            .anyMatch(prefix -> file.getFileName().toString().startsWith(prefix)))
                    .sorted()
                    .toList();
        }
    }
}
