package org.camseal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/**
 * How an element's statement about a key travels: as an attribute of the key's certificate request. It is fresh for one production order,
 * because the order's challenge is in what the element signs.
 *
 * <pre>
 *   Attestation ::= SEQUENCE { format INTEGER { tpm2(1) }, statement OCTET STRING, signature OCTET STRING,
 *                              keyDescription OCTET STRING, attestationKey OCTET STRING }      -- attribute A.3.1
 *   Challenge ::= OCTET STRING (SIZE (32))                                                     -- attribute A.3.2, in csrattrs
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986 section 4.1: attributes</a>
 */
public final class AttestationAttribute {
    /** The attribute of a request that carries the statement. */
    public static final String OID = Oids.ATTESTATION;

    /** The attribute that an authority names its challenge in (RFC 7030 section 4.5.2, csrattrs). */
    public static final String CHALLENGE_OID = Oids.ATTESTATION_CHALLENGE;

    /** Bytes of a challenge. */
    public static final int CHALLENGE_BYTES = 32;

    private static final byte[] LABEL = "camseal attestation".getBytes(StandardCharsets.US_ASCII);
    private static final int TPM2 = 1;

    /** The largest part of a statement; a TPM's are some hundred bytes. */
    private static final int MAX_PART = 4096;

    private AttestationAttribute() {}

    /**
     * What an element must sign to be fresh: {@link SecureElement#attest}'s nonce.
     *
     * @param challenge the order's, of {@link #CHALLENGE_BYTES} bytes
     * @param serial the camera's serial
     * @return SHA-256 over "camseal attestation", the challenge and the serial
     */
    public static byte[] nonce(byte[] challenge, String serial) {
        if (challenge.length != CHALLENGE_BYTES) {
            throw new IllegalArgumentException(
                    "a challenge has " + CHALLENGE_BYTES + " bytes, not " + challenge.length);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LABEL);
            digest.update(challenge);
            digest.update(serial.getBytes(StandardCharsets.UTF_8));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The statement that a request carries; empty if it carries none. It proves nothing until it is checked.
     *
     * @throws IdentityException.Malformed if there is one that cannot be read
     */
    public static Optional<Attestation> of(CertificateRequest request) throws IdentityException.Malformed {
        Optional<byte[]> value = request.attribute(OID);
        return value.isEmpty() ? Optional.empty() : Optional.of(parse(value.get()));
    }

    /**
     * Reads the value of {@link #CHALLENGE_OID}.
     *
     * @throws IdentityException.Malformed if it is not a challenge
     */
    public static byte[] parseChallenge(byte[] der) throws IdentityException.Malformed {
        try {
            byte[] challenge = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(der))
                    .getOctets();
            if (challenge.length == CHALLENGE_BYTES) {
                return challenge;
            }
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Malformed("the attestation challenge is no OCTET STRING", e);
        }
        throw new IdentityException.Malformed("the attestation challenge is not of " + CHALLENGE_BYTES + " bytes");
    }

    /** The value of {@link #CHALLENGE_OID}, in DER. */
    public static byte[] encodeChallenge(byte[] challenge) {
        try {
            return new DEROctetString(challenge).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory can be written", e);
        }
    }

    static ASN1Encodable encoded(Attestation attestation) {
        int format = switch (attestation.format()) {
            case TPM2 -> TPM2;
        };
        return new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(format),
            new DEROctetString(attestation.statement()),
            new DEROctetString(attestation.signature()),
            new DEROctetString(attestation.keyDescription()),
            new DEROctetString(attestation.attestationKey())
        });
    }

    private static Attestation parse(byte[] der) throws IdentityException.Malformed {
        try {
            ASN1Sequence parts = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            if (parts.size() != 5
                    || ASN1Integer.getInstance(parts.getObjectAt(0)).intValueExact() != TPM2) {
                throw new IdentityException.Malformed(
                        "the attestation in the request is not of the one form that is known (TPM 2.0)");
            }
            return new Attestation(
                    Attestation.Format.TPM2, part(parts, 1), part(parts, 2), part(parts, 3), part(parts, 4));
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Malformed("the attestation in the request cannot be read", e);
        }
    }

    private static byte[] part(ASN1Sequence parts, int index) throws IdentityException.Malformed {
        byte[] bytes = ASN1OctetString.getInstance(parts.getObjectAt(index)).getOctets();
        if (bytes.length > MAX_PART) {
            throw new IdentityException.Malformed("a part of the attestation in the request has " + bytes.length
                    + " bytes; at most " + MAX_PART + " are read");
        }
        return bytes;
    }
}
