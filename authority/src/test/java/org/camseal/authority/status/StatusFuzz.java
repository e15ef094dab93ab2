package org.camseal.authority.status;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.camseal.authority.TestPki;

/** Entry point that takes any bytes as a question about a certificate's status: it ends quietly, or a rule is broken. */
public final class StatusFuzz {
    private StatusFuzz() {}

    /** An OCSP request in DER. */
    public static void question(byte[] input) {
        try {
            if (OcspQuestion.parse(input).certificates().isEmpty()) {
                throw new AssertionError("a question about nothing");
            }
        } catch (OcspQuestion.Malformed e) {
            // refused
        }
    }

    /** Good input for {@link #question}. */
    public static List<byte[]> questions() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (boolean nonce : new boolean[] {false, true}) {
            OCSPReqBuilder builder = new OCSPReqBuilder();
            builder.addRequest(new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(new TestPki("Maker").root()),
                    BigInteger.valueOf(0x1234)));
            if (nonce) {
                byte[] value = new DEROctetString(new byte[16]).getEncoded();
                builder.setRequestExtensions(
                        new Extensions(new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, value)));
            }
            all.add(builder.build().getEncoded());
        }
        return all;
    }
}
