package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.MediaSignerTrust.Kind;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.TestCertificates.Form;
import org.camseal.identity.TestCertificates.Holder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose clear video is, at the time it claims, and what revocation lists say of it. */
class MediaSignerTest {
    private static final Instant FROM = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofMinutes(10));
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private static Holder root;
    private static Holder issuing;
    private static Holder leaf;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeChain() throws Exception {
        root = Form.authority("Root", 1)
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .selfSigned();
        issuing = Form.authority("Issuing", 0)
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .issuedBy(root);
        leaf = Form.device()
                .subject("O=Any maker,CN=Camera")
                .purposes(List.of())
                .issuedBy(issuing);
    }

    private static MediaSignerTrust judge(Revocations lists, Instant from, Instant to, Instant now, Holder... chain) {
        List<X509Certificate> certificates =
                List.of(chain).stream().map(Holder::certificate).toList();
        return new TrustEvaluator(TrustRoots.NONE.withDevice(root.certificate()), lists)
                .evaluateMediaSigner(certificates, from, to, now);
    }

    private static void assertOurs(MediaSignerTrust trust, Kind... notes) {
        assertThat(trust).isInstanceOfSatisfying(MediaSignerTrust.Trusted.class, ours -> {
            assertThat(ours.root()).isEqualTo(root.certificate());
            assertThat(ours.notes()).extracting(MediaSignerTrust.Note::kind).contains(notes);
            assertThat(ours.notes().isEmpty()).isEqualTo(notes.length == 0);
        });
    }

    private static void assertRefused(MediaSignerTrust trust, Reason reason) {
        assertThat(trust)
                .isInstanceOfSatisfying(
                        MediaSignerTrust.Untrusted.class,
                        refusal -> assertThat(refusal.reason())
                                .as(refusal.detail())
                                .isEqualTo(reason));
    }

    @Test
    void aForeignCamerasChainIsJudgedAtTheTimeOfTheRecording() throws Exception {
        assertOurs(judge(Revocations.NONE, FROM, TO, TO, leaf, issuing));
        assertOurs(judge(Revocations.NONE, FROM, TO, TO, leaf, issuing, root));
        assertOurs(judge(Revocations.NONE, FROM, TO, LATER, leaf, issuing), Kind.EXPIRED_SINCE);
        assertRefused(judge(Revocations.NONE, FROM, LATER, LATER, leaf, issuing), Reason.EXPIRED);
        assertOurs(
                judge(Revocations.NONE, TestCertificates.BEGIN.minusSeconds(60), TO, TO, leaf, issuing),
                Kind.SIGNED_BEFORE_CERTIFICATE);
    }

    @Test
    void strangersAndMisusedKeysAreRefused() throws Exception {
        Holder attackerRoot = Form.authority("Root", 1).selfSigned();
        Holder attacker = Form.device().purposes(List.of()).issuedBy(attackerRoot);
        Holder tls = Form.device().issuedBy(issuing);
        Holder signing = Form.device()
                .purposes(Purpose.MEDIA_SIGNING.extendedKeyUsages())
                .issuedBy(issuing);
        Holder leafUnderLeaf = Form.device().purposes(List.of()).issuedBy(leaf);

        assertRefused(judge(Revocations.NONE, FROM, TO, TO, attacker), Reason.UNKNOWN_ROOT);
        assertRefused(judge(Revocations.NONE, FROM, TO, TO, attacker, attackerRoot), Reason.SELF_SIGNED);
        assertRefused(judge(Revocations.NONE, FROM, TO, TO, leaf), Reason.UNKNOWN_ROOT);
        assertRefused(judge(Revocations.NONE, FROM, TO, TO), Reason.NO_CERTIFICATE);
        assertRefused(judge(Revocations.NONE, FROM, TO, TO, tls, issuing), Reason.WRONG_PURPOSE);
        assertRefused(judge(Revocations.NONE, FROM, TO, TO, leafUnderLeaf, leaf, issuing), Reason.ISSUER_NOT_CA);
        assertOurs(judge(Revocations.NONE, FROM, TO, TO, signing, issuing));
    }

    @Test
    void revocationCountsFromItsInvalidityDate() throws Exception {
        Instant listed = TO.plus(Duration.ofDays(30));

        assertOurs(
                judge(list(issuing, issuing, leaf, listed, null), FROM, TO, LATER, leaf, issuing), Kind.REVOKED_LATER);
        assertRefused(judge(list(issuing, issuing, leaf, FROM, null), FROM, TO, LATER, leaf, issuing), Reason.REVOKED);
        assertRefused(
                judge(list(issuing, issuing, leaf, listed, FROM), FROM, TO, LATER, leaf, issuing), Reason.REVOKED);
        assertOurs(
                judge(list(issuing, issuing, leaf, FROM, listed), FROM, TO, LATER, leaf, issuing), Kind.REVOKED_LATER);
    }

    @Test
    void anAuthorityCanBeRevokedAndAListOfAnotherSaysNothing() throws Exception {
        Holder stranger = Form.authority("Issuing", 0)
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .selfSigned();

        assertRefused(judge(list(root, root, issuing, FROM, null), FROM, TO, TO, leaf, issuing), Reason.REVOKED);
        // The right name, and another key.
        assertOurs(judge(list(issuing, stranger, leaf, FROM, null), FROM, TO, TO, leaf, issuing), Kind.NO_LIST);
    }

    @Test
    void ourOwnChainsAreJudgedByTheListsToo() throws Exception {
        Holder media = Form.device()
                .purposes(Purpose.MEDIA_SIGNING.extendedKeyUsages())
                .issuedBy(issuing);
        List<X509Certificate> chain = List.of(media.certificate(), issuing.certificate());
        TrustEvaluator knowing = new TrustEvaluator(
                TrustRoots.NONE.withDevice(root.certificate()), list(issuing, issuing, media, FROM, null));

        assertThat(knowing.evaluate(chain, TO, Purpose.MEDIA_SIGNING))
                .isInstanceOfSatisfying(
                        SignerTrust.Untrusted.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REVOKED));
        assertThat(knowing.evaluate(chain, FROM.minusSeconds(1), Purpose.MEDIA_SIGNING))
                .isInstanceOf(SignerTrust.Trusted.class);
    }

    @Test
    void whatIsNoListIsAnError() throws Exception {
        Path text = Files.writeString(directory.resolve("text.crl"), "no list at all");

        assertThatThrownBy(() -> Revocations.read(List.of(text))).isInstanceOf(IdentityException.Malformed.class);
        assertThatThrownBy(() -> Revocations.read(List.of(directory.resolve("none.crl"))))
                .isInstanceOf(IdentityException.Store.class);
    }

    private static Revocations list(
            Holder named, Holder signer, Holder revoked, Instant at, @Nullable Instant invalidSince) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(
                        named.certificate().getSubjectX500Principal().getEncoded()),
                Date.from(LATER));
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        if (invalidSince != null) {
            extensions.addExtension(
                    new ASN1ObjectIdentifier("2.5.29.24"), false, new ASN1GeneralizedTime(Date.from(invalidSince)));
        }
        extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(CRLReason.keyCompromise));
        Extensions all = extensions.generate();
        builder.addCRLEntry(revoked.certificate().getSerialNumber(), Date.from(at), all);
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(signer.keys().getPrivate()))
                .getEncoded();
        Path file = Files.createTempFile(directory, "list", ".crl");
        Files.write(file, der);
        return Revocations.read(new ArrayList<>(List.of(file)));
    }
}
