package org.camseal.identity;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;

/** The two forms of an ECDSA signature: DER SEQUENCE of r and s (RFC 3279), and r || s of fixed length (RFC 9053 section 2.1). */
final class EcdsaForm {
    private EcdsaForm() {}

    static byte[] fixedFromDer(byte[] der, SignatureAlgorithm algorithm) throws IdentityException.Malformed {
        int size = algorithm.coordinateBytes();
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(der);
            if (sequence.size() != 2) {
                throw new IdentityException.Malformed(
                        "an ECDSA signature has " + sequence.size() + " parts instead of 2");
            }
            byte[] fixed = new byte[2 * size];
            put(ASN1Integer.getInstance(sequence.getObjectAt(0)).getPositiveValue(), fixed, 0, size);
            put(ASN1Integer.getInstance(sequence.getObjectAt(1)).getPositiveValue(), fixed, size, size);
            return fixed;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IdentityException.Malformed("an ECDSA signature of " + der.length + " bytes is not DER", e);
        }
    }

    private static void put(BigInteger value, byte[] into, int offset, int size) throws IdentityException.Malformed {
        byte[] bytes = value.toByteArray();
        int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        int length = bytes.length - skip;
        if (length > size) {
            throw new IdentityException.Malformed(
                    "an ECDSA signature's number has " + length + " bytes; at most " + size + " fit");
        }
        System.arraycopy(bytes, skip, into, offset + size - length, length);
        Arrays.fill(bytes, (byte) 0);
    }
}
