package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.camseal.identity.Pem;
import org.camseal.identity.TlsContexts;
import org.camseal.onvif.discovery.Announcement;
import org.camseal.onvif.discovery.Discovery;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The npm package onvif is the VMS: it searches, logs in, and asks for the stream, over HTTPS with the camera's certificate. */
@Timeout(240)
class VmsTest {
    private static final Path SCRIPT = Path.of("../e2e/onvif/vms.js");
    private static final Path PACKAGE = Path.of("../e2e/onvif/node_modules/onvif/package.json");

    @TempDir
    private static Path directory;

    private static OnvifServer onvif;
    private static WebServer web;
    private static Path root;

    @BeforeAll
    static void start() throws Exception {
        Peer.NODE.require();
        Peer.requireFile(PACKAGE, "npm, then npm ci in e2e/onvif");
        TestHouse house = TestHouse.in(directory.resolve("house"));
        onvif = house.onvif(OnvifSettings.STRICT, InstantSource.system());
        Routes routes = new Routes();
        onvif.add(routes);
        web = WebServer.start(
                WebSettings.https(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        TlsContexts.server(house.identity().tls()),
                        ClientCertificates.AS_THE_CONTEXT_SAYS),
                routes);
        root = directory.resolve("root.pem");
        Pem.writeCertificates(root, List.of(house.root()));
    }

    @AfterAll
    static void stop() {
        if (web != null) {
            onvif.close();
            web.close();
        }
    }

    private static PeerOutcome use(String password, Path trusted, String serial) throws Exception {
        return Peer.NODE.run(
                SCRIPT.toString(),
                "use",
                "127.0.0.1",
                String.valueOf(web.port()),
                "guard",
                password,
                trusted.toString(),
                serial);
    }

    @Test
    void itUsesTheCamera() throws Exception {
        onvif.events().publish(new OnvifEvent.Tamper(Instant.now(), "lid", OnvifEvent.State.ALARM, "opened"));
        onvif.tellExpiry();
        assertThat(use(TestUsers.password("guard"), root, TestHouse.SERIAL)
                        .good()
                        .out())
                .contains("\"serialNumber\":\"CS-0001\"", "\"profiles\":[\"main\",\"second\"]")
                .contains("\"stream\":\"rtsps://127.0.0.1:322/main\"", "\"older\":\"rtsps://127.0.0.1:322/main\"")
                .contains("\"refusal\":\"ONVIF SOAP Fault: this stream is not served that way")
                .contains("\"snapshot\":\"ONVIF SOAP Fault: this camera gives no pictures in clear")
                .contains("\"first\":2", "tns1:Device/camseal:Tamper Source=lid State=true Cause=opened")
                .contains("tns1:Advancedsecurity/Keystore/camseal:CertificateExpiry CertificateID=certificate-")
                .contains("State=VALID NotAfter=", "\"over\":\"ONVIF SOAP Fault: there is no such subscription");
    }

    @Test
    void itIsRefusedWithAWrongPassword() throws Exception {
        PeerOutcome outcome = use("wrong", root, TestHouse.SERIAL);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.all()).contains("Digest authentication failed");
    }

    @Test
    void itRefusesAnotherCameraAndAnotherMaker() throws Exception {
        PeerOutcome camera = use(TestUsers.password("guard"), root, "CS-0002");
        assertThat(camera.exitCode()).isEqualTo(1);
        assertThat(camera.all()).contains("not the camera CS-0002");
        Path other = Files.createDirectories(directory.resolve("other"));
        Path foreign = other.resolve("root.pem");
        Pem.writeCertificates(foreign, List.of(TestHouse.in(other).root()));
        PeerOutcome maker = use(TestUsers.password("guard"), foreign, TestHouse.SERIAL);
        assertThat(maker.exitCode()).isEqualTo(1);
        assertThat(maker.all()).containsIgnoringCase("unable to");
    }

    @Test
    void itFindsTheCamera() throws Exception {
        Announcement own = new Announcement(
                "urn:uuid:" + UUID.randomUUID(), // others on this machine may answer too
                new TestCamera().device().scopes().stream().map(OnvifScope::uri).toList(),
                List.of(URI.create("https://127.0.0.1:" + web.port() + DeviceService.PATH)),
                1);
        Discovery.Place place = new Discovery.Place(
                NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1")),
                Discovery.GROUP,
                Duration.ofMillis(50));
        Discovery.Surroundings around =
                new Discovery.Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom());
        try (Discovery discovery = Discovery.start(place, () -> own, around)) {
            assertThat(discovery).isNotNull();
            assertThat(Peer.NODE
                            .run(SCRIPT.toString(), "search", own.endpoint())
                            .good()
                            .out())
                    .contains("\"addresses\":\"https://127.0.0.1:" + web.port() + "/onvif/device_service\"")
                    .contains("onvif://www.onvif.org/location/gate", "dn:NetworkVideoTransmitter");
        }
    }
}
