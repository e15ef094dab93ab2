package org.camseal.camera.pages;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.voucher.Judgement;
import org.camseal.identity.voucher.Meaning;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.VoucherJudge;
import org.camseal.manifest.Digest;

/**
 * A certificate as the page has it, with what it proves.
 *
 * @param kind who vouches, in one word
 * @param weaknesses what speaks against it
 */
record CertificateView(
        String subject,
        String issuer,
        Instant from,
        Instant until,
        String sha256,
        String key,
        String kind,
        String who,
        String proves,
        String provesNot,
        List<String> weaknesses) {
    static CertificateView of(List<X509Certificate> chain, VoucherJudge judge) {
        Judgement judgement = judge.judge(Shown.inFile(chain));
        Meaning meaning = judgement.meaning();
        X509Certificate leaf = chain.getFirst();
        return new CertificateView(
                CertificateSubject.display(leaf.getSubjectX500Principal()),
                CertificateSubject.display(leaf.getIssuerX500Principal()),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                fingerprint(leaf),
                leaf.getPublicKey().getAlgorithm(),
                meaning.kind(),
                meaning.who(),
                meaning.proves(),
                meaning.provesNot(),
                judgement.weaknesses().stream()
                        .map(weakness -> weakness.kind().label() + ": " + weakness.detail())
                        .toList());
    }

    /** SHA-256 of the certificate, in hexadecimal digits. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return Digest.sha256(certificate.getEncoded()).toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
