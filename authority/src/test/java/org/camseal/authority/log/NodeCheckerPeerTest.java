package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.identity.CertificateProfile;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker that shares no line with ours, written from the specification, has the same opinion. */
class NodeCheckerPeerTest {
    @TempDir
    private Path directory;

    private PeerOutcome check(String log) throws Exception {
        Path script = Path.of("../vectors/node/check-tlog.mjs").toAbsolutePath().normalize();
        Path key = directory.resolve("log.pub");
        LogWorld.KEYS.publicKey().write(key);
        return Peer.NODE.run(script.toString(), directory.resolve(log).toString(), key.toString());
    }

    @Test
    void itFindsSoundLogsSoundAndTheOthersNot() throws Exception {
        for (int size : new int[] {0, 1, 255, 256, 300}) {
            LogWorld.published(directory.resolve("log" + size), LogWorld.cameras(0, size), LogWorld.KEYS);
            assertThat(check("log" + size).out())
                    .isEqualTo("sound: " + size + " entries, " + size + " live certificates\n");
        }
        List<byte[]> second = new ArrayList<>(LogWorld.cameras(0, 3));
        second.add(LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-1", 2));
        second.add(LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-1", 77));
        LogWorld.published(directory.resolve("replaced"), second, LogWorld.KEYS);
        assertThat(check("replaced").out()).isEqualTo("sound: 5 entries, 3 live certificates\n");
        second.add(LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-1", 78));
        LogWorld.published(directory.resolve("second"), second, LogWorld.KEYS);
        assertThat(check("second").out()).contains("refused: a second live certificate");
        Path entries = directory.resolve("log300/tile/entries/001.p/44");
        byte[] bundle = Files.readAllBytes(entries);
        bundle[bundle.length - 1] ^= 1;
        Files.write(entries, bundle);
        assertThat(check("log300").out()).contains("refused: the entries do not have the root");
    }
}
