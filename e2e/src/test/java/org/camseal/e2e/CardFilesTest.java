package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.camseal.media.NalUnit;
import org.camseal.recorder.RecordingAlteration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An investigator with a camera's card in the hand, and nothing but the commands: whole, with a hole, altered, torn by a power cut. */
class CardFilesTest {
    private static final int SECONDS = 10;

    @TempDir
    private static Path home;

    private static TrialCard camera;
    private static Path card;
    private static List<Path> segments;
    private static List<NalUnit> filmed;
    private static Instant began;

    @TempDir
    private Path directory;

    @BeforeAll
    static void record() throws Exception {
        camera = new TrialCard(home);
        card = home.resolve("card");
        began = TrialCard.now();
        filmed = camera.record(card, began, SECONDS);
        segments = TrialCard.segments(card);
        assertThat(segments).hasSize(SECONDS / (int) TrialCard.SEGMENT.toSeconds());
    }

    private static Path day(Path segment) {
        return Objects.requireNonNull(segment.getParent());
    }

    private static Cli verify(Object... words) {
        List<String> all = new ArrayList<>(List.of("verify", "--root", camera.root.toString()));
        for (Object word : words) {
            all.add(word.toString());
        }
        return Cli.run(all.toArray(String[]::new));
    }

    private static List<JsonNode> each(Cli outcome) throws Exception {
        return StreamSupport.stream(outcome.json().spliterator(), false)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> verdicts(Cli outcome) throws Exception {
        return each(outcome).stream().map(file -> file.path("verdict").asText()).toList();
    }

    private static List<String> seams(Cli outcome) throws Exception {
        return each(outcome).stream()
                .map(file -> file.path("inFront").path("kind").asText())
                .toList();
    }

    private Path copy() throws Exception {
        return TrialCard.copy(card, directory.resolve("card"));
    }

    @Test
    void theWholeCardIsAuthenticFileByFileAndWithoutAGap() throws Exception {
        Cli whole = verify(card, "--json");
        assertThat(whole.exitCode()).as("%s", whole).isZero();
        assertThat(verdicts(whole)).hasSize(segments.size()).containsOnly("authentic");
        assertThat(seams(whole)).containsExactly("", "joined", "joined", "joined", "joined");
        List<JsonNode> files = each(whole);
        assertThat(files.subList(0, files.size() - 1))
                .as("the next file vouches for the end of each")
                .noneMatch(file -> file.has("openTail"));
        assertThat(files.getLast().has("openTail")).isTrue();
        assertThat(files)
                .allSatisfy(file -> assertThat(
                                file.path("signers").get(0).path("trust").asText())
                        .isEqualTo("trusted"));
        boolean inOneDay = segments.stream().map(CardFilesTest::day).distinct().count() == 1;
        assertThat(inOneDay ? verify(day(segments.getFirst()), "--json").out() : whole.out())
                .as("a day of it")
                .isEqualTo(whole.out());
        Cli said = verify(card);
        assertThat(said.out()).contains("authentic").doesNotContain("GAP").doesNotContain("FORGED");
    }

    @Test
    void oneSegmentAloneIsAuthenticButForItsEnd() throws Exception {
        Cli alone = verify(segments.get(1), "--json");
        assertThat(alone.exitCode()).as("%s", alone).isZero();
        assertThat(verdicts(alone)).containsExactly("authentic");
        assertThat(alone.json().get(0).path("openTail").path("torn").asBoolean(true))
                .isFalse();
        assertThat(verify(segments.get(1), "--strict").exitCode()).isEqualTo(3);
    }

    @Test
    void aMissingSegmentIsAGapAndNoForgery() throws Exception {
        Path holed = copy();
        Files.delete(TrialCard.segments(holed).get(2));
        Cli told = verify(holed, "--json");
        assertThat(told.exitCode()).as("%s", told).isEqualTo(3);
        assertThat(verdicts(told)).hasSize(segments.size() - 1).containsOnly("authentic");
        assertThat(seams(told)).containsExactly("", "joined", "gap", "joined");
        JsonNode gap = each(told).get(2).path("inFront");
        assertThat(gap.path("manifestsMissing").asInt()).isEqualTo(2);
        assertThat(Instant.parse(gap.path("from").asText()))
                .as("vouched for up to here")
                .isEqualTo(began.plusSeconds(3));
        assertThat(Instant.parse(gap.path("to").asText()))
                .as("and from here on again")
                .isEqualTo(began.plusSeconds(6));
        assertThat(verify(holed).out()).contains("GAP behind ").doesNotContain("FORGED");
    }

    @Test
    void aLaterRunWhoseBeginningIsMissingIsAGapToo() throws Exception {
        Path later = directory.resolve("later");
        camera.record(later, began.plusSeconds(20), 4);
        Cli whole = verify(segments.getLast(), later, "--json");
        assertThat(whole.exitCode()).as("positive control: %s", whole).isZero();
        assertThat(seams(whole)).containsExactly("", "new-run", "joined");
        Cli told = verify(segments.getLast(), TrialCard.segments(later).getLast(), "--json");
        assertThat(told.exitCode()).as("%s", told).isEqualTo(3);
        assertThat(seams(told)).containsExactly("", "gap");
        assertThat(each(told).getLast().path("inFront").has("manifestsMissing"))
                .as("nobody can tell how many")
                .isFalse();
    }

    @Test
    void anAlteredSegmentIsForgedAndItsPlaceIsTold() throws Exception {
        Path harmed = copy();
        Path victim = TrialCard.segments(harmed).get(3);
        RecordingAlteration.flipOneBit(victim, began.plusMillis(6_500));
        Cli told = verify(harmed, "--json");
        assertThat(told.exitCode()).as("%s", told).isEqualTo(1);
        assertThat(verdicts(told)).containsExactly("authentic", "authentic", "authentic", "forged", "authentic");
        JsonNode finding = each(told).get(3).path("findings").get(0);
        assertThat(finding.path("reason").asText()).isEqualTo("ALTERED");
        assertThat(Instant.parse(finding.path("start").asText())).isEqualTo(began.plusSeconds(6));
        assertThat(Instant.parse(finding.path("end").asText())).isEqualTo(began.plusSeconds(7));
        Cli said = verify(harmed);
        assertThat(said.out()).contains(victim + ": FORGED");
        assertThat(said.out().split("FORGED", -1))
                .as("named once, and its group")
                .hasSize(3);
    }

    @Test
    void whatAPowerCutToreIsTornAndNoForgery() throws Exception {
        Path cut = copy();
        Path newest = TrialCard.segments(cut).getLast();
        try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
            file.setLength(file.length() * 4 / 5); // in the second of its two groups
        }
        Cli told = verify(cut, "--json");
        assertThat(verdicts(told).subList(0, segments.size() - 1)).containsOnly("authentic");
        JsonNode last = each(told).getLast();
        assertThat(last.path("groups").path("forged").asInt()).as("%s", last).isZero();
        assertThat(last.path("openTail").path("torn").asBoolean() || last.has("damaged"))
                .as("%s", last)
                .isTrue();
        assertThat(seams(told)).last().isEqualTo("joined");
        camera.record(cut, began.plusSeconds(20), 4); // the card is in use again: what is torn is cut off
        Cli again = verify(cut, "--json");
        List<JsonNode> files = each(again);
        assertThat(seams(again)).containsExactly("", "joined", "joined", "joined", "joined", "new-run", "joined");
        assertThat(files).noneMatch(file -> file.has("damaged"));
        JsonNode leftover = files.remove(segments.size() - 1);
        assertThat(leftover.path("openTail").path("units").asInt())
                .as("one whole group, whose manifest the power cut prevented: %s", leftover)
                .isEqualTo(25);
        assertThat(leftover.path("findings")).isEmpty();
        assertThat(files)
                .allSatisfy(file -> assertThat(file.path("verdict").asText()).isEqualTo("authentic"));
        assertThat(again.exitCode()).as("for that group nobody vouches").isEqualTo(3);
        assertThat(verify(cut).out()).contains("the camera was started anew");
    }

    @Test
    void segmentsInAnotherOrderAreTold() throws Exception {
        Cli named = verify(segments.get(2), segments.get(1), "--json");
        assertThat(named.exitCode())
                .as("the user's own order, perhaps of copies: %s", named)
                .isZero();
        assertThat(verdicts(named)).containsOnly("authentic");
        assertThat(seams(named)).containsExactly("", "out-of-order");

        Path renamed = copy();
        List<Path> there = TrialCard.segments(renamed);
        Path aside = directory.resolve("aside");
        Files.move(there.get(1), aside);
        Files.move(there.get(2), there.get(1));
        Files.move(aside, there.get(2));
        Cli told = verify(renamed, "--json");
        assertThat(told.exitCode()).as("contents against names: %s", told).isEqualTo(3);
        assertThat(seams(told)).containsExactly("", "gap", "out-of-order", "gap", "joined");
    }

    @Test
    void whoHasAGrantOpensTheWholeCardAndNobodyElseSeesAnything() throws Exception {
        Path clear = directory.resolve("clear");
        Cli opening = Cli.run(
                "open",
                card.toString(),
                "--identity",
                camera.owner.toString(),
                "--root",
                camera.root.toString(),
                "--out",
                clear.toString());
        assertThat(opening.exitCode()).as("%s", opening).isZero();
        List<Path> opened = TrialCard.segments(clear);
        assertThat(opened).hasSameSizeAs(segments);
        List<NalUnit> slices = new ArrayList<>();
        for (Path file : opened) {
            Film.pictures(file).stream().filter(NalUnit::isSlice).forEach(slices::add);
        }
        assertThat(slices).as("bit by bit what the encoder made").isEqualTo(filmed);
        List<byte[]> shown = Film.shown(opened.getFirst());
        assertThat(Film.likeness(Film.shown(opened.get(1)), shown))
                .as("positive control: the next segment shows the same scene")
                .isGreaterThan(0.95);
        assertThat(Film.likeness(Film.shown(segments.getFirst()), shown))
                .as("a sealed segment looks like nothing in it")
                .isLessThan(0.5);
        Path nothing = directory.resolve("nothing");
        Cli finding =
                Cli.run("open", card.toString(), "--identity", camera.finder.toString(), "--out", nothing.toString());
        assertThat(finding.exitCode()).as("%s", finding).isEqualTo(5);
        assertThat(finding.err()).contains("camseal: error: ").contains("camseal: hint: camseal inspect ");
        assertThat(TrialCard.segments(nothing)).isEmpty();
    }

    @Test
    void clearFilesReplaceNothingAndSeveralNeedADirectory() throws Exception {
        Path mine = copy();
        Path first = TrialCard.segments(mine).getFirst();
        byte[] sealed = Files.readAllBytes(first);
        Cli over = Cli.run(
                "open",
                mine.toString(),
                "--identity",
                camera.owner.toString(),
                "--force",
                "--out",
                day(first).toString());
        assertThat(over.exitCode()).as("%s", over).isEqualTo(2);
        assertThat(over.err()).contains("is the sealed recording itself");
        assertThat(Files.readAllBytes(first)).isEqualTo(sealed);
        Cli one = Cli.run(
                "open", mine.toString(), "--identity", camera.owner.toString(), "--out", directory + "/clear.mp4");
        assertThat(one.exitCode()).isEqualTo(2);
        assertThat(one.err()).contains("are opened to a directory");
        Cli empty = verify(Files.createDirectory(directory.resolve("empty")));
        assertThat(empty.exitCode()).isEqualTo(4);
        assertThat(empty.err()).contains("no segments in it").contains("camseal: hint: ");
    }

    @Test
    void inspectSaysWhatIsOnTheCardWithoutAKey() throws Exception {
        Cli seen = Cli.run("inspect", card.toString(), "--json");
        assertThat(seen.exitCode()).as("%s", seen).isZero();
        assertThat(each(seen)).hasSameSizeAs(segments).allSatisfy(file -> {
            assertThat(file.path("recipients")).hasSize(1);
            assertThat(file.path("tracks").get(0).path("unitsNotSealed").asInt())
                    .isZero();
            assertThat(file.path("tracks").get(0).path("units").asInt()).isEqualTo(50);
        });
        Cli one = Cli.run("inspect", segments.getFirst().toString(), "--json");
        assertThat(one.json()).isEqualTo(seen.json().get(0));
    }
}
