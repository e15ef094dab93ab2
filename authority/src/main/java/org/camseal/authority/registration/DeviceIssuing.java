package org.camseal.authority.registration;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.CertificateRow;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.IdentityException;

/** The device CA: signs with an issuing authority's own key. */
public final class DeviceIssuing implements Issuing {
    private final CertificateWriter.Issuer issuer;
    private final CertificateWriter writer;

    /** @param issuer the issuing authority; its key may be in any element */
    public DeviceIssuing(CertificateWriter.Issuer issuer, SecureRandom random) {
        this.issuer = issuer;
        this.writer = new CertificateWriter(random);
    }

    @Override
    public X509Certificate authority() {
        return issuer.certificate();
    }

    @Override
    public List<X509Certificate> chain() {
        return List.of(issuer.certificate());
    }

    @Override
    public Revoking revoking() {
        return new Revoking.Here();
    }

    @Override
    public Optional<X509Certificate> issue(CertificateRow intent, Optional<CertificateRequest> request)
            throws AuthorityException {
        try {
            Instant begin = issuer.certificate().getNotBefore().toInstant();
            Instant end = issuer.certificate().getNotAfter().toInstant();
            CertificateWriter.EndForm form =
                    new CertificateWriter.EndForm(intent.profile(), new CertificateWriter.Validity(begin, end));
            PublicKey key = request.isPresent()
                    ? request.get().publicKey()
                    : publicKey(intent.publicKey().orElseThrow());
            return Optional.of(writer.end(issuer, key, intent.subject(), form, intent.number()));
        } catch (IdentityException | GeneralSecurityException e) {
            throw new AuthorityException.Key(
                    "the issuing authority did not sign the certificate of "
                            + intent.subject().serial() + ": " + e.getMessage(),
                    e);
        }
    }

    private static PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
        boolean ec = SubjectPublicKeyInfo.getInstance(spki)
                .getAlgorithm()
                .getAlgorithm()
                .equals(X9ObjectIdentifiers.id_ecPublicKey);
        return KeyFactory.getInstance(ec ? "EC" : "RSA").generatePublic(new X509EncodedKeySpec(spki));
    }
}
