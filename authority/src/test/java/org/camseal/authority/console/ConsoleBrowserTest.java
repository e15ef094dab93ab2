package org.camseal.authority.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.Pem;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: {@code e2e/browser/authority.mjs}. */
class ConsoleBrowserTest {
    @TempDir
    private Path directory;

    @Test
    void anOperatorFindsEverythingAndNothingRunsThatShouldNot() throws Exception {
        Peer.CHROMIUM.require();
        Path script = Path.of("..", "e2e", "browser", "authority.mjs")
                .toAbsolutePath()
                .normalize();
        Peer.requireFile(script.resolveSibling("node_modules").resolve("playwright-core"), "npm ci in e2e/browser");
        try (ConsoleHouse house = new ConsoleHouse(directory)) {
            String address =
                    house.byToken.uri().resolve(ConsoleRoutes.PREFIX.substring(1)) + "?token=" + house.token.text();
            Path pictures = Path.of("target", "console-pictures").toAbsolutePath();
            PeerOutcome outcome = Peer.NODE.run(
                    script.toString(),
                    address,
                    pictures.toString(),
                    house.byCertificate.uri().resolve(ConsoleRoutes.PREFIX).toString(),
                    operator(house, "anna"),
                    operator(house, "bert"));
            assertThat(outcome.good().lines()).contains("all held").noneMatch(line -> line.startsWith("FAIL"));
        }
    }

    /** The certificate's file and, beside it, the key's: a browser takes files. */
    private String operator(ConsoleHouse house, String name) throws Exception {
        Path chain = directory.resolve(name + ".pem");
        Pem.writeCertificates(
                chain, house.factory.known(CertificateProfile.OPERATOR, name).chain());
        Files.copy(house.factory.newestElement().resolve("tls-key.pem"), directory.resolve(name + ".key"));
        return chain.toString();
    }
}
