package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.camseal.identity.Pem;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a TLS client of others finds at a camera's two ports: the same at both. */
@Timeout(180)
class TlsDoorsTest {
    private static final int GOOD_SUITE = 0xc02b; // ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    private static final String GOOD = "suite c02b compression 0";
    private static final String HANDSHAKE_FAILURE = "alert 40";

    /** Suites by what is wrong with them (RFC 9325 section 4.1), by their numbers in IANA's list. */
    private static final Map<String, int[]> WEAK = Map.ofEntries(
            Map.entry("RC4", new int[] {0x0004, 0x0005, 0xc007, 0xc011}),
            Map.entry("triple des", new int[] {0x000a, 0x0016, 0xc008, 0xc012}),
            Map.entry("CBC", new int[] {0xc009, 0xc00a, 0xc013, 0xc014, 0xc023, 0xc024, 0xc027, 0xc028}),
            Map.entry("RSA key exchange", new int[] {0x002f, 0x0035, 0x003c, 0x009c, 0x009d}),
            Map.entry("static ECDH", new int[] {0xc004, 0xc005, 0xc02d, 0xc02e, 0xc031, 0xc032}),
            Map.entry("finite fields", new int[] {0x0033, 0x0039, 0x009e, 0x009f}),
            Map.entry("anonymous", new int[] {0x0018, 0x0034, 0x003a, 0x00a6, 0x00a7, 0xc017, 0xc018, 0xc019}),
            Map.entry("export", new int[] {0x0003, 0x0006, 0x0008, 0x000b, 0x000e, 0x0011, 0x0014, 0x0017, 0x0019}),
            Map.entry("no encryption", new int[] {0x0001, 0x0002, 0x003b, 0xc006, 0xc010}),
            Map.entry("short tags", new int[] {0xc0ae, 0xc0af}));

    @TempDir
    private static Path directory;

    private static PageHouse house;

    /** Where to knock. */
    enum Door {
        PAGES,
        STREAM;

        int port() {
            return switch (this) {
                case PAGES -> house.server.port();
                case STREAM -> house.camera.address().getPort();
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        house = new PageHouse(directory);
    }

    @AfterAll
    static void end() {
        house.close();
    }

    private static PeerOutcome handshake(Door door, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + door.port()));
        command.addAll(List.of(options));
        if (!command.contains("-cipher")) {
            command.addAll(List.of("-cipher", "DEFAULT@SECLEVEL=0")); // the client's own strictness is not the question
        }
        return Peer.OPENSSL.feed("", command.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void opensslIsShownTheCamerasChainByTls12And13(Door door) throws Exception {
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            String root = directory.resolve("root.pem").toString();
            PeerOutcome shown =
                    handshake(door, version, "-CAfile", root, "-x509_strict", "-purpose", "sslserver", "-showcerts");
            assertThat(shown.good().all())
                    .as(version)
                    .contains("Verify return code: 0 (ok)", "Server Temp Key: X25519", "Compression: NONE");
            assertThat(Pem.certificates(shown.out(), "openssl")).as(version).isEqualTo(house.chain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensslIsRefusedWhatIsOldOrWeak(Door door) throws Exception {
        for (String version : new String[] {"-tls1", "-tls1_1"}) {
            assertThat(handshake(door, version).all()).as(version).contains("alert protocol version");
        }
        assertThat(handshake(
                                door,
                                "-tls1_2",
                                "-cipher",
                                "ALL:COMPLEMENTOFALL:!ECDHE+AESGCM:!ECDHE+CHACHA20:@SECLEVEL=0")
                        .all())
                .as("every suite that it has but the good ones")
                .contains("alert handshake failure");
        assertThat(handshake(door, "-tls1_3", "-groups", "ffdhe2048").all())
                .as("finite fields")
                .containsPattern("SSL alert number (10|40)");
        assertThat(handshake(door, "-tls1_3", "-groups", "ffdhe2048:P-256").all())
                .as("positive control")
                .contains("Server Temp Key: ECDH, prime256v1");
    }

    @ParameterizedTest
    @EnumSource
    void suitesThatNoLibraryOffersAnyMoreAreRefusedToo(Door door) throws Exception {
        assertThat(ClientHello.withSuites(GOOD_SUITE).answer(door.port())).isEqualTo(GOOD);
        for (Map.Entry<String, int[]> weak : WEAK.entrySet()) {
            int[] suites = weak.getValue();
            assertThat(ClientHello.withSuites(suites).answer(door.port()))
                    .as(weak.getKey())
                    .isEqualTo(HANDSHAKE_FAILURE);
            int[] goodBehind = Arrays.copyOf(suites, suites.length + 1);
            goodBehind[suites.length] = GOOD_SUITE;
            assertThat(ClientHello.withSuites(goodBehind).answer(door.port()))
                    .as("positive control: %s first, a good one last", weak.getKey())
                    .isEqualTo(GOOD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oldVersionsWeakGroupsAndCompressionAreRefused(Door door) throws Exception {
        ClientHello good = ClientHello.withSuites(GOOD_SUITE, 0x0005);
        assertThat(good.withVersion(0x0300).answer(door.port())).as("SSL 3.0").isIn("alert 70", HANDSHAKE_FAILURE);
        assertThat(good.withVersion(0x0301).answer(door.port())).as("TLS 1.0").isEqualTo("alert 70");
        assertThat(good.withVersion(0x0302).answer(door.port())).as("TLS 1.1").isEqualTo("alert 70");
        assertThat(good.withGroups(1, 15, 18, 19, 20, 21).answer(door.port()))
                .as("curves of less than 256 bits")
                .isEqualTo(HANDSHAKE_FAILURE);
        for (int[] compressions : new int[][] {{1}, {1, 0}}) {
            assertThat(good.withCompressions(compressions).answer(door.port()))
                    .as("deflate is never chosen")
                    .isEqualTo(GOOD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyNegotiatesAnew(Door door) throws Exception {
        List<String> command = Peer.OPENSSL.with(
                List.of("s_client", "-connect", "127.0.0.1:" + door.port(), "-tls1_2", "-no_ign_eof"));
        try (PeerProcess client = PeerProcess.startServer(directory, command)) {
            OutputStream commands = client.process().getOutputStream();
            commands.write("R\n".getBytes(StandardCharsets.US_ASCII));
            commands.flush();
            // The server ends it; else openssl would wait for another command.
            client.endsSomehow(Duration.ofSeconds(60));
            assertThat(client.output()).contains("Secure Renegotiation IS supported", "RENEGOTIATING");
        }
    }
}
