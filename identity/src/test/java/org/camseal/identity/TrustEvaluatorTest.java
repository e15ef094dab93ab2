package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;
import org.camseal.identity.TestCertificates.Form;
import org.camseal.identity.TestCertificates.Holder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrustEvaluatorTest {
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private static Holder root;
    private static Holder issuing;
    private static Holder leaf;

    @BeforeAll
    static void makeChain() throws Exception {
        root = Form.authority("Root", 1).selfSigned();
        issuing = Form.authority("Issuing", 0).issuedBy(root);
        leaf = Form.device().issuedBy(issuing);
    }

    private static SignerTrust judge(Instant at, Holder... chain) {
        return judge(at, Purpose.DEVICE_TLS, chain);
    }

    private static SignerTrust judge(Instant at, Purpose purpose, Holder... chain) {
        List<X509Certificate> certificates =
                List.of(chain).stream().map(Holder::certificate).toList();
        return new TrustEvaluator(TrustRoots.NONE.withDevice(root.certificate())).evaluate(certificates, at, purpose);
    }

    private static void assertRefused(SignerTrust trust, Reason reason) {
        assertThat(trust).isInstanceOfSatisfying(Untrusted.class, refusal -> {
            assertThat(refusal.reason()).as(refusal.detail()).isEqualTo(reason);
            assertThat(refusal.detail()).isNotBlank();
        });
    }

    private static void assertOurs(SignerTrust trust) {
        assertThat(trust).isInstanceOfSatisfying(Trusted.class, ours -> {
            assertThat(ours.serial()).isEqualTo("CS-1");
            assertThat(ours.name()).isEqualTo("Model X");
            assertThat(ours.root()).isEqualTo(root.certificate());
        });
    }

    @Test
    void trustsAChainWithAndWithoutItsRoot() {
        assertOurs(judge(AT, leaf, issuing));
        assertOurs(judge(AT, leaf, issuing, root));
    }

    @Test
    void trustsALeafDirectlyUnderTheRoot() throws Exception {
        assertOurs(judge(AT, Form.device().issuedBy(root)));
    }

    @Test
    void refusesNoCertificate() {
        assertRefused(judge(AT), Reason.NO_CERTIFICATE);
    }

    @Test
    void refusesALongChain() {
        assertRefused(judge(AT, leaf, issuing, issuing, issuing, issuing), Reason.CHAIN_TOO_LONG);
        List<X509Certificate> endless = Collections.nCopies(100_000, leaf.certificate());
        assertRefused(
                new TrustEvaluator(TrustRoots.NONE.withDevice(root.certificate()))
                        .evaluate(endless, AT, Purpose.DEVICE_TLS),
                Reason.CHAIN_TOO_LONG);
    }

    @Test
    void refusesASelfSignedCertificate() throws Exception {
        assertRefused(judge(AT, Form.device().selfSigned()), Reason.SELF_SIGNED);
    }

    @Test
    void refusesAnotherRoot() throws Exception {
        Holder otherRoot = Form.authority("Other root", 1).selfSigned();
        Holder otherLeaf = Form.device().issuedBy(otherRoot);
        assertRefused(judge(AT, otherLeaf), Reason.UNKNOWN_ROOT);
        assertRefused(judge(AT, otherLeaf, otherRoot), Reason.SELF_SIGNED);
    }

    @Test
    void refusesAnotherRootOfTheSameName() throws Exception {
        Holder otherRoot = Form.authority("Root", 1).selfSigned();
        assertRefused(judge(AT, Form.device().issuedBy(otherRoot)), Reason.BAD_SIGNATURE);
    }

    @Test
    void refusesAMissingOrWrongIssuerInTheChain() throws Exception {
        assertRefused(judge(AT, leaf), Reason.UNKNOWN_ROOT);
        Holder second = Form.authority("Second issuing", 0).issuedBy(root);
        assertRefused(judge(AT, leaf, second), Reason.WRONG_ORDER);
        Holder sameName = Form.authority("Issuing", 0).issuedBy(root);
        assertRefused(judge(AT, leaf, sameName), Reason.BAD_SIGNATURE);
        assertRefused(judge(AT, issuing, leaf), Reason.UNKNOWN_ROOT);
        assertRefused(judge(AT, Form.device().otherIssuerName().issuedBy(issuing), issuing), Reason.WRONG_ORDER);
    }

    @Test
    void judgesAtTheTimeGiven() throws Exception {
        assertRefused(judge(TestCertificates.BEGIN.minusSeconds(1), leaf, issuing), Reason.NOT_YET_VALID);
        assertOurs(judge(TestCertificates.BEGIN, leaf, issuing));
        assertOurs(judge(TestCertificates.END, leaf, issuing));
        assertRefused(judge(TestCertificates.END.plusSeconds(1), leaf, issuing), Reason.EXPIRED);
        Holder shortIssuing = Form.authority("Short", 0)
                .valid(TestCertificates.BEGIN, AT.minusSeconds(1))
                .issuedBy(root);
        Holder under = Form.device().issuedBy(shortIssuing);
        assertRefused(judge(AT, under, shortIssuing), Reason.EXPIRED);
        assertOurs(judge(AT.minusSeconds(2), under, shortIssuing));
    }

    @Test
    void refusesAnIssuerThatIsNoAuthority() throws Exception {
        Holder device = Form.device()
                .keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                .issuedBy(issuing);
        Holder forged =
                Form.device().subject("O=Maker,CN=Model X,serialNumber=CS-2").issuedBy(device);
        assertRefused(judge(AT, forged, device, issuing), Reason.ISSUER_NOT_CA);
    }

    @Test
    void refusesAnAuthorityThatMayNotSignCertificates() throws Exception {
        Holder noSign = Form.authority("No sign", 0).keyUsage(KeyUsage.cRLSign).issuedBy(root);
        assertRefused(judge(AT, Form.device().issuedBy(noSign), noSign), Reason.WRONG_KEY_USAGE);
    }

    @Test
    void refusesMoreAuthoritiesThanAllowed() throws Exception {
        Holder second = Form.authority("Second", 0).issuedBy(issuing);
        assertRefused(judge(AT, Form.device().issuedBy(second), second, issuing), Reason.PATH_TOO_LONG);
    }

    @Test
    void refusesAnAuthorityAsAnEndCertificate() {
        assertRefused(judge(AT, issuing), Reason.WRONG_PURPOSE);
        assertRefused(judge(AT, root), Reason.WRONG_PURPOSE);
    }

    @Test
    void refusesEveryOtherPurpose() throws Exception {
        for (Purpose has : EnumSet.of(Purpose.DEVICE_TLS, Purpose.MEDIA_SIGNING)) {
            Holder holder = Form.device().purposes(has.extendedKeyUsages()).issuedBy(issuing);
            for (Purpose asked : EnumSet.of(Purpose.DEVICE_TLS, Purpose.MEDIA_SIGNING)) {
                if (has == asked) {
                    assertOurs(judge(AT, asked, holder, issuing));
                } else {
                    assertRefused(judge(AT, asked, holder, issuing), Reason.WRONG_PURPOSE);
                }
            }
        }
        Holder plainTls = Form.device()
                .purposes(List.of(Oids.SERVER_AUTH, Oids.CLIENT_AUTH))
                .issuedBy(issuing);
        assertRefused(judge(AT, plainTls, issuing), Reason.WRONG_PURPOSE);
        assertRefused(judge(AT, Form.device().purposes(List.of()).issuedBy(issuing), issuing), Reason.WRONG_PURPOSE);
        Holder any = Form.device().purposes(List.of(Oids.ANY_USAGE)).issuedBy(issuing);
        assertRefused(judge(AT, any, issuing), Reason.WRONG_PURPOSE);
    }

    @Test
    void refusesWhatItsAuthorityMayNotIssue() throws Exception {
        Holder mediaOnly = Form.authority("Media only", 0)
                .purposes(Purpose.MEDIA_SIGNING.extendedKeyUsages())
                .issuedBy(root);
        assertRefused(judge(AT, Form.device().issuedBy(mediaOnly), mediaOnly), Reason.WRONG_PURPOSE);
        Holder media = Form.device()
                .purposes(Purpose.MEDIA_SIGNING.extendedKeyUsages())
                .issuedBy(mediaOnly);
        assertOurs(judge(AT, Purpose.MEDIA_SIGNING, media, mediaOnly));
    }

    @Test
    void keepsDeviceRootsAndSiteRootsApart() throws Exception {
        Holder recorder =
                Form.device().purposes(Purpose.RECORDER.extendedKeyUsages()).issuedBy(issuing);
        assertRefused(judge(AT, Purpose.RECORDER, recorder, issuing), Reason.UNKNOWN_ROOT);
        List<X509Certificate> chain = List.of(recorder.certificate(), issuing.certificate());
        assertOurs(
                new TrustEvaluator(TrustRoots.NONE.withSite(root.certificate())).evaluate(chain, AT, Purpose.RECORDER));
    }

    @Test
    void refusesAKeyThatMayNotSign() throws Exception {
        Holder agrees = Form.device().keyUsage(KeyUsage.keyAgreement).issuedBy(issuing);
        assertRefused(judge(AT, agrees, issuing), Reason.WRONG_KEY_USAGE);
    }

    @Test
    void refusesWeakKeysAndSignatures() throws Exception {
        assertRefused(
                judge(AT, Form.device().signature("SHA1withECDSA").issuedBy(issuing), issuing), Reason.WEAK_ALGORITHM);
        Holder weakKey = Form.device().keys(TestCertificates.rsaKeys(1024)).issuedBy(issuing);
        assertRefused(judge(AT, weakKey, issuing), Reason.WEAK_ALGORITHM);
        Holder rsa = Form.device().keys(TestCertificates.rsaKeys(2048)).issuedBy(issuing);
        assertOurs(judge(AT, rsa, issuing));
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndIsCritical() throws Exception {
        assertRefused(
                judge(AT, Form.device().unknownCritical().issuedBy(issuing), issuing),
                Reason.UNKNOWN_CRITICAL_EXTENSION);
    }

    @Test
    void refusesWhoDoesNotSayWhoItIs() throws Exception {
        for (String subject : List.of(
                "O=Maker,CN=Model X",
                "O=Maker,CN=Model X,serialNumber=CS-1,serialNumber=CS-2",
                "O=Maker,CN=Model X,serialNumber=",
                "O=Maker,serialNumber=CS-1",
                "O=Maker,CN=Model X,serialNumber=a/../b")) {
            assertRefused(judge(AT, Form.device().subject(subject).issuedBy(issuing), issuing), Reason.NO_SERIAL);
        }
    }

    @Test
    void everyFlippedBitOfALeafIsRefused() throws Exception {
        byte[] der = leaf.certificate().getEncoded();
        int read = 0;
        for (int bit = 0; bit < der.length * 8; bit++) {
            byte[] changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            X509Certificate certificate;
            try {
                certificate = Pem.certificate(changed, "flipped");
            } catch (IdentityException.Malformed e) {
                continue; // refused earlier still
            }
            read++;
            SignerTrust trust = new TrustEvaluator(TrustRoots.NONE.withDevice(root.certificate()))
                    .evaluate(List.of(certificate, issuing.certificate()), AT, Purpose.DEVICE_TLS);
            assertThat(trust).as("bit " + bit).isInstanceOf(Untrusted.class);
        }
        assertThat(read)
                .as("some changed certificates still parse, so the judgement was asked")
                .isPositive();
    }

    @Test
    void aSignatureWithUnusedBitsIsRefused() throws Exception {
        Holder even = leaf;
        while (even.certificate().getSignature()[even.certificate().getSignature().length - 1] % 2 != 0) {
            even = Form.device().issuedBy(issuing);
        }
        assertOurs(judge(AT, even, issuing));
        byte[] der = even.certificate().getEncoded();
        der[der.length - even.certificate().getSignature().length - 1] = 1; // its last bit, which is 0, would not count
        X509Certificate changed = Pem.certificate(der, "changed");
        changed.verify(issuing.certificate().getPublicKey()); // so the platform takes it
        assertRefused(
                new TrustEvaluator(TrustRoots.NONE.withDevice(root.certificate()))
                        .evaluate(List.of(changed, issuing.certificate()), AT, Purpose.DEVICE_TLS),
                Reason.BAD_SIGNATURE);
    }

    @Test
    void oneOfSeveralPurposesIsEnoughAndTheTellingRefusalIsGiven() throws Exception {
        TrustEvaluator evaluator = new TrustEvaluator(TrustRoots.NONE.withSite(root.certificate()));
        Holder person =
                Form.device().purposes(Purpose.PERSON.extendedKeyUsages()).issuedBy(issuing);
        List<X509Certificate> chain = List.of(person.certificate(), issuing.certificate());
        Set<Purpose> both = EnumSet.of(Purpose.RECORDER, Purpose.PERSON);
        assertThat(evaluator.evaluate(chain, AT, both))
                .isInstanceOfSatisfying(
                        Trusted.class, trusted -> assertThat(trusted.purpose()).isEqualTo(Purpose.PERSON));
        assertRefused(evaluator.evaluate(chain, TestCertificates.END.plusSeconds(1), both), Reason.EXPIRED);
        assertRefused(evaluator.evaluate(chain, AT, Set.of()), Reason.WRONG_PURPOSE);
    }
}
