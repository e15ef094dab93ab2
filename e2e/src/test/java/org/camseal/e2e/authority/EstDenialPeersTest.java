package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Default deny, by the running program: each path of EST but cacerts, asked by curl as nobody, as somebody else's line, for another order's
 * camera, and with what another line was overheard sending. Each refusal is found in the authority's audit log.
 */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class EstDenialPeersTest {
    private static final List<String> LABELS = List.of("", "/device-tls", "/media-signing");
    private static final List<String> ENROLLING = paths("simpleenroll", "simplereenroll");
    private static final List<String> NOT_SERVED = paths("serverkeygen", "fullcmc");

    private final RunningAuthority authority;
    private final AuthorityHouse house;
    private long before;

    EstDenialPeersTest(RunningAuthority authority) {
        this.authority = authority;
        this.house = authority.house();
    }

    @BeforeEach
    void mark() {
        before = house.lastAuditEntry();
    }

    private static List<String> paths(String... words) {
        return LABELS.stream()
                .flatMap(label -> Stream.of(words).map(word -> label + "/" + word))
                .toList();
    }

    private static String word(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** One curl for all paths, so that they share a connection: what was answered to each, head and body. */
    private List<String> ask(String client, List<String> paths, String request) throws Exception {
        List<String> words = new ArrayList<>();
        for (String path : paths) {
            if (!words.isEmpty()) {
                words.add("--next");
            }
            words.addAll(authority.curlWords(client));
            if (!path.endsWith("csrattrs")) {
                words.addAll(List.of(
                        "--header",
                        "Content-Type: application/pkcs10",
                        "--data-binary",
                        "@" + house.file(request + ".csr")));
            }
            words.add(authority.url("/.well-known/est" + path));
        }
        PeerOutcome outcome = Peer.CURL.run(words).good();
        List<String> answers = List.of(outcome.out().split("(?=HTTP/1\\.1 \\d{3} )"));
        assertThat(answers).as("%s", outcome).hasSameSizeAs(paths);
        return answers;
    }

    private void refused(String client, List<String> paths, String request, String... words) throws Exception {
        List<String> answers = ask(client, paths, request);
        for (int i = 0; i < paths.size(); i++) {
            assertThat(answers.get(i)).as("%s by %s", paths.get(i), client).contains(words);
        }
    }

    /** One line for each path, in their order. */
    private void logged(String actor, List<String> paths, String... words) {
        List<String> lines = house.auditAfter(before).stream()
                .filter(line -> line.contains("  " + actor) && line.contains("  refused  "))
                .toList();
        assertThat(lines).as("%s", actor).hasSameSizeAs(paths);
        for (int i = 0; i < paths.size(); i++) {
            assertThat(lines.get(i)).contains(words).contains("EST " + word(paths.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "foreign"})
    void nobodyAndStrangersAreRefused(String client) throws Exception {
        house.request("deny-" + client, AuthorityHouse.camera("L1-0041"));
        List<String> deciding = new ArrayList<>(paths("csrattrs"));
        deciding.addAll(ENROLLING);
        refused(client, deciding, "deny-" + client, "HTTP/1.1 403 ", "CamSeal-Refusal: NOT_AUTHENTICATED");
        refused(client, NOT_SERVED, "deny-" + client, "HTTP/1.1 501 ", "NOT_SERVED");
        List<String> all = new ArrayList<>(deciding);
        all.addAll(NOT_SERVED);
        logged("stranger ", all, "EST ");
    }

    @Test
    void aLineIsServedOnEachOfThesePaths() throws Exception {
        house.request("own-tls", AuthorityHouse.camera("L1-0042"));
        house.request("own-media", AuthorityHouse.camera("L1-0042"));
        for (String label : LABELS) {
            String request =
                    label.equals("/media-signing") ? "own-media" : "own-tls"; // a key is certified for one purpose
            List<String> paths = List.of(label + "/csrattrs", label + "/simpleenroll", label + "/simplereenroll");
            List<String> answers = ask("line-1", paths, request);
            assertThat(answers.getFirst()).startsWith("HTTP/1.1 204 ");
            assertThat(answers.subList(1, 3))
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
        }
        assertThat(house.auditAfter(before)).noneMatch(line -> line.contains("  refused  "));
        refused("line-1", NOT_SERVED, "own-tls", "HTTP/1.1 501 ", "NOT_SERVED");
        logged("line L1", NOT_SERVED, "not served");
    }

    @Test
    void anotherOrdersSerialIsRefused() throws Exception {
        house.request("others", AuthorityHouse.camera("L2-0041"));
        refused("line-1", ENROLLING, "others", "HTTP/1.1 403 ", "CamSeal-Refusal: NOT_ORDERED");
        logged("line L1", ENROLLING, "L2-0041  NOT_ORDERED: ");
        assertThat(ask("line-2", List.of("/simpleenroll"), "others").getFirst())
                .as("to whom it was ordered")
                .startsWith("HTTP/1.1 200 ");
    }

    /** The same bytes by the same line are answered with the same bytes, so that line loses nothing; others gain nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"TLS", "MEDIA"})
    void whatWasOverheardIsWorthNothingToOthers(String certificate) throws Exception {
        String name = "heard-" + certificate.toLowerCase(Locale.ROOT);
        house.request(name, AuthorityHouse.camera("L1-0043"));
        List<String> path =
                List.of(certificate.equals("MEDIA") ? "/media-signing/simpleenroll" : "/device-tls/simpleenroll");
        List<String> first = ask("line-1", path, name);
        assertThat(first.getFirst()).startsWith("HTTP/1.1 200 ");

        refused("line-2", ENROLLING, name, "HTTP/1.1 403 ", "CamSeal-Refusal: NOT_ORDERED");
        logged("line L2", ENROLLING, "L1-0043  NOT_ORDERED: ");
        assertThat(RunningAuthority.body(ask("line-1", path, name).getFirst()))
                .isEqualTo(RunningAuthority.body(first.getFirst()));
        assertThat(house.auditAfter(before)).anyMatch(line -> line.contains("line L1  given-again  L1-0043"));
    }
}
