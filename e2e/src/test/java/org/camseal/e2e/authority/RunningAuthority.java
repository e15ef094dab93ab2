package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camseal.e2e.Command;
import org.camseal.identity.Pem;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.peers.PeerProcess;

/** {@code camseal authority run} as a process of its own, and how curl asks it. */
final class RunningAuthority implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int ENDED_BY_SIGTERM = 143;
    private static final Pattern HTTPS = Pattern.compile("lines, operators and cameras: (https://\\S+)");
    private static final Pattern PUBLIC = Pattern.compile("log: (http://\\S+)log/checkpoint");

    private final AuthorityHouse house;
    private final Path directory;
    private final PeerProcess process;
    private final URI https;
    private final URI open;

    private RunningAuthority(AuthorityHouse house, Path directory) throws Exception {
        this.house = house;
        this.directory = directory;
        house.set(Map.of("listen", "127.0.0.1:0", "public-listen", "127.0.0.1:0", "list-interval-seconds", "1"));
        this.process =
                PeerProcess.start(directory, Command.camseal("authority", "run", "--home", house.home.toString()));
        try {
            this.https = address(HTTPS);
            this.open = address(PUBLIC);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** A maker's authority: lines L1 and L2, each with an order of its own serials; operator bert; and somebody foreign. */
    static RunningAuthority start() {
        try {
            Path directory = Files.createTempDirectory("camseal-authority");
            AuthorityHouse house = new AuthorityHouse(directory);
            for (String line : List.of("1", "2")) {
                house.staff("line", "L" + line, "line-" + line);
                house.order("PO-" + line, "L" + line + "-0000", "L" + line + "-9999", "L" + line);
            }
            house.staff("operator", "bert", "operator");
            house.foreign("foreign");
            return new RunningAuthority(house, directory);
        } catch (Exception e) {
            throw new IllegalStateException("the authority does not start", e);
        }
    }

    /** Runs a house that is ready; its directory is the test's own. */
    static RunningAuthority of(AuthorityHouse house, Path directory) throws Exception {
        return new RunningAuthority(house, directory);
    }

    private URI address(Pattern printed) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Matcher found = printed.matcher(process.output());
            if (found.find()) {
                return URI.create(found.group(1));
            }
            assertThat(process.isAlive()).as("%s", process.output()).isTrue();
            Thread.sleep(50);
        }
        throw new AssertionError("not started after " + PATIENCE + ": " + process.output());
    }

    AuthorityHouse house() {
        return house;
    }

    /** As foreign programs call it: by a name in its certificate. */
    String url(String path) {
        return "https://" + host() + path;
    }

    /** Host and port. */
    String host() {
        return "localhost:" + https.getPort();
    }

    /** Where the status of certificates and the log are. */
    String open(String path) {
        return open + path;
    }

    /** curl as that client, or as nobody; the answer's head is in front of its body. */
    PeerOutcome curl(String client, String path, String... options) throws Exception {
        List<String> all = new ArrayList<>(curlWords(client));
        all.addAll(List.of(options));
        all.add(url("/.well-known/est" + path));
        return Peer.CURL.run(all).good();
    }

    /** What is said to curl in front of each address. */
    List<String> curlWords(String client) {
        List<String> words = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--include",
                "--max-time",
                "60",
                "--cacert",
                house.own("operations-root.pem")));
        if (!client.equals("nobody")) {
            words.addAll(List.of("--cert", house.file(client + ".pem"), "--key", house.file(client + "-key.pem")));
        }
        return words;
    }

    /** openssl asks by CMP over TLS, for a TLS certificate, and signs with what that client has. */
    PeerOutcome cmp(String signer, String command, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "cmp",
                "-cmd",
                command,
                "-server",
                host(),
                "-path",
                ".well-known/cmp/p/device-tls",
                "-tls_used",
                "-tls_trusted",
                house.own("operations-root.pem"),
                "-trusted",
                house.own("operations-root.pem"),
                "-cert",
                house.file(signer + ".pem"),
                "-key",
                house.file(signer + "-key.pem"),
                "-msg_timeout",
                "60"));
        all.addAll(List.of(options));
        return Peer.OPENSSL.run(all);
    }

    /** Asks by EST simpleenroll. */
    PeerOutcome enrol(String client, String label, String request, String... options) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--header", "Content-Type: application/pkcs10", "--data-binary", "@" + house.file(request)));
        all.addAll(List.of(options));
        return curl(client, label + "/simpleenroll", all.toArray(String[]::new));
    }

    /** Has a camera enrolled by a line: {@code NAME.pem}, with its key in {@code NAME-key.pem}. */
    X509Certificate enrolled(String client, String name, String serial) throws Exception {
        house.request(name, AuthorityHouse.camera(serial));
        List<X509Certificate> given = certificates(enrol(client, "", name + ".csr"));
        Pem.writeCertificates(Path.of(house.file(name + ".pem")), given);
        return given.getFirst();
    }

    static String body(PeerOutcome answer) {
        return body(answer.out());
    }

    /** What comes after the head. */
    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** The certificates of an answer, which must be 200. */
    static List<X509Certificate> certificates(PeerOutcome answer) throws Exception {
        assertThat(answer.out()).startsWith("HTTP/1.1 200");
        return CertsOnly.decode(
                Base64Body.decode(body(answer).getBytes(StandardCharsets.US_ASCII), "answer"), "answer");
    }

    /** Asks openssl what the authority says of a certificate, named by {@code -cert FILE} or {@code -serial NUMBER}. */
    PeerOutcome ocsp(String... which) throws Exception {
        List<String> words = new ArrayList<>(List.of("ocsp", "-issuer", house.own("device-issuing.pem")));
        words.addAll(List.of(which));
        words.addAll(List.of("-CAfile", house.file("chain.pem"), "-url", open("ocsp"), "-resp_text"));
        return Peer.OPENSSL.run(words).good();
    }

    /** Asks it to end, as a service's keeper does, and waits until it has. */
    void end() throws IOException, InterruptedException {
        process.process().destroy();
        assertThat(process.endsSomehow(GRACE)).as("%s", process.output()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(process.output()).doesNotContain("camseal: error");
    }

    @Override
    public void close() throws IOException {
        try (process) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder()).forEach(RunningAuthority::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
