package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The signature inside of sealed video, as {@code camseal verify --identity} sees it: both layers are said, and each has its verdict. Each
 * recording waits for real time to pass.
 */
@Execution(ExecutionMode.CONCURRENT)
class VerifyInsideTest {
    private static final int SECONDS = 6;

    @TempDir
    private Path directory = Path.of("");

    /** What was recorded, and the papers. */
    private record Recording(Path file, Path root, Path viewer) {
        Cli verify(String... more) {
            String[] words = new String[more.length + 4];
            words[0] = "verify";
            words[1] = file.toString();
            words[2] = "--root";
            words[3] = root.toString();
            System.arraycopy(more, 0, words, 4, more.length);
            return Cli.run(words);
        }

        Cli verifyInside(String... more) {
            String[] words = new String[more.length + 2];
            words[0] = "--identity";
            words[1] = viewer.toString();
            System.arraycopy(more, 0, words, 2, more.length);
            return verify(words);
        }
    }

    private Path film() throws Exception {
        return Film.encoded("libx264", Film.Sound.NONE);
    }

    private Recording record(Path film) throws Exception {
        Path sealed = directory.resolve("sealed.mp4");
        try (SealingCamera camera = SealingCamera.start(directory, film)) {
            ForeignRecorder.recordMp4(camera, SECONDS, sealed);
            return new Recording(sealed, camera.root, camera.viewerIdentity);
        }
    }

    /** A film that a strange camera signed; one picture of it altered since, if that is wanted. */
    private Path signedByAStranger(int alteredPicture) throws Exception {
        SignedFilm signed = SignedFilm.of(film(), SignedFilm.SETTINGS, SignedFilm.strangersKey(directory));
        Path file = directory.resolve("signed.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, List.of(signed.track()))) {
            for (int i = 0; i < signed.units().size(); i++) {
                VideoUnit unit = signed.units().get(i);
                writer.write(i == alteredPicture ? altered(unit) : unit);
            }
        }
        return file;
    }

    private static VideoUnit altered(VideoUnit unit) {
        return unit.withNalUnits(unit.nalUnits().stream()
                .map(nal -> nal.isSlice() ? altered(nal) : nal)
                .toList());
    }

    private static NalUnit altered(NalUnit slice) {
        byte[] bytes = slice.bytes().clone();
        bytes[bytes.length / 2] ^= 0x08;
        return NalUnit.of(slice.codec(), bytes);
    }

    @Test
    void bothLayersOfOurCameraAreSaid() throws Exception {
        Recording recording = record(film());

        Cli outside = recording.verify();
        Cli inside = recording.verifyInside();
        JsonNode json = recording.verifyInside("--json").json().get(0);

        assertThat(outside.exitCode()).as("%s", outside).isZero();
        assertThat(outside.out()).contains("sealed").doesNotContain("ONVIF Media Signing");
        assertThat(inside.exitCode()).as("%s", inside).isZero();
        assertThat(inside.out())
                .contains("sealed; signed (ONVIF Media Signing)", "inside     authentic", SealingCamera.SERIAL)
                .doesNotContain("NOT OURS");
        assertThat(json.get("layers")).extracting(JsonNode::asText).containsExactly("sealed", "onvif-media-signing");
    }

    @Test
    void aSignatureByAStrangerInsideOfOurSealIsReported() throws Exception {
        Recording recording = record(signedByAStranger(-1));

        Cli outside = recording.verify();
        Cli inside = recording.verifyInside();

        assertThat(outside.exitCode()).as("%s", outside).isZero();
        assertThat(inside.exitCode()).as("%s", inside).isEqualTo(5);
        assertThat(inside.out()).contains("sealed; signed (ONVIF Media Signing)", "inside     authentic", "NOT OURS");
    }

    @Test
    void whatWasAlteredBeforeItWasSealedIsReported() throws Exception {
        Recording recording = record(signedByAStranger(70));

        Cli outside = recording.verify();
        Cli inside = recording.verifyInside();

        assertThat(Files.size(recording.file())).isPositive();
        assertThat(outside.exitCode()).as("%s", outside).isZero();
        assertThat(inside.exitCode()).as("%s", inside).isEqualTo(1);
        assertThat(inside.out()).contains("inside     FORGED", "ALTERED");
    }
}
