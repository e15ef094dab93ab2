package org.camseal.authority.est;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.camseal.authority.TestPki;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.IdentityException;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.CsrAttributes;

/** Entry points that take any bytes: each ends quietly, in an answer, or a rule is broken. */
public final class EstFuzz {
    private EstFuzz() {}

    /** The body of a POST to simpleenroll, and, as a client would read them, the bodies of answers. */
    public static void body(byte[] input) {
        try {
            look(EstBody.parse(input));
        } catch (IdentityException.Malformed e) {
            // refused
        }
        try {
            CertsOnly.decode(Base64Body.decode(input, "fuzz"), "fuzz");
        } catch (IdentityException.Malformed e) {
            // refused
        }
        try {
            CsrAttributes.challenge(input, "fuzz");
        } catch (IdentityException.Malformed e) {
            // refused
        }
    }

    /** A request in DER, with attributes, in both of its forms. */
    public static void request(byte[] input) {
        try {
            look(CertificateRequest.parse(input, "fuzz"));
        } catch (IdentityException.Malformed e) {
            // refused
        }
        try {
            look(CertificateRequest.parseMessage(input, "fuzz"));
        } catch (IdentityException.Malformed | IdentityException.Refused e) {
            // refused
        }
    }

    private static void look(CertificateRequest request) throws IdentityException.Malformed {
        request.subject();
        AttestationAttribute.of(request);
        if (request.toDer().length == 0) {
            throw new AssertionError("a request without bytes");
        }
    }

    /** Good input for {@link #request}. */
    public static List<byte[]> requests() throws Exception {
        KeyPair keys = TestPki.ecKeys();
        List<byte[]> all = new ArrayList<>();
        for (boolean attested : new boolean[] {false, true}) {
            PKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(
                    new X500Name("O=Maker,CN=Model X,2.5.4.5=CS-1"), keys.getPublic());
            if (attested) {
                DEROctetString part = new DEROctetString(new byte[40]);
                builder.addAttribute(
                        new ASN1ObjectIdentifier(AttestationAttribute.OID),
                        new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), part, part, part, part}));
            }
            all.add(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded());
        }
        return all;
    }

    /** Good input for {@link #body}. */
    public static List<byte[]> bodies() throws Exception {
        List<byte[]> all = new ArrayList<>(requests());
        requests().forEach(der -> all.add(Base64Body.encode(der)));
        all.add(Base64Body.encode(CertsOnly.encode(List.of(new TestPki("Maker").root()))));
        all.add(CsrAttributes.encode(new byte[AttestationAttribute.CHALLENGE_BYTES]));
        return all;
    }
}
