package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose keeper, or whoever serves it, lies in each of the ways there are; each beside the same log told truly. */
class LogCheckTest {
    private static final List<byte[]> LEAVES = LogWorld.cameras(0, 600);

    @TempDir
    private Path directory;

    private LogSource published(String name, List<byte[]> leaves) throws AuthorityException {
        return LogWorld.published(directory.resolve(name), leaves, LogWorld.KEYS);
    }

    /** What the checker says who saw a log of those leaves before. */
    private LogVerdict after(List<byte[]> before, List<byte[]> now) throws AuthorityException, IOException {
        String name = "log-" + System.nanoTime();
        Path state = directory.resolve(name + "-state");
        LogCheck.Settings settings = LogCheck.Settings.usual().withState(state);
        assertThat(LogWorld.check(published(name + "-before", before), settings))
                .isInstanceOf(LogVerdict.Sound.class);
        byte[] kept = Files.readAllBytes(state);
        LogVerdict verdict = LogWorld.check(published(name + "-now", now), settings);
        if (verdict instanceof LogVerdict.Broken) {
            assertThat(Files.readAllBytes(state)).as("what was seen stays").isEqualTo(kept);
        }
        return verdict;
    }

    private static void assertBroken(LogVerdict verdict, LogFault fault, String place) {
        assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Broken.class, broken -> {
            assertThat(broken.fault()).isEqualTo(fault);
            assertThat(broken.place()).isEqualTo(place);
        });
    }

    private static List<byte[]> with(List<byte[]> leaves, int index, byte[] other) {
        List<byte[]> changed = new ArrayList<>(leaves);
        changed.set(index, other);
        return changed;
    }

    private static List<byte[]> without(List<byte[]> leaves, int index) {
        List<byte[]> changed = new ArrayList<>(leaves);
        changed.remove(index);
        return changed;
    }

    @Test
    void anHonestLogIsSoundAtEverySizeItGrowsTo() throws AuthorityException, IOException {
        for (int[] sizes : new int[][] {{1, 2}, {100, 256}, {256, 257}, {300, 600}, {512, 600}, {600, 600}}) {
            assertThat(after(LEAVES.subList(0, sizes[0]), LEAVES.subList(0, sizes[1])))
                    .isInstanceOfSatisfying(LogVerdict.Sound.class, sound -> {
                        assertThat(sound.seenBefore()).isEqualTo(sizes[0]);
                        assertThat(sound.checkpoint().size()).isEqualTo(sizes[1]);
                        assertThat(sound.counts()).isEqualTo(new LogCounts(sizes[1], 0, sizes[1], sizes[1]));
                    });
        }
    }

    @Test
    void aForkIsCaughtWhereItLeaves() throws AuthorityException, IOException {
        List<byte[]> fork = new ArrayList<>(LEAVES.subList(0, 90));
        fork.addAll(LogWorld.cameras(1000, 1060));
        LogVerdict verdict = after(LEAVES.subList(0, 100), fork);
        assertBroken(verdict, LogFault.HISTORY_CHANGED, "entry 90");
        assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Broken.class, broken -> {
            LogVerdict.Evidence evidence = broken.evidence().orElseThrow();
            assertThat(evidence.seenBefore().text()).contains("\n100\n");
            assertThat(evidence.seenNow().text()).contains("\n150\n");
        });
        assertThat(after(LEAVES.subList(0, 90), fork)).as("before it leaves").isInstanceOf(LogVerdict.Sound.class);
    }

    @Test
    void aDroppedEntryIsCaught() throws AuthorityException, IOException {
        assertBroken(
                after(LEAVES.subList(0, 100), without(LEAVES.subList(0, 110), 42)),
                LogFault.HISTORY_CHANGED,
                "entry 42");
        assertBroken(
                after(LEAVES, without(LogWorld.cameras(0, 700), 300)), LogFault.HISTORY_CHANGED, "entries 256 to 511");
    }

    @Test
    void aChangedEntryIsCaught() throws AuthorityException, IOException {
        byte[] other = LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-550", 9999);
        List<byte[]> grown = LogWorld.cameras(0, 610);
        assertBroken(after(LEAVES, with(grown, 550, other)), LogFault.HISTORY_CHANGED, "entry 550");
        assertBroken(
                after(LEAVES, with(grown, 3, LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-3", 9999))),
                LogFault.HISTORY_CHANGED,
                "entries 0 to 255");
    }

    @Test
    void entriesInAnotherOrderAreCaught() throws AuthorityException, IOException {
        List<byte[]> swapped = new ArrayList<>(LEAVES.subList(0, 120));
        Collections.swap(swapped, 60, 61);
        assertBroken(after(LEAVES.subList(0, 100), swapped), LogFault.HISTORY_CHANGED, "entry 60");
    }

    @Test
    void aRollbackIsCaught() throws AuthorityException, IOException {
        assertBroken(
                after(LEAVES.subList(0, 100), LEAVES.subList(0, 99)), LogFault.ROLLED_BACK, "checkpoint of 99 entries");
    }

    /** Two auditors are shown two trees of one size; one of them checks with what the other kept. */
    @Test
    void aSplitViewIsCaughtWithBothSignedCheckpointsAsEvidence() throws AuthorityException, IOException {
        List<byte[]> other =
                with(LEAVES.subList(0, 100), 17, LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-17", 9999));
        LogVerdict verdict = after(LEAVES.subList(0, 100), other);
        assertBroken(verdict, LogFault.SPLIT_VIEW, "entry 17");
        LogVerdict.Evidence evidence = ((LogVerdict.Broken) verdict).evidence().orElseThrow();
        assertThat(evidence.seenBefore().text()).isNotEqualTo(evidence.seenNow().text());
        LogKey key = LogWorld.KEYS.publicKey();
        for (SignedNote note : List.of(evidence.seenBefore(), evidence.seenNow())) {
            assertThat(key.text().lines().map(NoteKey::parse)).allMatch(note::isSignedBy);
        }
    }

    @Test
    void anotherLogsKeyIsRefused() throws AuthorityException {
        LogSource log = published("log", LEAVES.subList(0, 10));
        LogKey strangers =
                LogKeys.generate(LogWorld.KEYS.origin(), LogWorld.RANDOM).publicKey();
        assertBroken(new LogCheck(log, strangers, LogCheck.Settings.usual()).run(), LogFault.NOT_SIGNED, "checkpoint");
        assertThat(LogWorld.check(log, LogCheck.Settings.usual())).isInstanceOf(LogVerdict.Sound.class);
    }

    @Test
    void whoeverServesTheLogCanChangeNothing() throws AuthorityException, IOException {
        published("log", LEAVES);
        Path log = directory.resolve("log");
        assertBroken(altered(log, "tile/entries/001", 70), LogFault.ENTRY_NOT_IN_TREE, "entry 256");
        assertBroken(altered(log, "tile/0/001", 33), LogFault.ENTRY_NOT_IN_TREE, "entry 257");
        assertBroken(altered(log, "tile/1/000.p/2", 33), LogFault.TILE_WRONG, "tile/1/000.p/2, hash 1");
        assertBroken(altered(log, "checkpoint", 30), LogFault.NOT_SIGNED, "checkpoint");
        assertThat(LogWorld.check(LogSource.directory(log), LogCheck.Settings.usual()))
                .as("and nothing was changed after all")
                .isInstanceOf(LogVerdict.Sound.class);
        Path other = directory.resolve("other");
        published("other", with(LEAVES, 0, LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-0", 9999)));
        Files.copy(
                log.resolve("checkpoint"),
                other.resolve("checkpoint"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertBroken(
                LogWorld.check(LogSource.directory(other), LogCheck.Settings.usual()),
                LogFault.ROOT_WRONG,
                "checkpoint of 600 entries");
    }

    /** What the checker says while one byte of a file is another. */
    private static LogVerdict altered(Path log, String name, int offset) throws AuthorityException, IOException {
        Path file = log.resolve(name);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[offset] ^= 1;
        Files.write(file, bad);
        try {
            return LogWorld.check(LogSource.directory(log), LogCheck.Settings.usual());
        } finally {
            Files.write(file, good);
        }
    }

    @Test
    void aSecondCertificateOfOneProfileIsCaughtAndOneAfterAnotherIsNot() throws AuthorityException {
        List<byte[]> leaves = new ArrayList<>(LEAVES.subList(0, 5));
        leaves.add(LogWorld.issued(CertificateProfile.MEDIA_SIGNING, "CS-2", 2002));
        assertThat(LogWorld.check(published("profiles", leaves), LogCheck.Settings.usual()))
                .as("one of each profile")
                .isInstanceOf(LogVerdict.Sound.class);
        List<byte[]> replaced = new ArrayList<>(leaves);
        replaced.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-2", 3));
        replaced.add(LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-2", 2003));
        assertThat(LogWorld.check(published("replaced", replaced), LogCheck.Settings.usual()))
                .isInstanceOfSatisfying(
                        LogVerdict.Sound.class,
                        sound -> assertThat(sound.counts()).isEqualTo(new LogCounts(7, 1, 6, 6)));
        leaves.add(LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-2", 2003));
        assertBroken(
                LogWorld.check(published("second", leaves), LogCheck.Settings.usual()),
                LogFault.SECOND_CERTIFICATE,
                "entry 6");
    }

    @Test
    void retiringWhatIsNotLiveIsCaught() throws AuthorityException {
        List<byte[]> other = new ArrayList<>(LEAVES.subList(0, 5));
        other.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-2", 99));
        assertBroken(
                LogWorld.check(published("other", other), LogCheck.Settings.usual()),
                LogFault.RETIRED_ANOTHER,
                "entry 5");
        List<byte[]> twice = new ArrayList<>(LEAVES.subList(0, 5));
        twice.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-2", 3));
        twice.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-2", 3));
        assertBroken(
                LogWorld.check(published("twice", twice), LogCheck.Settings.usual()),
                LogFault.RETIRED_ANOTHER,
                "entry 6");
    }

    @Test
    void aCertificateThatIsNotWhatItsEntrySaysIsCaught() throws AuthorityException {
        byte[] media = LogWorld.certificate(CertificateProfile.MEDIA_SIGNING, "CS-7", 8);
        byte[] otherSerial = LogWorld.certificate(CertificateProfile.DEVICE_TLS, "CS-8", 8);
        int name = 0;
        for (byte[] certificate : List.of(media, otherSerial, new byte[] {0x30, 0x03, 1, 2, 3})) {
            List<byte[]> leaves = with(
                    LEAVES.subList(0, 10),
                    7,
                    new LogEntry.Issued(CertificateProfile.DEVICE_TLS, "CS-7", certificate).bytes());
            assertBroken(
                    LogWorld.check(published("log" + name++, leaves), LogCheck.Settings.usual()),
                    LogFault.ENTRY_MALFORMED,
                    "entry 7");
        }
    }

    @Test
    void oneSerialIsToldAndProven() throws AuthorityException, LogKey.NotSigned {
        List<byte[]> leaves = new ArrayList<>(LEAVES);
        leaves.add(LogWorld.issued(CertificateProfile.MEDIA_SIGNING, "CS-300", 5000));
        leaves.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-300", 301));
        LogSource log = published("log", leaves);
        LogVerdict verdict = LogWorld.check(log, LogCheck.Settings.usual().withSerial("CS-300"));
        List<SerialHistory> histories = ((LogVerdict.Sound) verdict).histories();
        assertThat(histories).hasSize(2);
        assertThat(histories.getFirst().live())
                .as("its TLS certificate is retired")
                .isEmpty();
        assertThat(histories.getFirst().entries())
                .extracting(SerialHistory.Numbered::index)
                .containsExactly(300L, 601L);
        SerialHistory.Proven live = histories.getLast().live().orElseThrow();
        assertThat(live.index()).isEqualTo(600);
        LogKey key = LogWorld.KEYS.publicKey();
        assertThat(TlogProof.verify(live.proof().text(), live.entry(), key)).isNotNull();
        LogEntry other = new LogEntry.Issued(CertificateProfile.DEVICE_TLS, "CS-300", new byte[] {1});
        assertThatThrownBy(() -> TlogProof.verify(live.proof().text(), other, key))
                .isInstanceOf(LogKey.NotSigned.class)
                .hasMessageContaining("does not lead from this entry");
        assertThat(((LogVerdict.Sound)
                                LogWorld.check(log, LogCheck.Settings.usual().withSerial("CS-none")))
                        .histories())
                .isEmpty();
    }

    @Test
    void whatWasKeptIsBelievedOnlyWhole() throws AuthorityException, IOException {
        LogSource log = published("log", LEAVES.subList(0, 300));
        Path state = directory.resolve("state");
        LogCheck.Settings settings = LogCheck.Settings.usual().withState(state);
        LogWorld.check(log, settings);
        byte[] kept = Files.readAllBytes(state);
        kept[30] ^= 1;
        Files.write(state, kept);
        assertThatThrownBy(() -> LogWorld.check(log, settings))
                .isInstanceOf(AuthorityException.Store.class)
                .hasMessageContaining("is not what a checker kept of this log");
    }

    @Test
    void aLogThatIsTooLargeIsNotRead() throws AuthorityException {
        LogSource log = published("log", LEAVES.subList(0, 300));
        LogCheck.Settings few =
                new LogCheck.Settings(java.util.Optional.empty(), java.util.Optional.empty(), 299, (_, _) -> {});
        assertThatThrownBy(() -> LogWorld.check(log, few)).hasMessageContaining("at most 299");
    }

    @Test
    void aBundleThatIsCutIsNoBundle() {
        byte[] bundle = EntryBundle.of(LEAVES.subList(0, 2));
        assertThat(EntryBundle.parse(bundle, 2)).hasSize(2);
        for (int length = 0; length < bundle.length; length += 7) {
            byte[] cut = Arrays.copyOf(bundle, length);
            assertThatThrownBy(() -> EntryBundle.parse(cut, 2)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EntryBundle.parse(Arrays.copyOf(bundle, bundle.length + 1), 2))
                .hasMessageContaining("behind");
    }
}
