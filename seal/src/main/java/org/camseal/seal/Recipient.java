package org.camseal.seal;

import java.security.PublicKey;
import java.security.cert.X509Certificate;

/** Somebody who is granted each epoch key of a stream, known by a public key: P-256, or RSA of 2048 to 8192 bits. */
public final class Recipient {
    private final PublicKey key;
    private final GrantAlgorithm algorithm;
    private final RecipientId id;

    private Recipient(PublicKey key, GrantAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
        this.id = RecipientId.of(key);
    }

    /** @throws SealException.UnfitRecipient for a key that no grant can be made for */
    public static Recipient of(PublicKey key) throws SealException.UnfitRecipient {
        return new Recipient(key, GrantAlgorithm.fitting(key));
    }

    /**
     * The recipient of a certificate. Whether the certificate is to be trusted is asked before, of {@code identity}.
     *
     * @throws SealException.UnfitRecipient for a key that no grant can be made for, or a certificate whose key usage forbids it
     */
    public static Recipient of(X509Certificate certificate) throws SealException.UnfitRecipient {
        GrantAlgorithm algorithm = GrantAlgorithm.fitting(certificate.getPublicKey());
        boolean[] usage = certificate.getKeyUsage();
        int wanted = algorithm == GrantAlgorithm.HPKE_P256 ? KEY_AGREEMENT : KEY_ENCIPHERMENT;
        if (usage != null && !usage[wanted]) {
            throw new SealException.UnfitRecipient("the certificate of " + certificate.getSubjectX500Principal()
                    + " does not allow key " + (wanted == KEY_AGREEMENT ? "agreement" : "encipherment")
                    + "; grants need a certificate that does");
        }
        return new Recipient(certificate.getPublicKey(), algorithm);
    }

    // Positions in X509Certificate.getKeyUsage (RFC 5280 section 4.2.1.3).
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    public PublicKey key() {
        return key;
    }

    public RecipientId id() {
        return id;
    }

    GrantAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recipient recipient && recipient.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "recipient " + id;
    }
}
