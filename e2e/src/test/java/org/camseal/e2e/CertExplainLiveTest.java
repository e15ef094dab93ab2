package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.TlsContexts;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.web.Access;
import org.camseal.web.ClientCertificates;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People ask who answers, by {@code camseal cert explain}, a running RTSPS server and a running HTTPS server, each with every kind of
 * certificate that there is. The public authority is made here, and named as a public root.
 */
@Timeout(120)
class CertExplainLiveTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String SERIAL = "CS-1";

    /** Who answers, and what people are to be told. */
    enum Who {
        GENUINE("device-root", "the maker Maker, for its camera CS-1 (model Model X)"),
        ANOTHER_GENUINE("other-camera", "the maker Maker, but for the camera CS-2, not for CS-1"),
        DOMAIN("domain", "a public authority, for the names only (domain validated)"),
        ORGANIZATION("organization", "a public authority, for the organization \"Shop Ltd\""),
        INDIVIDUAL("individual", "a public authority, for the person \"Ann Guard\""),
        EXTENDED(
                "extended",
                "a public authority, after extended validation of the organization \"Bank AG\" (registered as \"HRB 1\")"),
        PUBLIC("public", "a public authority that does not say how closely it looked"),
        SELF_SIGNED("self-signed", "nobody but itself"),
        /** The right name and serial number, under a root of the same name with another key. */
        OF_ANOTHER_MAKER("stranger", "nobody who is known here (bad signature)"),
        /** It states the highest level, and nobody knows its authority. */
        OF_ANOTHER_AUTHORITY("stranger", "nobody who is known here (unknown root)");

        private final String kind;
        private final String told;

        Who(String kind, String told) {
            this.kind = kind;
            this.told = told;
        }
    }

    /** Where it is asked. */
    enum Door {
        RTSPS,
        HTTPS
    }

    @TempDir
    private static Path home;

    private static final Map<Who, SSLContext> SERVING = new EnumMap<>(Who.class);
    private static Path makerRoot = Path.of("");
    private static Path publicRoots = Path.of("");

    @BeforeAll
    static void makeEverybody() throws Exception {
        SERVING.put(Who.GENUINE, camera("maker", SERIAL));
        SERVING.put(Who.ANOTHER_GENUINE, camera("maker", "CS-2"));
        SERVING.put(Who.OF_ANOTHER_MAKER, camera("pretender", SERIAL));
        makerRoot = home.resolve("maker-root.pem");
        Pem.writeCertificates(
                makerRoot,
                List.of(DeviceAuthority.openOrCreate(
                                home.resolve("maker"), "Maker", InstantSource.system(), new SecureRandom())
                        .root()));
        Impostor root = Impostor.root("O=Public Trust,CN=Public Root");
        publicRoots = home.resolve("public-roots.pem");
        Pem.writeCertificates(publicRoots, List.of(root.certificate()));
        Impostor issuing = root.authority("O=Public Trust,CN=Public Issuing");
        // CA/Browser Forum, Baseline Requirements section 7.1.6.1
        serve(Who.DOMAIN, issuing.server("CN=cam.example.com", "2.23.140.1.2.1"));
        serve(Who.ORGANIZATION, issuing.server("O=Shop Ltd,CN=cam.example.com", "2.23.140.1.2.2"));
        serve(Who.INDIVIDUAL, issuing.server("givenName=Ann,surname=Guard,CN=cam.example.com", "2.23.140.1.2.3"));
        serve(Who.EXTENDED, issuing.server("O=Bank AG,serialNumber=HRB 1,CN=cam.example.com", "2.23.140.1.1"));
        serve(Who.PUBLIC, issuing.server("O=Bank AG,CN=cam.example.com"));
        serve(Who.SELF_SIGNED, Impostor.selfSigned("O=Maker,CN=Model X,serialNumber=CS-1", Purpose.DEVICE_TLS));
        Impostor other = Impostor.root("O=Other Trust,CN=Other Root");
        serve(
                Who.OF_ANOTHER_AUTHORITY,
                other.authority("O=Other Trust,CN=Other Issuing")
                        .server("O=Bank AG,serialNumber=HRB 1,CN=cam.example.com", "2.23.140.1.1"));
    }

    private static SSLContext camera(String maker, String serial) throws Exception {
        SecureRandom random = new SecureRandom();
        Identity camera = Identity.openOrCreate(home.resolve(maker + "-" + serial), Role.CAMERA, random);
        DeviceAuthority.openOrCreate(home.resolve(maker), "Maker", InstantSource.system(), random)
                .enrol(camera, new CertificateSubject("Maker", "Model X", serial));
        return TlsContexts.server(camera.tls());
    }

    private static void serve(Who who, Impostor with) throws Exception {
        SERVING.put(who, with.context());
    }

    /** A server of ours that runs, and its address as people write it. */
    private record Running(Runnable stopping, String address) implements AutoCloseable {
        static Running at(Door door, SSLContext tls) throws Exception {
            return switch (door) {
                case RTSPS -> {
                    RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll())
                            .withTls(tls, RtspServerSettings.ClientCertificates.NOT_ASKED));
                    yield new Running(server::close, "rtsps://127.0.0.1:" + server.port() + "/live");
                }
                case HTTPS -> {
                    WebSettings loopback = WebSettings.loopback(0, new Access.Anyone());
                    InetSocketAddress bind = loopback.bind();
                    WebServer server = WebServer.start(
                            WebSettings.https(bind, tls, ClientCertificates.AS_THE_CONTEXT_SAYS), new Routes());
                    yield new Running(server::close, "https://127.0.0.1:" + server.port());
                }
            };
        }

        @Override
        public void close() {
            stopping.run();
        }
    }

    static Stream<Arguments> table() {
        return Stream.of(Who.values()).flatMap(who -> Stream.of(Door.values()).map(door -> Arguments.of(who, door)));
    }

    private static Cli explain(Running running, String... more) {
        List<String> words = new ArrayList<>(List.of("cert", "explain", running.address()));
        words.addAll(List.of("--device-root", makerRoot.toString(), "--public-roots", publicRoots.toString()));
        words.addAll(List.of(more));
        return Cli.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("table")
    void peopleAreToldWhoAnswers(Who who, Door door) throws Exception {
        try (Running running = Running.at(door, Objects.requireNonNull(SERVING.get(who)))) {
            int expected = who == Who.GENUINE ? 0 : 5;
            Cli json = explain(running, "--serial", SERIAL, "--json");
            assertThat(json.exitCode()).as("%s", json).isEqualTo(expected);
            JsonNode told = json.json();
            assertThat(told.path("kind").asText()).as("%s", json).isEqualTo(who.kind);
            assertThat(told.path("key").asText()).isEqualTo("shown");
            if (who != Who.OF_ANOTHER_MAKER) { // as a camera's, it names no host, and does not end
                assertThat(told.path("weaknesses")).as("%s", json).isEmpty();
            }
            assertThat(told.path("proves").asText()).isNotEmpty();
            assertThat(told.path("provesNot").asText()).isNotEmpty();
            assertFacts(who, told);
            Cli words = explain(running, "--serial", SERIAL);
            assertThat(words.exitCode()).isEqualTo(expected);
            assertThat(words.out()).contains(who.told).contains("it proves").contains("it does not prove");
            assertThat(explain(running).exitCode())
                    .as("without a serial everybody is explained")
                    .isZero();
        }
    }

    private static void assertFacts(Who who, JsonNode told) {
        switch (who) {
            case GENUINE -> {
                assertThat(told.path("serial").asText()).isEqualTo(SERIAL);
                assertThat(told.path("maker").asText()).isEqualTo("Maker");
                assertThat(told.path("model").asText()).isEqualTo("Model X");
            }
            case ANOTHER_GENUINE -> {
                assertThat(told.path("serial").asText()).isEqualTo("CS-2");
                assertThat(told.path("expectedSerial").asText()).isEqualTo(SERIAL);
            }
            case ORGANIZATION -> assertThat(told.path("organization").asText()).isEqualTo("Shop Ltd");
            case INDIVIDUAL -> assertThat(told.path("person").asText()).isEqualTo("Ann Guard");
            case EXTENDED -> {
                assertThat(told.path("organization").asText()).isEqualTo("Bank AG");
                assertThat(told.path("registration").asText()).isEqualTo("HRB 1");
            }
            case OF_ANOTHER_MAKER -> assertThat(told.path("reason").asText()).isEqualTo("BAD_SIGNATURE");
            case OF_ANOTHER_AUTHORITY ->
                assertThat(told.path("reason").asText()).isEqualTo("UNKNOWN_ROOT");
            case DOMAIN, PUBLIC, SELF_SIGNED ->
                assertThat(told.has("organization"))
                        .as("a name that nobody vouches for is not a fact")
                        .isFalse();
        }
    }

    @Test
    void withoutItsRootEveryoneButItselfIsAStranger() throws Exception {
        for (Who who : List.of(Who.GENUINE, Who.DOMAIN, Who.EXTENDED)) {
            try (Running running = Running.at(Door.RTSPS, Objects.requireNonNull(SERVING.get(who)))) {
                Cli told = Cli.run("cert", "explain", running.address(), "--json");
                assertThat(told.exitCode()).as("%s", told).isZero();
                assertThat(told.json().path("kind").asText()).isEqualTo("stranger");
                assertThat(told.err()).contains("camseal: hint: name whose word counts");
            }
        }
    }
}
