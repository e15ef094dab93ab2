package org.camseal.e2e.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Default deny, by the running program: messages that openssl cmp wrote, as each of the 27 kinds of bodies, without protection, signed by
 * somebody else's line, about another order's camera, and a second time. Each refusal is found in the authority's audit log.
 */
@Timeout(300)
@ExtendWith(OneAuthority.class)
class CmpDenialPeersTest {
    private static final Set<String> SERVED = Set.of("ir", "cr", "p10cr", "kur", "rr", "genm", "certconf", "pollreq");

    private final RunningAuthority authority;
    private final AuthorityHouse house;
    private long before;

    CmpDenialPeersTest(RunningAuthority authority) {
        this.authority = authority;
        this.house = authority.house();
    }

    @BeforeEach
    void mark() {
        before = house.lastAuditEntry();
    }

    /** A message's kind, and where it is. */
    private record Letter(String kind, Path file) {}

    /** openssl asks, and keeps what it sent first in {@code KIND-NAME.cmp}. */
    private PeerOutcome cmp(String signer, String kind, String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-reqout", letter(kind, name).file().toString()));
        return authority.cmp(signer, kind, all.toArray(String[]::new));
    }

    private Letter letter(String kind, String name) {
        return new Letter(kind, Path.of(house.file(kind + "-" + name + ".cmp")));
    }

    /** One curl posts all of them; the failures that the answers name. */
    private List<Integer> post(List<Letter> letters) throws Exception {
        List<String> words = new ArrayList<>();
        List<Path> answers = new ArrayList<>();
        for (Letter letter : letters) {
            if (!words.isEmpty()) {
                words.add("--next");
            }
            Path answer = letter.file().resolveSibling(letter.file().getFileName() + ".answer");
            answers.add(answer);
            words.addAll(List.of(
                    "--silent",
                    "--show-error",
                    "--fail",
                    "--max-time",
                    "60",
                    "--cacert",
                    house.own("operations-root.pem")));
            words.addAll(
                    List.of("--header", "Content-Type: application/pkixcmp", "--data-binary", "@" + letter.file()));
            words.addAll(List.of("--output", answer.toString()));
            words.add(authority.url("/.well-known/cmp/p/device-tls"));
        }
        Peer.CURL.run(words).good();
        List<Integer> failures = new ArrayList<>();
        for (Path answer : answers) {
            failures.add(OtherBody.failure(answer));
        }
        return failures;
    }

    private void refused(List<Letter> letters, int failure, String actor, String word) throws Exception {
        assertThat(post(letters)).as("%s", word).hasSameSizeAs(letters).containsOnly(failure);
        List<String> lines = house.auditAfter(before).stream()
                .filter(line -> line.contains("  " + actor) && line.contains("  refused  ") && line.contains(word))
                .toList();
        assertThat(lines).hasSameSizeAs(letters);
        for (int i = 0; i < letters.size(); i++) {
            assertThat(lines.get(i)).contains("CMP " + letters.get(i).kind() + ": " + word);
        }
    }

    @FunctionalInterface
    private interface Writing {
        byte[] write(int kind) throws Exception;
    }

    private List<Letter> letters(String name, List<String> kinds, Writing writing) throws Exception {
        List<Letter> all = new ArrayList<>();
        for (String kind : kinds) {
            Letter letter = letter(kind, name);
            Files.write(letter.file(), writing.write(OtherBody.KINDS.indexOf(kind)));
            all.add(letter);
        }
        return all;
    }

    @Test
    void withoutProtectionEachKindIsRefused() throws Exception {
        assertThat(cmp("line-1", "genm", "bare", "-unprotected_requests", "-unprotected_errors")
                        .all())
                .contains("badMessageCheck");
        before = house.lastAuditEntry();
        OtherBody bare = new OtherBody(letter("genm", "bare").file());
        refused(
                letters("unprotected", OtherBody.KINDS, bare::called),
                PKIFailureInfo.badMessageCheck,
                "stranger ",
                "BAD_MESSAGE_CHECK");
    }

    @Test
    void fromSomebodyElsesLineEachKindIsRefused() throws Exception {
        assertThat(cmp("foreign", "genm", "foreign").all()).contains("signerNotTrusted");
        before = house.lastAuditEntry();
        OtherBody foreign = new OtherBody(letter("genm", "foreign").file());
        Path key = Path.of(house.file("foreign-key.pem"));
        refused(
                letters("strangers", OtherBody.KINDS, kind -> foreign.signed(kind, key)),
                PKIFailureInfo.signerNotTrusted,
                "stranger ",
                "SIGNER_NOT_TRUSTED");
    }

    /** Served are the kinds that the next test has; of the others a line too is refused, and what belongs to a transaction that is over. */
    @Test
    void whatIsNotServedIsRefusedToALineToo() throws Exception {
        cmp("line-1", "genm", "line", "-infotype", "caCerts").good();
        OtherBody own = new OtherBody(letter("genm", "line").file());
        Path key = Path.of(house.file("line-1-key.pem"));
        List<String> others =
                OtherBody.KINDS.stream().filter(kind -> !SERVED.contains(kind)).toList();
        assertThat(others).hasSize(19);
        refused(
                letters("not-served", others, kind -> own.signed(kind, key)),
                PKIFailureInfo.badRequest,
                "line L1",
                "BAD_REQUEST");
        refused(
                letters("over", List.of("certconf"), kind -> own.signed(kind, key)),
                PKIFailureInfo.certConfirmed,
                "line L1",
                "CERT_CONFIRMED");
        before = house.lastAuditEntry();
        refused(
                letters("over", List.of("pollreq"), kind -> own.signed(kind, key)),
                PKIFailureInfo.badRequest,
                "line L1",
                "BAD_REQUEST");
    }

    /** Each kind that is served is answered, which is the control of all tests here; and when it comes again it is refused. */
    @Test
    void aSecondTimeEachKindIsRefused() throws Exception {
        String subject = AuthorityHouse.camera("L1-0051");
        house.request("cmp-own", subject);
        String[] wish = {
            "-newkey", house.file("cmp-own-key.pem"), "-subject", subject, "-certout", house.file("cmp-own.pem")
        };
        cmp("line-1", "ir", "twice", wish).good();
        cmp("line-1", "cr", "twice", wish).good();
        cmp("line-1", "p10cr", "twice", "-csr", house.file("cmp-own.csr.pem"), "-certout", house.file("cmp-own.pem"))
                .good();
        cmp("line-1", "genm", "twice", "-infotype", "caCerts").good();
        cmp(
                        "cmp-own",
                        "kur",
                        "twice",
                        "-untrusted",
                        house.own("device-issuing.pem"),
                        "-newkey",
                        house.file("cmp-own-key.pem"),
                        "-certout",
                        house.file("cmp-own-2.pem"))
                .good();
        List<Letter> lines = List.of(
                letter("ir", "twice"), letter("cr", "twice"), letter("p10cr", "twice"), letter("genm", "twice"));
        refused(lines, PKIFailureInfo.transactionIdInUse, "line L1", "TRANSACTION_ID_IN_USE");
        refused(
                List.of(letter("kur", "twice")),
                PKIFailureInfo.transactionIdInUse,
                "camera certificate ",
                "TRANSACTION_ID_IN_USE");
        before = house.lastAuditEntry();
        cmp("line-1", "rr", "twice", "-oldcert", house.file("cmp-own.pem"), "-revreason", "4")
                .good();
        refused(List.of(letter("rr", "twice")), PKIFailureInfo.transactionIdInUse, "line L1", "TRANSACTION_ID_IN_USE");
    }

    @Test
    void anotherOrdersCameraIsRefused() throws Exception {
        authority.enrolled("line-2", "cmp-others", "L2-0051");
        authority.enrolled("line-1", "cmp-camera", "L1-0052");
        String others = AuthorityHouse.camera("L2-0051");
        String[] wish = {
            "-newkey", house.file("cmp-others-key.pem"), "-subject", others, "-certout", house.file("never.pem")
        };
        notAuthorized(cmp("line-1", "ir", "others", wish), "line L1  refused  L2-0051  NOT_ORDERED", "CMP ir");
        notAuthorized(cmp("line-1", "cr", "others", wish), "line L1  refused  L2-0051  NOT_ORDERED", "CMP cr");
        notAuthorized(
                cmp(
                        "line-1",
                        "p10cr",
                        "others",
                        "-csr",
                        house.file("cmp-others.csr.pem"),
                        "-certout",
                        house.file("never.pem")),
                "line L1  refused  L2-0051  NOT_ORDERED",
                "CMP p10cr");
        notAuthorized(cmp("cmp-camera", "kur", "others", wish), "  refused  L2-0051  OTHER_SUBJECT", "CMP kur");
        PeerOutcome revocation =
                cmp("line-1", "rr", "others", "-oldcert", house.file("cmp-others.pem"), "-revreason", "1");
        assertThat(revocation.all()).contains("badCertId");
        assertThat(house.auditAfter(before))
                .anyMatch(line -> line.contains("line L1  refused  ") && line.contains("CMP rr"));
        assertThat(Files.exists(Path.of(house.file("never.pem")))).isFalse();
        assertThat(authority.ocsp("-cert", house.file("cmp-others.pem")).all()).contains(": good");
        assertThat(cmp(
                                "line-2",
                                "p10cr",
                                "own",
                                "-csr",
                                house.file("cmp-others.csr.pem"),
                                "-certout",
                                house.file("again.pem"))
                        .good()
                        .all())
                .as("to whom it was ordered")
                .contains("received CP");
    }

    private void notAuthorized(PeerOutcome outcome, String... logged) {
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.all()).contains("notAuthorized");
        assertThat(house.auditAfter(before))
                .anyMatch(line -> IntStream.range(0, logged.length).allMatch(i -> line.contains(logged[i])));
    }
}
