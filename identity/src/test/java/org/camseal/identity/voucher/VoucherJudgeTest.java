package org.camseal.identity.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.identity.voucher.OpensslAuthority.NAMES;
import static org.camseal.identity.voucher.OpensslAuthority.SERVER;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.voucher.Weakness.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoucherJudgeTest {
    @TempDir
    private static Path directory;

    private static OpensslAuthority authority;
    private static X509Certificate root;
    private static X509Certificate issuing;
    private static DeviceAuthority maker;
    private static Identity camera;

    @BeforeAll
    static void makeAuthorities() throws Exception {
        authority = new OpensslAuthority(directory.resolve("public"));
        root = authority.certificate("root");
        issuing = authority.certificate("issuing");
        SecureRandom random = new SecureRandom();
        maker = DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random);
        camera = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, random);
        maker.enrol(camera, new CertificateSubject("Maker", "Model X", "CS-1"));
    }

    private static Judgement judge(Shown shown, Optional<String> serial, Instant now) {
        return new VoucherJudge(List.of(maker.root()), List.of(root), serial, InstantSource.fixed(now)).judge(shown);
    }

    private static Judgement judge(X509Certificate... chain) {
        return judge(Shown.inFile(List.of(chain)), Optional.empty(), Instant.now());
    }

    private static Judgement asked(String host, X509Certificate... chain) {
        return judge(
                new Shown(List.of(chain), Optional.of(host), Shown.Proof.HANDSHAKE), Optional.empty(), Instant.now());
    }

    private static X509Certificate leaf(String name, String subject, String policy) throws Exception {
        return authority.issue(name, subject, SERVER + NAMES + "certificatePolicies=" + policy + "\n");
    }

    @Test
    void tellsTheLevelsOfPublicAuthorities() throws Exception {
        Judgement domain = judge(leaf("dv", "/CN=cam.example.com", "2.23.140.1.2.1"), issuing);
        assertThat(domain.voucher()).isEqualTo(new Voucher.Domain(root));
        assertThat(domain.weaknesses()).isEmpty();
        assertThat(domain.meaning().provesNot()).contains("who that is");
        assertThat(judge(leaf("ov", "/O=Shop Ltd/CN=cam.example.com", "2.23.140.1.2.2"), issuing)
                        .voucher())
                .isEqualTo(new Voucher.Organization("Shop Ltd", root));
        assertThat(judge(leaf("iv", "/GN=Ann/SN=Guard/CN=cam.example.com", "2.23.140.1.2.3"), issuing)
                        .voucher())
                .isEqualTo(new Voucher.Individual("Ann Guard", root));
        assertThat(judge(leaf("ev", "/O=Bank AG/serialNumber=HRB 1/CN=cam.example.com", "2.23.140.1.1"), issuing)
                        .voucher())
                .isEqualTo(new Voucher.Extended("Bank AG", "HRB 1", root));
        assertThat(judge(leaf("own", "/CN=cam.example.com", "1.2.3.4"), issuing).voucher())
                .isEqualTo(new Voucher.PublicOfUnknownLevel(root));
        assertThat(judge(leaf("two", "/O=A/CN=cam.example.com", "2.23.140.1.1,2.23.140.1.2.1"), issuing)
                        .voucher())
                .as("of two levels the lower counts")
                .isEqualTo(new Voucher.Domain(root));
    }

    @Test
    void aLevelThatTheAuthorityMayNotStateDoesNotCount() throws Exception {
        OpensslAuthority small =
                new OpensslAuthority(directory.resolve("small"), "certificatePolicies=2.23.140.1.2.1\n");
        X509Certificate claims = small.issue(
                "claims", "/O=Bank AG/CN=cam.example.com", SERVER + NAMES + "certificatePolicies=2.23.140.1.1\n");
        X509Certificate may =
                small.issue("may", "/CN=cam.example.com", SERVER + NAMES + "certificatePolicies=2.23.140.1.2.1\n");
        VoucherJudge judge = new VoucherJudge(
                List.of(), List.of(small.certificate("root")), Optional.empty(), InstantSource.system());
        assertThat(judge.judge(Shown.inFile(List.of(claims, small.certificate("issuing"))))
                        .voucher())
                .isInstanceOf(Voucher.PublicOfUnknownLevel.class);
        assertThat(judge.judge(Shown.inFile(List.of(may, small.certificate("issuing"))))
                        .voucher())
                .as("positive control")
                .isInstanceOf(Voucher.Domain.class);
    }

    @Test
    void withoutTheRootALevelIsOnlyAClaim() throws Exception {
        X509Certificate extended = leaf("ev2", "/O=Bank AG/CN=cam.example.com", "2.23.140.1.1");
        VoucherJudge knowsNobody = new VoucherJudge(List.of(), List.of(), Optional.empty(), InstantSource.system());
        assertStranger(
                knowsNobody.judge(Shown.inFile(List.of(extended, issuing, root))),
                Reason.UNKNOWN_ROOT,
                "no public roots were given");
        VoucherJudge knowsOther =
                new VoucherJudge(List.of(), List.of(maker.root()), Optional.empty(), InstantSource.system());
        assertStranger(
                knowsOther.judge(Shown.inFile(List.of(extended, issuing, root))),
                Reason.UNKNOWN_ROOT,
                "none of the 1 public roots");
        assertThat(judge(extended, issuing, root).voucher())
                .as("positive control")
                .isInstanceOf(Voucher.Extended.class);
        assertThat(judge(extended, root, issuing).voucher())
                .as("servers show chains in any order")
                .isInstanceOf(Voucher.Extended.class);
        assertStranger(judge(extended), Reason.UNKNOWN_ROOT, "Public Issuing");
    }

    @Test
    void aForgedSignatureUnderAKnownNameIsAStranger() throws Exception {
        OpensslAuthority forger = new OpensslAuthority(directory.resolve("forger"));
        X509Certificate forged =
                forger.issue("dv", "/CN=cam.example.com", SERVER + NAMES + "certificatePolicies=2.23.140.1.2.1\n");
        assertStranger(judge(forged, issuing), Reason.BAD_SIGNATURE, "certificate 1 of 2");
        assertStranger(
                judge(forged, forger.certificate("issuing"), forger.certificate("root")), Reason.BAD_SIGNATURE, "");
        X509Certificate byServer = leaf("dv3", "/CN=cam.example.com", "2.23.140.1.2.1");
        X509Certificate below = authority.issue("below", "dv3", "/CN=evil.example.com", SERVER + NAMES, 30);
        assertStranger(judge(below, byServer, issuing), Reason.WRONG_KEY_USAGE, "certificate 2 of 3");
    }

    private static void assertStranger(Judgement judgement, Reason reason, String detail) {
        assertThat(judgement.voucher()).isInstanceOfSatisfying(Voucher.Stranger.class, stranger -> {
            assertThat(stranger.reason()).as(stranger.detail()).isEqualTo(reason);
            assertThat(stranger.detail()).contains(detail);
        });
        assertThat(judgement.meaning().kind()).isEqualTo("stranger");
    }

    @Test
    void knowsTheMakersCameraAndTellsAnother() throws Exception {
        CertificateSubject who = new CertificateSubject("Maker", "Model X", "CS-1");
        List<X509Certificate> chain = camera.tls().chain();
        Voucher.Camera expected = new Voucher.Camera(who, Purpose.DEVICE_TLS, maker.root());
        Judgement any = judge(
                new Shown(chain, Optional.of("10.0.0.7"), Shown.Proof.HANDSHAKE), Optional.empty(), Instant.now());
        assertThat(any.voucher()).isEqualTo(expected);
        assertThat(any.weaknesses())
                .as("neither its life without end nor the host's name count")
                .isEmpty();
        assertThat(judge(Shown.inFile(chain), Optional.of("CS-1"), Instant.now())
                        .voucher())
                .isEqualTo(expected);
        Judgement other = judge(Shown.inFile(chain), Optional.of("CS-2"), Instant.now());
        assertThat(other.voucher()).isEqualTo(new Voucher.OtherCamera("CS-2", expected));
        assertThat(other.meaning().provesNot()).contains("what camera CS-2 sees");
        assertThat(judge(camera.media().chain().toArray(X509Certificate[]::new))
                        .meaning()
                        .provesNot())
                .contains("another certificate");
    }

    @Test
    void anotherMakersCameraOfTheSameSerialIsAStranger() throws Exception {
        SecureRandom random = new SecureRandom();
        DeviceAuthority pretender =
                DeviceAuthority.openOrCreate(directory.resolve("pretender"), "Maker", InstantSource.system(), random);
        Identity fake = Identity.openOrCreate(directory.resolve("fake"), Role.CAMERA, random);
        pretender.enrol(fake, new CertificateSubject("Maker", "Model X", "CS-1"));
        Judgement judgement = judge(Shown.inFile(fake.tls().chain()), Optional.of("CS-1"), Instant.now());
        assertThat(judgement.voucher()).isInstanceOf(Voucher.Stranger.class);
        assertThat(judge(maker.root()).voucher())
                .as("the root is no camera")
                .isInstanceOfSatisfying(
                        Voucher.Stranger.class,
                        stranger -> assertThat(stranger.reason()).isEqualTo(Reason.WRONG_PURPOSE));
    }

    @Test
    void selfSignedIsVouchedForByNobodyElse() throws Exception {
        X509Certificate own = authority.selfSigned(
                "own-cam",
                "/O=Bank AG/CN=cam.example.com",
                SERVER + NAMES + "certificatePolicies=2.23.140.1.1\n",
                List.of("-days", "90"));
        Judgement judgement = asked("cam.example.com", own);
        assertThat(judgement.voucher()).isEqualTo(new Voucher.SelfSigned());
        assertThat(judgement.weaknesses()).isEmpty();
        assertThat(judgement.meaning().provesNot()).contains("Anyone can make one");
    }

    @Test
    void findsWeakKeysAndSignatures() throws Exception {
        authority.key("short", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"));
        X509Certificate weak = authority.signedByItself(
                "short", "/CN=cam.example.com", SERVER + NAMES, List.of("-sha1", "-days", "90"));
        Judgement judgement = judge(weak);
        assertThat(judgement.has(Kind.SHORT_KEY)).isTrue();
        assertThat(judgement.has(Kind.WEAK_SIGNATURE)).isTrue();
        assertThat(judgement.weaknesses()).hasSize(2);
    }

    @Test
    void findsWrongHosts() throws Exception {
        X509Certificate server = leaf("hosts", "/CN=common.example.com", "2.23.140.1.2.1");
        for (String host : List.of("cam.example.com", "CAM.example.com", "a.cams.example.com", "127.0.0.1")) {
            assertThat(asked(host, server, issuing).weaknesses()).as(host).isEmpty();
        }
        for (String host :
                List.of("common.example.com", "a.b.cams.example.com", "cams.example.com", "127.0.0.2", "::1")) {
            assertThat(asked(host, server, issuing).has(Kind.WRONG_HOST))
                    .as(host)
                    .isTrue();
        }
        X509Certificate nameless = authority.issue("nameless", "/CN=cam.example.com", SERVER);
        assertThat(asked("cam.example.com", nameless, issuing).has(Kind.NO_HOST))
                .isTrue();
        assertThat(judge(nameless, issuing).weaknesses())
                .as("in a file nobody was asked")
                .isEmpty();
    }

    @Test
    void findsTimesThatAreWrong() throws Exception {
        X509Certificate server = leaf("times", "/CN=cam.example.com", "2.23.140.1.2.1");
        Shown shown = Shown.inFile(List.of(server, issuing));
        Instant end = server.getNotAfter().toInstant();
        Judgement expired = judge(shown, Optional.empty(), end.plusSeconds(1));
        assertThat(expired.voucher()).isEqualTo(new Voucher.Domain(root));
        assertThat(expired.has(Kind.EXPIRED)).isTrue();
        Judgement early =
                judge(shown, Optional.empty(), server.getNotBefore().toInstant().minusSeconds(1));
        assertThat(early.has(Kind.NOT_YET_VALID)).isTrue();
        assertThat(judge(shown, Optional.empty(), end.minus(Duration.ofDays(9))).has(Kind.ENDS_SOON))
                .isTrue();
        assertThat(judge(shown, Optional.empty(), end.minus(Duration.ofDays(11)))
                        .weaknesses())
                .as("positive control")
                .isEmpty();
        X509Certificate old = authority.issue("long", "issuing", "/CN=x", SERVER + NAMES, 399);
        assertThat(judge(old, issuing).has(Kind.UNUSUAL_LIFETIME)).isTrue();
        X509Certificate forever = authority.selfSigned("forever", "/CN=x", SERVER + NAMES, List.of("-days", "7300"));
        assertThat(judge(forever).has(Kind.UNUSUAL_LIFETIME)).isTrue();
    }

    @Test
    void publicLivesBecomeShorter() {
        assertThat(Lifetimes.ofPublic(Instant.parse("2026-03-14T23:59:59Z")).toDays())
                .isEqualTo(398);
        assertThat(Lifetimes.ofPublic(Instant.parse("2026-03-15T00:00:00Z")).toDays())
                .isEqualTo(200);
        assertThat(Lifetimes.ofPublic(Instant.parse("2027-03-15T00:00:00Z")).toDays())
                .isEqualTo(100);
        assertThat(Lifetimes.ofPublic(Instant.parse("2029-03-15T00:00:00Z")).toDays())
                .isEqualTo(47);
    }

    @Test
    void findsWhatIsNotForServers() throws Exception {
        X509Certificate client = authority.issue("client", "/CN=x", NAMES + "extendedKeyUsage=clientAuth\n");
        assertThat(judge(client, issuing).has(Kind.NOT_FOR_SERVERS)).isTrue();
        X509Certificate silent = authority.issue("silent", "/CN=x", NAMES);
        assertThat(judge(silent, issuing).has(Kind.NOT_FOR_SERVERS)).isTrue();
        assertThat(judge(issuing).has(Kind.IS_AUTHORITY)).isTrue();
        Shown brokenOff = new Shown(
                List.of(leaf("half", "/CN=x", "2.23.140.1.2.1"), issuing),
                Optional.of("cam.example.com"),
                Shown.Proof.BROKEN_OFF);
        assertThat(judge(brokenOff, Optional.empty(), Instant.now()).has(Kind.KEY_NOT_SHOWN))
                .isTrue();
    }

    @Test
    void chainsAreBounded() throws Exception {
        X509Certificate[] many = new X509Certificate[VoucherJudge.MAX_CHAIN + 1];
        java.util.Arrays.fill(many, leaf("many", "/CN=x", "2.23.140.1.2.1"));
        assertStranger(judge(many), Reason.CHAIN_TOO_LONG, "at most 10");
    }
}
