package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all of sealing adds to a stream: trailers, manifests, certificates with a chain of one, three grants (sealed-video.md, size). */
class OverheadPeerTest {
    private static final int PICTURES = 500;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1000, 2.0", "4000, 0.7"})
    void staysWithinItsShare(int kilobits, double mostPercent) throws Exception {
        Journey journey = new Journey();
        String rate = "keyint=50:min-keyint=50:scenecut=0:slices=1:bitrate=" + kilobits + ":vbv-maxrate=" + kilobits
                + ":vbv-bufsize=" + kilobits + ":threads=1";
        Clips clip = Clips.encode(
                directory,
                "testsrc2=size=640x360:rate=25,noise=alls=20:allf=t",
                List.of("libx264", "-x264-params", rate),
                "h264",
                PICTURES);
        List<Recipient> recipients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            recipients.add(Recipient.of(TestCamera.ecPair("secp256r1").getPublic()));
        }
        SealerSettings settings = SealerSettings.of(Journey.STREAM, recipients).withSuite(SuiteChoice.AES_256_GCM);
        List<AccessUnit> sealed = Journey.seal(journey.sealer(clip.tracks(), settings), clip.units());
        long before = clip.units().stream().mapToLong(AccessUnit::sizeBytes).sum();
        long after = sealed.stream().mapToLong(AccessUnit::sizeBytes).sum();
        double percent = 100.0 * (after - before) / before;
        System.out.printf(
                "overhead: %.2f %% of %.0f kbit/s (at most %.1f %%), %d bytes more in %d s%n",
                percent, before * 8.0 * 25 / PICTURES / 1000, mostPercent, after - before, PICTURES / 25);
        assertThat(percent).isLessThanOrEqualTo(mostPercent);
    }
}
