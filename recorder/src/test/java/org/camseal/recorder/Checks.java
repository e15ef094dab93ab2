package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.UnitReader;
import org.camseal.media.mp4.Mp4Reader;

/** Looks at recordings without the recorder's help. */
final class Checks {
    private Checks() {}

    static GroupJudge judge(FakeCamera camera) {
        return new GroupJudge(new TrustEvaluator(new TrustRoots(List.of(camera.root()), List.of())), camera.serial());
    }

    /** Verdicts over groups with packages, from whole files put one behind the other. */
    static List<GroupVerdict> verdicts(FakeCamera camera, List<Path> files) throws IOException {
        return verdicts(camera, camera.tracks(), units(files));
    }

    static List<GroupVerdict> verdicts(FakeCamera camera, List<Track> tracks, List<AccessUnit> units) {
        ManifestChecker checker = new ManifestChecker(tracks);
        List<GroupReport> reports = new ArrayList<>();
        units.forEach(unit -> reports.addAll(checker.accept(unit)));
        reports.addAll(checker.finish());
        GroupJudge judge = judge(camera);
        return reports.stream()
                .filter(GroupJudge::hasPackages)
                .map(judge::judge)
                .toList();
    }

    static List<AccessUnit> units(List<Path> files) throws IOException {
        List<AccessUnit> units = new ArrayList<>();
        for (Path file : files) {
            try (UnitReader reader = Mp4Reader.open(file)) {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    units.add(unit);
                }
            } catch (TruncatedException torn) {
                // what was whole has been taken
            } catch (MediaException damaged) {
                throw new IOException(damaged);
            }
        }
        return units;
    }

    /** All segments below a directory, by name. */
    static List<Path> segments(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".mp4"))
                    .sorted()
                    .toList();
        }
    }
}
