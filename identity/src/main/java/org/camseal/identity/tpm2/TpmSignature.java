package org.camseal.identity.tpm2;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SignatureAlgorithm;

/** TPMT_SIGNATURE (part 2, section 11.3.4) and what X.509, TLS and COSE want instead. */
final class TpmSignature {
    private TpmSignature() {}

    /** DER for ECDSA, the bare number for RSA; refuses a signature of another scheme than the key's. */
    static byte[] parse(byte[] signature, SignatureAlgorithm expected) throws IdentityException.Element {
        TpmReader in = new TpmReader(signature, "a signature");
        int scheme = in.u16();
        int hash = in.u16();
        int wantedHash = expected == SignatureAlgorithm.ES384 ? TpmTemplates.SHA384 : TpmPublic.SHA256;
        int wantedScheme = expected.isEcdsa() ? TpmTemplates.ECDSA : TpmTemplates.RSAPSS;
        if (scheme != wantedScheme || hash != wantedHash) {
            throw in.malformed("scheme " + scheme + " with hash " + hash + " instead of " + expected);
        }
        byte[] result = expected.isEcdsa() ? der(in.sized(), in.sized()) : in.sized();
        in.end();
        return result;
    }

    private static byte[] der(byte[] r, byte[] s) {
        ASN1EncodableVector both = new ASN1EncodableVector();
        both.add(new ASN1Integer(new BigInteger(1, r)));
        both.add(new ASN1Integer(new BigInteger(1, s)));
        try {
            return new DERSequence(both).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("two numbers can be encoded", e);
        }
    }

    static byte[] digest(byte[] message, SignatureAlgorithm algorithm) {
        String name = algorithm == SignatureAlgorithm.ES384 ? "SHA-384" : "SHA-256";
        try {
            return MessageDigest.getInstance(name).digest(message);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
