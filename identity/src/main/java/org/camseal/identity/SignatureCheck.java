package org.camseal.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Whether a signature in a request or message matches, by the algorithms that count here and no others. */
public final class SignatureCheck {
    private static final Map<String, String> NAMES = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256.getId(), "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA384.getId(), "SHA384withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA512.getId(), "SHA512withECDSA",
            PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(), "SHA256withRSA",
            PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(), "SHA384withRSA",
            PKCSObjectIdentifiers.sha512WithRSAEncryption.getId(), "SHA512withRSA",
            PKCSObjectIdentifiers.id_RSASSA_PSS.getId(), "RSASSA-PSS");

    private SignatureCheck() {}

    /** True if signatures by that algorithm can count: ECDSA or RSA with SHA-256 or more. A MAC never does. */
    public static boolean counts(AlgorithmIdentifier algorithm) {
        return NAMES.containsKey(algorithm.getAlgorithm().getId());
    }

    /**
     * True if that key made the signature; false for whatever else, a key of another kind too. RSA-PSS counts with SHA-256 and a salt as long.
     *
     * @param message what was signed
     */
    public static boolean matches(AlgorithmIdentifier algorithm, PublicKey key, byte[] message, byte[] signature) {
        return matches(algorithm, key, new Part(message, 0, message.length), signature);
    }

    /** A message where it lies. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Part(byte[] bytes, int offset, int length) {}

    /** The same of a message that is part of something longer. */
    static boolean matches(AlgorithmIdentifier algorithm, PublicKey key, Part message, byte[] signature) {
        String name = NAMES.get(algorithm.getAlgorithm().getId());
        if (name == null || !AlgorithmPolicy.weaknessOf(key).isEmpty()) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(name);
            if (name.equals("RSASSA-PSS")) {
                check.setParameter(SignatureAlgorithm.PS256.parameters().orElseThrow());
            }
            check.initVerify(key);
            check.update(message.bytes(), message.offset(), message.length());
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The key of a request or template, of a kind that can count. */
    static PublicKey publicKey(SubjectPublicKeyInfo spki) throws GeneralSecurityException, IOException {
        String algorithm = spki.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "RSA";
        return java.security.KeyFactory.getInstance(algorithm)
                .generatePublic(new java.security.spec.X509EncodedKeySpec(spki.getEncoded(ASN1Encoding.DER)));
    }
}
