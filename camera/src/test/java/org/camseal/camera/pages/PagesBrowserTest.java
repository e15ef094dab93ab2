package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: {@code e2e/browser/camera.mjs}. */
class PagesBrowserTest {
    @Test
    void anOwnerSetsTheFirstPasswordAndFindsEverything(@TempDir Path directory) throws Exception {
        Peer.CHROMIUM.require();
        Path script =
                Path.of("..", "e2e", "browser", "camera.mjs").toAbsolutePath().normalize();
        Peer.requireFile(script.resolveSibling("node_modules").resolve("playwright-core"), "npm ci in e2e/browser");
        try (PageHouse house = new PageHouse(directory)) {
            Path pictures = Path.of("target", "page-pictures").toAbsolutePath();
            PeerOutcome outcome =
                    Peer.NODE.run(script.toString(), house.server.uri().toString(), pictures.toString());
            assertThat(outcome.good().lines()).contains("all held").noneMatch(line -> line.startsWith("FAIL"));
        }
    }
}
