package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.authority.AuthorityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransparencyLogTest {
    @TempDir
    private Path directory;

    private static TransparencyLog open(Path directory, LogWorld.Register register) throws AuthorityException {
        return TransparencyLog.open(directory, register, LogWorld.KEYS);
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    @Test
    void growsFromCheckpointToCheckpointAndProvesIt() throws AuthorityException {
        List<byte[]> leaves = LogWorld.cameras(0, 530);
        LogWorld.Register register = new LogWorld.Register(leaves.subList(0, 250));
        try (TransparencyLog log = open(directory, register)) {
            assertThat(log.publish()).isTrue();
            assertThat(log.publish()).as("not grown").isFalse();
            Checkpoint first = log.head().orElseThrow();
            register.list.addAll(leaves.subList(250, 530));
            assertThat(log.publish()).isTrue();
            Checkpoint second = log.head().orElseThrow();
            assertThat(second.size()).isEqualTo(530);
            assertThat(log.consistency(250).proves(first.root(), second.root())).isTrue();
            assertThat(log.consistency(250).proves(second.root(), second.root()))
                    .isFalse();
            for (int i : new int[] {0, 249, 256, 511, 529}) {
                TreeHash leaf = TreeHash.leaf(leaves.get(i));
                assertThat(log.inclusion(i).proves(leaf, second.root())).isTrue();
                assertThat(log.inclusion((i + 1) % 530).proves(leaf, second.root()))
                        .isFalse();
            }
        }
    }

    @Test
    void anEmptyLogHasACheckpointToo() throws AuthorityException {
        try (TransparencyLog log = open(directory, new LogWorld.Register(List.of()))) {
            assertThat(log.publish()).isTrue();
            assertThat(log.publish()).isFalse();
            assertThat(log.head().orElseThrow().root()).isEqualTo(TreeHash.EMPTY);
        }
        assertThat(LogWorld.check(LogSource.directory(directory), LogCheck.Settings.usual()))
                .isInstanceOf(LogVerdict.Sound.class);
    }

    @Test
    void goesOnAfterARestartWithTheSameTreeAsWithoutOne() throws AuthorityException, IOException {
        List<byte[]> leaves = LogWorld.cameras(0, 600);
        for (int size : new int[] {1, 255, 256, 257, 512, 600}) {
            try (TransparencyLog log = open(directory, new LogWorld.Register(leaves.subList(0, size)))) {
                assertThat(log.publish()).isTrue();
                TreeEdge edge = new TreeEdge();
                leaves.subList(0, size).forEach(leaf -> edge.append(TreeHash.leaf(leaf)));
                assertThat(log.head().orElseThrow().root()).isEqualTo(edge.root());
            }
        }
        assertThat(directory.resolve("tile/0/001")).hasSize(8192);
        assertThat(directory.resolve("tile/0/000.p"))
                .as("narrow tiles of a full one")
                .doesNotExist();
        assertThat(directory.resolve("tile/entries/002.p/88")).exists();
        assertThat(directory.resolve("tile/1/000.p/2")).hasSize(64);
        assertThat(LogWorld.check(LogSource.directory(directory), LogCheck.Settings.usual()))
                .isInstanceOf(LogVerdict.Sound.class);
    }

    /** The power goes after the signature was kept and before it was shown; meanwhile the register grew. */
    @Test
    void whatWasSignedIsPublishedAndNoOtherTreeOfItsSize() throws AuthorityException, IOException {
        List<byte[]> leaves = LogWorld.cameras(0, 30);
        LogWorld.published(directory, leaves.subList(0, 10), LogWorld.KEYS);
        byte[] shownBefore = file("checkpoint");
        LogWorld.published(directory, leaves.subList(0, 20), LogWorld.KEYS);
        byte[] signed = file("signed");
        Files.write(directory.resolve("checkpoint"), shownBefore);
        try (TransparencyLog log = open(directory, new LogWorld.Register(leaves))) {
            assertThat(file("checkpoint")).as("before anything new is signed").isEqualTo(signed);
            assertThat(log.head().orElseThrow().size()).isEqualTo(20);
        }
    }

    @Test
    void aRegisterThatLostLeavesStopsTheLog() throws AuthorityException, IOException {
        List<byte[]> leaves = LogWorld.cameras(0, 30);
        LogWorld.published(directory, leaves, LogWorld.KEYS);
        byte[] shown = file("checkpoint");
        assertThatThrownBy(() -> open(directory, new LogWorld.Register(leaves.subList(0, 29))))
                .isInstanceOf(AuthorityException.Log.class)
                .hasMessageContaining("29 log leaves, but a checkpoint of 30");
        LogWorld.Register register = new LogWorld.Register(leaves);
        try (TransparencyLog log = open(directory, register)) {
            register.list.removeLast();
            assertThatThrownBy(log::publish).isInstanceOf(AuthorityException.Log.class);
        }
        assertThat(file("checkpoint")).isEqualTo(shown);
        Files.delete(directory.resolve("signed")); // the checkpoint alone is enough to know
        assertThatThrownBy(() -> open(directory, new LogWorld.Register(leaves.subList(0, 29))))
                .isInstanceOf(AuthorityException.Log.class);
    }

    @Test
    void aRegisterThatChangedALeafStopsTheLog() throws AuthorityException {
        List<byte[]> leaves = LogWorld.cameras(0, 40);
        LogWorld.published(directory, leaves.subList(0, 30), LogWorld.KEYS);
        LogWorld.Register register = new LogWorld.Register(leaves);
        register.list.set(7, leaves.get(8));
        try (TransparencyLog log = open(directory, register)) {
            assertThatThrownBy(log::publish)
                    .isInstanceOf(AuthorityException.Log.class)
                    .hasMessageContaining("log leaf 7 ");
            register.list.set(7, leaves.get(7));
            assertThat(log.publish()).as("the right leaf again").isTrue();
        }
    }

    @Test
    void tilesThatAreLostAreMadeAgainIfTheRegisterIsTheSame() throws AuthorityException, IOException {
        List<byte[]> leaves = LogWorld.cameras(0, 300);
        LogWorld.published(directory, leaves, LogWorld.KEYS);
        deleteTiles();
        LogWorld.Register changed = new LogWorld.Register(leaves);
        changed.list.set(100, leaves.get(0));
        assertThatThrownBy(() -> open(directory, changed))
                .isInstanceOf(AuthorityException.Log.class)
                .hasMessageContaining("do not have the root that was signed");
        deleteTiles();
        open(directory, new LogWorld.Register(leaves)).close();
        assertThat(LogWorld.check(LogSource.directory(directory), LogCheck.Settings.usual()))
                .isInstanceOf(LogVerdict.Sound.class);
    }

    @Test
    void aBundleThatIsLostIsMadeAgainWhenAsked() throws AuthorityException, IOException {
        List<byte[]> leaves = LogWorld.cameras(0, 300);
        LogWorld.published(directory, leaves, LogWorld.KEYS);
        Files.delete(directory.resolve("tile/entries/000"));
        assertThat(LogWorld.check(LogSource.directory(directory), LogCheck.Settings.usual()))
                .isInstanceOfSatisfying(
                        LogVerdict.Broken.class,
                        broken -> assertThat(broken.fault()).isEqualTo(LogFault.MISSING));
        try (TransparencyLog log = open(directory, new LogWorld.Register(leaves))) {
            log.rebuild();
        }
        assertThat(LogWorld.check(LogSource.directory(directory), LogCheck.Settings.usual()))
                .isInstanceOf(LogVerdict.Sound.class);
    }

    @Test
    void oneWriterAtATimeAndOnlyWithItsKeys() throws AuthorityException {
        LogWorld.Register register = new LogWorld.Register(LogWorld.cameras(0, 3));
        try (TransparencyLog log = open(directory, register)) {
            log.publish();
            assertThatThrownBy(() -> open(directory, register))
                    .isInstanceOf(AuthorityException.Store.class)
                    .hasMessageContaining("in use by another program");
        }
        LogKeys others = LogKeys.generate(LogWorld.KEYS.origin(), LogWorld.RANDOM);
        assertThatThrownBy(() -> TransparencyLog.open(directory, register, others))
                .isInstanceOf(AuthorityException.Log.class)
                .hasMessageContaining("is not this log's");
        open(directory, register).close();
    }

    @Test
    void keysAreKeptInAFileOfTheirOwnerAndTellNothing() throws AuthorityException, IOException {
        Path file = directory.resolve("log.key");
        LogKeys made = LogKeys.create(file, "log.example.com/cameras", LogWorld.RANDOM);
        assertThat(LogKeys.open(file, LogWorld.RANDOM).publicKey().text())
                .isEqualTo(made.publicKey().text());
        assertThatThrownBy(() -> LogKeys.create(file, "other", LogWorld.RANDOM)).hasMessageContaining("already");
        List<String> lines = Files.readAllLines(file);
        String secret = lines.getFirst().substring(lines.getFirst().lastIndexOf('+') + 1);
        Files.writeString(file, lines.getFirst() + "x\n" + lines.getLast() + "\n");
        assertThatThrownBy(() -> LogKeys.open(file, LogWorld.RANDOM))
                .isInstanceOf(AuthorityException.Store.class)
                .hasMessageNotContaining(secret);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> LogKeys.open(file, LogWorld.RANDOM)).hasMessageContaining("chmod 600");
    }

    private void deleteTiles() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("tile"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
