package org.camseal.identity.enrolment;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.IdentityException;

/**
 * What an authority wants in a request (CsrAttrs, RFC 7030 section 4.5.2): the attestation attribute, by its object identifier, and what it
 * must be fresh for, as an attribute with the challenge. An authority that wants nothing answers 204 instead.
 */
public final class CsrAttributes {
    /** Largest list that is read, in bytes. */
    public static final int MAX_BYTES = 4096;

    private CsrAttributes() {}

    /**
     * The list that asks for an attestation, in DER.
     *
     * @param challenge {@link AttestationAttribute#CHALLENGE_BYTES} bytes
     */
    public static byte[] encode(byte[] challenge) {
        try {
            ASN1EncodableVector list = new ASN1EncodableVector();
            list.add(new Attribute(
                    new ASN1ObjectIdentifier(AttestationAttribute.CHALLENGE_OID),
                    new DERSet(ASN1Primitive.fromByteArray(AttestationAttribute.encodeChallenge(challenge)))));
            list.add(new ASN1ObjectIdentifier(AttestationAttribute.OID));
            return new DERSequence(list).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory can be written", e);
        }
    }

    /**
     * The challenge in a list; empty if it has none. What else it wishes is not for cameras here.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if it is no such list, or its challenge is of another form
     */
    public static Optional<byte[]> challenge(byte[] der, String where) throws IdentityException.Malformed {
        if (der.length > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": a list of " + der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try {
            for (ASN1Encodable item : ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der))) {
                if (item instanceof ASN1ObjectIdentifier) {
                    continue;
                }
                Attribute attribute = Attribute.getInstance(item);
                if (attribute.getAttrType().getId().equals(AttestationAttribute.CHALLENGE_OID)) {
                    return Optional.of(AttestationAttribute.parseChallenge(attribute
                            .getAttrValues()
                            .getObjectAt(0)
                            .toASN1Primitive()
                            .getEncoded(ASN1Encoding.DER)));
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Malformed(where + ": no list of attributes (RFC 7030 section 4.5.2)", e);
        }
    }
}
