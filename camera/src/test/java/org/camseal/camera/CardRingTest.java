package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.camseal.camera.card.CardEvent;
import org.camseal.camera.card.CardEvent.Cause;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.card.CardSettings;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.media.segment.FreeSpace;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.Recipient;
import org.camseal.seal.Sealer;
import org.camseal.seal.SealerSettings;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RecordedGroups;
import org.camseal.streaming.server.ReplayStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera's card, through the good and the bad of its life. */
@Timeout(180)
class CardRingTest {
    private static final FreeSpace PLENTY = directory -> Long.MAX_VALUE;

    @TempDir
    private static Path home;

    private static Site site;
    private static List<Track> tracks;
    private static List<SealedUnit> sealed;

    @TempDir
    private Path card;

    private final List<CardEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void seal() throws Exception {
        site = new Site(home);
        Films.Film film = Films.pattern(Films.SMALL, 500);
        tracks = film.tracks();
        SealerSettings settings =
                SealerSettings.of(new StreamId(Site.SERIAL, "main"), List.of(Recipient.of(site.viewerCertificate)));
        sealed = new ArrayList<>();
        try (Sealer sealer = new Sealer(tracks, settings, new ElementMediaKey(site.keys.media()), new SecureRandom())) {
            for (AccessUnit unit : film.units()) {
                sealed.add(sealer.seal(unit));
            }
        }
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    private CardSettings settings(long quota) {
        return new CardSettings(card, quota, Duration.ofSeconds(2), 1_000, 1 << 20);
    }

    private CardRing open(CardSettings settings, FreeSpace freeSpace) {
        return CardRing.open(settings, freeSpace, System::nanoTime, events::add);
    }

    private void record(CardSettings settings, FreeSpace freeSpace, List<SealedUnit> units) {
        try (CardRing ring = open(settings, freeSpace)) {
            ring.begin(tracks);
            units.forEach(ring::take);
        }
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(card)) {
            return all.filter(path -> path.toString().endsWith(".mp4")).sorted().toList();
        }
    }

    private static List<AccessUnit> units(Path file) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        }
        return units;
    }

    private static List<AccessUnit> replay(CardRing ring, Instant from) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (RecordedGroups groups = ring.open(from)) {
            for (RecordedGroups.Group group = groups.next(Duration.ZERO);
                    group != null;
                    group = groups.next(Duration.ZERO)) {
                units.addAll(group.units());
            }
        }
        return units;
    }

    private static List<Instant> captured(List<AccessUnit> units) {
        return units.stream().map(AccessUnit::capturedAt).sorted().toList();
    }

    private static List<Instant> capturedOf(List<SealedUnit> units) {
        return captured(units.stream().map(SealedUnit::unit).toList());
    }

    private static List<Verdict> verdicts(List<AccessUnit> units) {
        ManifestChecker checker = new ManifestChecker(tracks);
        List<GroupReport> reports = new ArrayList<>();
        units.forEach(unit -> reports.addAll(checker.accept(unit)));
        reports.addAll(checker.finish());
        return reports.stream().map(GroupReport::verdict).toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private List<Cause> causes() {
        return events.stream()
                .filter(CardEvent.NotWriting.class::isInstance)
                .map(event -> ((CardEvent.NotWriting) event).cause())
                .toList();
    }

    @Test
    void everyFileCanBeCheckedAndOpenedForItself() throws Exception {
        record(settings(64 << 20), PLENTY, sealed);
        assertThat(files()).hasSizeGreaterThan(2);
        List<AccessUnit> all = new ArrayList<>();
        for (Path file : files()) {
            List<AccessUnit> units = units(file);
            all.addAll(units);
            List<Verdict> verdicts = verdicts(units);
            // Of the last file the manifest that would follow is missing.
            assertThat(verdicts.stream().anyMatch(Verdict.Authentic.class::isInstance)
                            || file.equals(files().getLast()))
                    .isTrue();
            assertThat(verdicts)
                    .noneMatch(Verdict.Forged.class::isInstance)
                    .noneMatch(Verdict.Unsigned.class::isInstance);
            try (Opener opener = site.opener(tracks, site.viewer)) {
                units.forEach(opener::learn);
                for (AccessUnit unit : units) {
                    assertThat(opener.open(unit)).isInstanceOf(Opening.Opened.class);
                }
            }
        }
        assertThat(captured(all)).isEqualTo(capturedOf(sealed));
        assertThat(events).hasSize(1).first().isInstanceOf(CardEvent.Writing.class);
    }

    @Test
    void aPowerCutCostsTheLastGroupAtMost() throws Exception {
        record(settings(64 << 20), PLENTY, sealed.subList(0, 300));
        Path newest = files().getLast();
        long size = Files.size(newest);
        try (RandomAccessFile torn = new RandomAccessFile(newest.toFile(), "rw")) {
            torn.setLength(size - 100);
        }
        try (CardRing ring = open(settings(64 << 20), PLENTY)) {
            List<AccessUnit> kept = replay(ring, Instant.EPOCH);
            assertThat(captured(kept)).isEqualTo(capturedOf(sealed).subList(0, kept.size()));
            Instant lastKept = ring.extent().orElseThrow().to();
            Duration lost = Duration.between(lastKept, sealed.get(299).unit().capturedAt());
            assertThat(lost).isBetween(Duration.ofMillis(1), Duration.ofMillis(1_200));
            assertThat(newest)
                    .satisfiesAnyOf(
                            gone -> assertThat(gone).doesNotExist(),
                            rest -> assertThat(Files.size(rest)).isLessThan(size - 100));
        }
    }

    @Test
    void theOldestMakesRoomForTheNewest() throws Exception {
        long quota = 100_000;
        record(settings(quota), PLENTY, sealed);
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThanOrEqualTo(quota + 60_000); // the group that was written last comes on top
        try (CardRing ring = open(settings(quota), PLENTY)) {
            List<AccessUnit> kept = replay(ring, Instant.EPOCH);
            List<Instant> all = capturedOf(sealed);
            assertThat(captured(kept)).isNotEmpty().isEqualTo(all.subList(all.size() - kept.size(), all.size()));
            assertThat(kept.size()).isLessThan(all.size());
        }
        assertThat(causes()).isEmpty();
    }

    @Test
    void aCardThatIsNotThereIsWaitedFor() throws Exception {
        CardSettings settings =
                new CardSettings(card.resolve("inserted-later"), 64 << 20, Duration.ofSeconds(2), 0, 1 << 20);
        try (CardRing ring = open(settings, PLENTY)) {
            ring.begin(tracks);
            sealed.subList(0, 200).forEach(ring::take);
            await(() -> !events.isEmpty());
            assertThat(ring.tracks()).isEmpty();
            Files.createDirectory(settings.directory());
            sealed.subList(200, 500).forEach(ring::take);
            await(() -> events.size() == 2);
        }
        assertThat(causes()).containsExactly(Cause.MISSING);
        assertThat(events.getFirst().text()).contains("put the card in");
        assertThat(events.getLast()).isInstanceOf(CardEvent.Writing.class);
        assertThat(files()).isNotEmpty();
    }

    @Test
    void aFullCardIsStatedAndTheGapIsKnown() throws Exception {
        AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        int third = sealed.size() / 3;
        try (CardRing ring = open(settings(64 << 20), directory -> free.get())) {
            ring.begin(tracks);
            sealed.subList(0, third).forEach(ring::take);
            await(() -> ring.extent().isPresent());
            free.set(0);
            sealed.subList(third, 2 * third).forEach(ring::take);
            await(() -> causes().contains(Cause.FULL));
            free.set(Long.MAX_VALUE);
            sealed.subList(2 * third, sealed.size()).forEach(ring::take);
            await(() -> events.getLast() instanceof CardEvent.Writing && events.size() == 3);
        }
        assertThat(events.get(1).text()).contains("nothing recorded is left to delete");
    }

    @Test
    void aCardThatRefusesIsStatedOnceAndTriedAgain() throws Exception {
        Path inTheWay = Files.createFile(card.resolve("2026-01-01")); // where the day's directory belongs
        try (CardRing ring = open(settings(64 << 20), PLENTY)) {
            ring.begin(tracks);
            sealed.subList(0, 300).forEach(ring::take);
            await(() -> !causes().isEmpty());
            Files.delete(inTheWay);
            sealed.subList(300, 500).forEach(ring::take);
            await(() -> events.size() == 2);
        }
        assertThat(causes()).containsExactly(Cause.REFUSED);
        assertThat(events.getLast()).isInstanceOf(CardEvent.Writing.class);
    }

    @Test
    void aSlowCardLosesWholeGroupsAndHoldsUpNobody() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        FreeSpace slow = directory -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Long.MAX_VALUE;
        };
        CardSettings settings = new CardSettings(card, 64 << 20, Duration.ofSeconds(2), 0, 1 << 16);
        try (CardRing ring = open(settings, slow)) {
            ring.begin(tracks);
            sealed.subList(0, 400).forEach(ring::take); // returns, although nothing is written
            assertThat(causes()).contains(Cause.SLOW);
            stuck.countDown();
            await(() -> ring.extent().isPresent());
            sealed.subList(400, 500).forEach(ring::take);
        }
        List<AccessUnit> kept = new ArrayList<>();
        for (Path file : files()) {
            List<AccessUnit> units = units(file);
            assertThat(units.stream()
                            .filter(VideoUnit.class::isInstance)
                            .findFirst()
                            .orElseThrow())
                    .matches(unit -> ((VideoUnit) unit).isKey());
            kept.addAll(units);
        }
        assertThat(kept).isNotEmpty().hasSizeLessThan(500);
        assertThat(verdicts(kept)).noneMatch(Verdict.Forged.class::isInstance);
    }

    @Test
    void whatIsReplayedVerifiesAndARangeCutOutIsAtMostIncomplete() throws Exception {
        record(settings(64 << 20), PLENTY, sealed);
        try (CardRing ring = open(settings(64 << 20), PLENTY);
                RtspServer server = RtspServer.start(
                        RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()))) {
            server.mount("/replay/main", new ReplayStream(ring));
            RtspRequest request = RtspRequest.of(new URI("rtsp://localhost:" + server.port() + "/replay/main"));
            List<AccessUnit> whole = play(request.withReplay(Films.FILMED, null));
            assertThat(captured(whole)).isEqualTo(capturedOf(sealed));
            List<Verdict> verdicts = verdicts(whole);
            assertThat(verdicts.subList(0, verdicts.size() - 1)).allMatch(Verdict.Authentic.class::isInstance);

            Instant from = Films.FILMED.plusMillis(2_400);
            List<AccessUnit> cut = play(request.withReplay(from, Films.FILMED.plusMillis(5_300)));
            assertThat(cut.getFirst().capturedAt()).isBetween(from.minusMillis(1_001), from);
            assertThat(verdicts(cut))
                    .anyMatch(Verdict.Authentic.class::isInstance)
                    .noneMatch(Verdict.Forged.class::isInstance)
                    .noneMatch(Verdict.Unsigned.class::isInstance);
        }
    }

    private static List<AccessUnit> play(RtspRequest request) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (RtspPlayback playback = RtspClient.open(request)) {
            for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                units.add(unit);
            }
        }
        return units;
    }

    private static List<List<Instant>> groups(RecordedGroups opened) throws Exception {
        List<List<Instant>> all = new ArrayList<>();
        try (opened) {
            for (RecordedGroups.Group group = opened.next(Duration.ZERO);
                    group != null;
                    group = opened.next(Duration.ZERO)) {
                all.add(group.units().stream().map(AccessUnit::capturedAt).toList());
            }
        }
        return all;
    }

    @Test
    void againstTimeItHasTheSameGroups() throws Exception {
        record(settings(1L << 30), PLENTY, sealed);
        assertThat(files()).hasSizeGreaterThan(2);
        try (CardRing ring = open(settings(1L << 30), PLENTY)) {
            List<List<Instant>> forwards = groups(ring.open(Instant.EPOCH));
            assertThat(forwards).hasSizeGreaterThan(4);
            assertThat(groups(ring.openBackwards(Instant.parse("2100-01-01T00:00:00Z")))
                            .reversed())
                    .isEqualTo(forwards);
            Instant within = forwards.get(2).get(1);
            assertThat(groups(ring.openBackwards(within)).reversed()).isEqualTo(forwards.subList(0, 3));
            assertThat(groups(ring.openBackwards(Instant.EPOCH)))
                    .as("nothing lies in front of everything but its first group, which the reader cuts")
                    .hasSize(1);
        }
    }
}
