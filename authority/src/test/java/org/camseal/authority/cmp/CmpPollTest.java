package org.camseal.authority.cmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentHouse;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer that takes its time, which no authority of a test does by itself: openssl polls for it. */
@Timeout(120)
class CmpPollTest {
    @TempDir
    private static Path directory;

    @Test
    void whoHasToWaitPolls() throws Exception {
        try (EnrolmentHouse house = new EnrolmentHouse(directory)) {
            house.request("poll", EnrolmentHouse.camera("L1-0026"));
            house.desk().answerNext(new EnrolmentAnswer.Later(Duration.ofSeconds(1), "the CA behind is busy"));
            PeerOutcome outcome = Peer.OPENSSL
                    .run(List.of(
                            "cmp",
                            "-cmd",
                            "p10cr",
                            "-server",
                            "localhost:" + house.port(),
                            "-path",
                            ".well-known/cmp/p/device-tls",
                            "-tls_used",
                            "-tls_trusted",
                            house.file("operations-root.pem"),
                            "-trusted",
                            house.file("operations-root.pem"),
                            "-cert",
                            house.file("line-1.pem"),
                            "-key",
                            house.file("line-1-key.pem"),
                            "-csr",
                            house.file("poll.csr.pem"),
                            "-certout",
                            house.file("poll.pem"),
                            "-out_trusted",
                            house.file("device-root.pem")))
                    .good();
            assertThat(outcome.all()).contains("POLLREQ").contains("received PKICONF");
        }
    }
}
