package org.camseal.cli.cert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.cli.Said;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.camseal.peers.Pebble;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code camseal cert acme} against pebble, which nobody here wrote. */
class CertAcmeCommandTest {
    @TempDir
    private static Path shared;

    private static Pebble pebble;

    @TempDir
    private Path directory;

    private Path camera;

    @BeforeAll
    static void startAuthority() throws Exception {
        pebble = new Pebble(shared);
    }

    @AfterAll
    static void endAuthority() {
        if (pebble != null) {
            pebble.close();
        }
    }

    @BeforeEach
    void makeCamera() throws Exception {
        camera = directory.resolve("camera");
        Identity.openOrCreate(camera, Role.CAMERA, new SecureRandom());
    }

    private Said acme(String name, Object... more) {
        List<Object> words = new ArrayList<>(List.of("cert", "acme", camera, "--dns", name));
        words.addAll(List.of("--authority-root", pebble.root()));
        words.addAll(List.of(more));
        return Said.by(words.toArray());
    }

    private Said asked(String name, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "--directory",
                pebble.directory(),
                "--challenge",
                "http-01",
                "--listen",
                "127.0.0.1:" + pebble.httpPort()));
        words.addAll(List.of(more));
        return acme(name, words.toArray());
    }

    @Test
    void aNameIsProvedAndItsCertificateInstalledUntilItIsDue() throws Exception {
        Said terms = asked("cam.example.com");
        assertThat(terms.code())
                .as("terms of service are agreed to by people: " + terms.err())
                .isEqualTo(4);
        assertThat(terms.err()).contains("terms are agreed to");
        Said installed = asked("cam.example.com", "--agree-terms", "--json");
        assertThat(installed.code()).as(installed.err()).isZero();
        assertThat(Instant.parse(installed.json().get("renewFrom").asText())).isAfter(Instant.now());
        Said due = asked("cam.example.com", "--agree-terms", "--if-due");
        assertThat(due.code()).isZero();
        assertThat(due.out()).contains("not due before");
        Said byTls = acme(
                "cam.example.com",
                "--directory",
                pebble.directory(),
                "--listen",
                "127.0.0.1:" + pebble.tlsPort(),
                "--agree-terms");
        assertThat(byTls.code()).as(byTls.err()).isZero();
        assertThat(byTls.out()).contains("renew from");
    }

    @Test
    void whatGoesWrongHasItsExitCode() throws Exception {
        Said blocked = asked("blocked.example.com", "--agree-terms");
        assertThat(blocked.code()).as(blocked.err()).isEqualTo(4);
        assertThat(asked("cam.example.com", "--challenge", "dns-01").code()).isEqualTo(2);
        assertThat(asked("not a name", "--agree-terms").code()).isEqualTo(2);
        Said nobody = acme(
                "cam.example.com",
                "--directory",
                "https://127.0.0.1:" + PeerProcess.freePort() + "/dir",
                "--agree-terms");
        assertThat(nobody.code()).as(nobody.err()).isEqualTo(4);
        Said noIdentity = Said.by(
                "cert",
                "acme",
                directory.resolve("nobody"),
                "--dns",
                "cam.example.com",
                "--directory",
                pebble.directory(),
                "--authority-root",
                pebble.root(),
                "--agree-terms");
        assertThat(noIdentity.code()).as(noIdentity.err()).isEqualTo(5);
    }
}
