package org.camseal.authority.status;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Finds the issuing authority that a question names by hashes of its name and key (RFC 6960 section 4.1.1): SHA-1, as most ask, or SHA-256. */
final class IssuerIndex {
    private static final Map<ASN1ObjectIdentifier, String> HASHES = Map.of(
            OIWObjectIdentifiers.idSHA1, "SHA-1",
            NISTObjectIdentifiers.id_sha256, "SHA-256");

    private final Map<String, OcspIssuer> issuers = new HashMap<>();

    IssuerIndex(List<OcspIssuer> all) {
        for (OcspIssuer issuer : all) {
            byte[] name = issuer.certificate().getSubjectX500Principal().getEncoded();
            byte[] key = SubjectPublicKeyInfo.getInstance(
                            issuer.certificate().getPublicKey().getEncoded())
                    .getPublicKeyData()
                    .getOctets();
            HASHES.forEach((oid, hash) -> issuers.put(place(oid, digest(hash, name), digest(hash, key)), issuer));
        }
    }

    Optional<OcspIssuer> find(CertID asked) {
        return Optional.ofNullable(issuers.get(place(
                asked.getHashAlgorithm().getAlgorithm(),
                asked.getIssuerNameHash().getOctets(),
                asked.getIssuerKeyHash().getOctets())));
    }

    private static String place(ASN1ObjectIdentifier hash, byte[] name, byte[] key) {
        return hash.getId() + " " + HexFormat.of().formatHex(name) + " "
                + HexFormat.of().formatHex(key);
    }

    private static byte[] digest(String hash, byte[] bytes) {
        try {
            return MessageDigest.getInstance(hash).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }
}
