package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;

/** A camera, somebody who may see, and what tests do with them. */
final class Journey {
    static final StreamId STREAM = new StreamId("CAM-0001", "main");

    final TestCamera camera = new TestCamera();
    final KeyPair viewer = TestCamera.ecPair("secp256r1");
    final SecureRandom random = new SecureRandom();

    SealerSettings settings() throws SealException {
        return SealerSettings.of(STREAM, List.of(Recipient.of(viewer.getPublic())))
                .withSuite(SuiteChoice.AES_256_GCM);
    }

    Sealer sealer(List<Track> tracks) throws SealException {
        return sealer(tracks, settings());
    }

    Sealer sealer(List<Track> tracks, SealerSettings settings) throws SealException {
        return new Sealer(tracks, settings, camera, random);
    }

    Opener opener(List<Track> tracks) throws SealException {
        return opener(tracks, viewer);
    }

    Opener opener(List<Track> tracks, KeyPair pair) throws SealException {
        return new Opener(tracks, List.of(RecipientKey.of(pair.getPrivate(), pair.getPublic())), camera::signed);
    }

    static List<AccessUnit> seal(Sealer sealer, List<? extends AccessUnit> units) throws SealException {
        List<AccessUnit> sealed = new ArrayList<>();
        for (AccessUnit unit : units) {
            sealed.add(sealer.seal(unit).unit());
        }
        return sealed;
    }

    /** All of them, each opened. */
    static List<AccessUnit> open(Opener opener, List<? extends AccessUnit> sealed) {
        List<AccessUnit> opened = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            Opening opening = opener.open(unit);
            assertThat(opening).isInstanceOf(Opening.Opened.class);
            opened.add(((Opening.Opened) opening).unit());
        }
        return opened;
    }

    /** What stood in the way of each; null where it opened. */
    static List<Opening.Obstacle> obstacles(Opener opener, List<? extends AccessUnit> sealed) {
        List<Opening.Obstacle> obstacles = new ArrayList<>();
        for (AccessUnit unit : sealed) {
            obstacles.add(
                    opener.open(unit) instanceof Opening.NotOpened(Opening.Obstacle obstacle, String detail)
                            ? obstacle
                            : null);
        }
        return obstacles;
    }

    /** A recorder's view: every group authentic. */
    static void assertAuthentic(List<Track> tracks, List<? extends AccessUnit> sealed) {
        ManifestChecker checker = new ManifestChecker(tracks);
        List<GroupReport> reports = new ArrayList<>();
        sealed.forEach(unit -> reports.addAll(checker.accept(unit)));
        reports.addAll(checker.finish());
        assertThat(reports).isNotEmpty();
        assertThat(reports).allSatisfy(report -> assertThat(report.verdict()).isInstanceOf(Verdict.Authentic.class));
    }
}
