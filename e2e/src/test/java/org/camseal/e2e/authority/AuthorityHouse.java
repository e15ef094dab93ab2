package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camseal.e2e.Cli;
import org.camseal.identity.Pem;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;

/**
 * The directory of an authority, set up with its own commands, and beside it the files that programs of others need: keys and certificates in
 * PEM.
 */
final class AuthorityHouse {
    final Path home;
    private final Path files;

    /** Holds the ceremony and adds the first operator, anna. */
    AuthorityHouse(Path directory) throws IOException {
        this.files = directory;
        this.home = directory.resolve("authority");
        camseal(
                "init",
                home.toString(),
                "--roots",
                file("roots"),
                "--organization",
                "Maker",
                "--root-passphrase-file",
                secret("root.pass"),
                "--passphrase-file",
                secret("daily.pass"));
        asked("operator", "add", "anna", "--identity", file("anna"));
        Files.writeString(
                directory.resolve("chain.pem"),
                Files.readString(home.resolve("device-issuing.pem"))
                        + Files.readString(home.resolve("device-root.pem")));
    }

    private String secret(String name) throws IOException {
        Path file = Files.writeString(files.resolve(name), "test data passphrase");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    /** Lets settings have other values, or adds them. */
    void set(Map<String, String> settings) throws IOException {
        Path file = home.resolve("authority.yaml");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        settings.forEach((key, value) -> {
            lines.removeIf(line -> line.startsWith(key + ":"));
            lines.add(key + ": " + value);
        });
        Files.write(file, lines);
    }

    private static Cli camseal(String... words) {
        List<String> all = new ArrayList<>(List.of("authority"));
        all.addAll(List.of(words));
        Cli outcome = Cli.run(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as("%s %s", all, outcome).isZero();
        return outcome;
    }

    /** A command of {@code camseal authority} about this house; fails the test if it does not end well. */
    Cli asked(String what, String which, String... words) {
        List<String> all = new ArrayList<>(List.of(what, which, "--home", home.toString()));
        all.addAll(List.of(words));
        return camseal(all.toArray(String[]::new));
    }

    /** The same, given by operator anna. */
    Cli ordered(String what, String which, String... words) {
        List<String> all = new ArrayList<>(List.of("--as", file("anna")));
        all.addAll(List.of(words));
        return asked(what, which, all.toArray(String[]::new));
    }

    /** Makes a key for a line or operator with openssl, and has it certified: {@code NAME-key.pem} and {@code NAME.pem}. */
    void staff(String kind, String id, String name) throws Exception {
        request(name, "/CN=" + id);
        ordered(kind, "add", id, "--request", file(name + ".csr.pem"), "--out", file(name + ".pem"));
    }

    /** An order of a hundred cameras of model "Model X" for one line. */
    void order(String id, String first, String last, String line, String... more) {
        List<String> words = new ArrayList<>(List.of(
                id,
                "--maker",
                "Maker",
                "--model",
                "Model X",
                "--serials",
                first + ".." + last,
                "--quantity",
                "100",
                "--line",
                line));
        words.addAll(List.of(more));
        ordered("order", "add", words.toArray(String[]::new));
    }

    /** The last audit entries, as the program prints them. */
    List<String> audit() {
        return asked("audit", "show", "--last", "1000").out().lines().toList();
    }

    /** The number of the newest audit entry. */
    long lastAuditEntry() {
        return number(asked("audit", "show", "--last", "1").out());
    }

    /** The audit entries that came after that number, as the program prints them. */
    List<String> auditAfter(long number) {
        return audit().stream().filter(line -> number(line) > number).toList();
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    /** A file beside the authority's directory. */
    String file(String name) {
        return files.resolve(name).toString();
    }

    /** One of the authority's own files, such as {@code device-root.pem}. */
    String own(String name) {
        return home.resolve(name).toString();
    }

    /** Has openssl make a key and a request in DER and PEM: {@code NAME-key.pem}, {@code NAME.csr}, {@code NAME.csr.pem}. */
    void request(String name, String subject) throws Exception {
        new OpensslKey(files.resolve(name + "-key.pem")).request(files.resolve(name + ".csr.pem"), subject);
        Peer.OPENSSL
                .run("req", "-in", file(name + ".csr.pem"), "-outform", "DER", "-out", file(name + ".csr"))
                .good();
    }

    /** Has openssl make a certificate of nobody's that says it is line L1: {@code NAME-key.pem} and {@code NAME.pem}. */
    void foreign(String name) throws Exception {
        new OpensslKey(files.resolve(name + "-key.pem"))
                .selfSigned(files.resolve(name + ".pem"), "/O=Maker/CN=L1/serialNumber=L1");
    }

    /** The subject of a camera. */
    static String camera(String serial) {
        return "/O=Maker/CN=Model X/serialNumber=" + serial;
    }

    /** Has openssl check a camera's chain as its own verify does, IDevID included. */
    PeerOutcome verify(String certificate, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("verify", "-x509_strict"));
        words.addAll(List.of(more));
        words.addAll(
                List.of("-CAfile", own("device-root.pem"), "-untrusted", own("device-issuing.pem"), file(certificate)));
        return Peer.OPENSSL.run(words);
    }

    /** One of the authority's own certificates. */
    X509Certificate ownCertificate(String name) throws Exception {
        return Pem.readCertificates(Path.of(own(name))).getFirst();
    }

    /** Reads a certificate that a foreign program wrote. */
    X509Certificate certificate(String name) throws Exception {
        return Pem.readCertificates(files.resolve(name)).getFirst();
    }
}
