package org.camseal.authority.est;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.authority.EnrolmentHouse;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Default deny: each path of EST but cacerts, by nobody, by strangers, for another order's camera, and with what is no request. */
@Timeout(120)
class EstDenialTest {
    @TempDir
    private static Path directory;

    private static EnrolmentHouse house;

    @BeforeAll
    static void open() throws Exception {
        house = new EnrolmentHouse(directory);
        house.request("own", EnrolmentHouse.camera("L1-0001"));
        house.request("media", EnrolmentHouse.camera("L1-0001"));
        house.request("others", EnrolmentHouse.camera("L2-0001"));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static PeerOutcome ask(String client, String path, String... options) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--silent", "--include", "--max-time", "20", "--cacert", house.file("operations-root.pem")));
        if (!client.equals("nobody")) {
            all.addAll(List.of("--cert", house.file(client + ".pem"), "--key", house.file(client + "-key.pem")));
        }
        all.addAll(List.of(options));
        all.add(house.url("/.well-known/est" + path));
        return Peer.CURL.run(all).good();
    }

    private static PeerOutcome post(String client, String path, String file) throws Exception {
        return ask(
                client, path, "--header", "Content-Type: application/pkcs10", "--data-binary", "@" + house.file(file));
    }

    private static String last() throws Exception {
        return house.desk().audit().getLast();
    }

    @ParameterizedTest
    @CsvSource({
        "/csrattrs",
        "/simpleenroll",
        "/simplereenroll",
        "/device-tls/csrattrs",
        "/device-tls/simpleenroll",
        "/media-signing/simpleenroll",
        "/media-signing/simplereenroll"
    })
    void nobodyAndStrangersAreRefused(String path) throws Exception {
        for (String client : List.of("nobody", "foreign", "operator")) {
            PeerOutcome answer = path.endsWith("csrattrs") ? ask(client, path) : post(client, path, "own.csr");
            assertThat(answer.out())
                    .as("%s", client)
                    .startsWith("HTTP/1.1 403")
                    .contains("CamSeal-Refusal: NOT_AUTHENTICATED");
            assertThat(last()).startsWith("stranger ").contains("EST " + path.substring(path.lastIndexOf('/') + 1));
        }
        String file = path.contains("media") ? "media.csr" : "own.csr"; // a key is certified for one purpose
        PeerOutcome line = path.endsWith("csrattrs") ? ask("line-1", path) : post("line-1", path, file);
        assertThat(line.out()).as("a line").startsWith("HTTP/1.1 20");
    }

    @ParameterizedTest
    @CsvSource({"/serverkeygen", "/fullcmc", "/device-tls/serverkeygen", "/media-signing/fullcmc"})
    void keysAreNotMadeHereAndFullCmcIsNotSpoken(String path) throws Exception {
        for (String client : List.of("nobody", "foreign", "line-1")) {
            assertThat(post(client, path, "own.csr").out())
                    .startsWith("HTTP/1.1 501")
                    .contains("NOT_SERVED");
            assertThat(last()).contains("not served");
        }
    }

    @Test
    void anotherOrdersSerialIsRefused() throws Exception {
        assertThat(post("line-1", "/simpleenroll", "others.csr").out())
                .startsWith("HTTP/1.1 403")
                .contains("CamSeal-Refusal: NOT_ORDERED");
        assertThat(last()).startsWith("line L1: refused L2-0001: NOT_ORDERED");
        assertThat(post("line-2", "/simpleenroll", "others.csr").out()).startsWith("HTTP/1.1 200");
    }

    /** The same bytes from the same line are answered with the same certificate; so a replay gains nothing. */
    @ParameterizedTest
    @CsvSource({"/simpleenroll", "/simplereenroll"})
    void aRequestThatWasOverheardIsWorthNothingToOthers(String path) throws Exception {
        PeerOutcome first = post("line-1", path, "own.csr");
        assertThat(first.out()).startsWith("HTTP/1.1 200");
        assertThat(post("line-2", path, "own.csr").out())
                .startsWith("HTTP/1.1 403")
                .contains("CamSeal-Refusal: NOT_ORDERED");
        assertThat(last()).startsWith("line L2: refused L1-0001: NOT_ORDERED");
        assertThat(post("line-1", path, "own.csr").out()).isEqualTo(first.out());
    }

    @Test
    void whatIsNoRequestIsRefusedWithAReason() throws Exception {
        byte[] good = Files.readAllBytes(directory.resolve("own.csr"));
        byte[] forged = good.clone();
        forged[forged.length - 1] ^= 1;
        Files.write(directory.resolve("forged.csr"), forged);
        Files.write(directory.resolve("short.csr"), java.util.Arrays.copyOf(good, 20));
        Files.write(directory.resolve("large.csr"), new byte[60_000]);
        Files.writeString(directory.resolve("words.csr"), "not base64 at all!");
        for (String file : List.of("forged.csr", "short.csr", "large.csr", "words.csr", "own.csr.pem")) {
            assertThat(post("line-1", "/simpleenroll", file).out())
                    .as(file)
                    .startsWith("HTTP/1.1 400")
                    .contains("CamSeal-Refusal: MALFORMED");
            assertThat(last()).startsWith("line L1: refused").contains("EST simpleenroll");
        }
        assertThat(ask("line-1", "/simpleenroll", "--data-binary", "@" + house.file("own.csr"))
                        .out())
                .as("called a form")
                .startsWith("HTTP/1.1 415");
        assertThat(post("line-1", "/other/simpleenroll", "own.csr").out()).startsWith("HTTP/1.1 404");
        assertThat(post("line-1", "/simpleenroll", "own.csr").out()).startsWith("HTTP/1.1 200");
    }
}
