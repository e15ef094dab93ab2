package org.camseal.e2e.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIMessage;

/** A CMP message that openssl wrote, with its body called by another of the 27 kinds; openssl itself writes six of them. */
final class OtherBody {
    /** RFC 9810 section 5.1.2, in the order of their tags. */
    static final List<String> KINDS = List.of(
            "ir",
            "ip",
            "cr",
            "cp",
            "p10cr",
            "popdecc",
            "popdecr",
            "kur",
            "kup",
            "krr",
            "krp",
            "rr",
            "rp",
            "ccr",
            "ccp",
            "ckuann",
            "cann",
            "rann",
            "crlann",
            "pkiconf",
            "nested",
            "genm",
            "genp",
            "error",
            "certconf",
            "pollreq",
            "pollrep");

    private final ASN1Sequence message;

    OtherBody(Path file) throws IOException {
        this.message = ASN1Sequence.getInstance(Files.readAllBytes(file));
    }

    private ASN1Encodable body(int kind) {
        ASN1Encodable content =
                ASN1TaggedObject.getInstance(message.getObjectAt(1)).getExplicitBaseObject();
        return new DERTaggedObject(true, kind, content);
    }

    /** The message as it is otherwise; whatever protected it does not fit any more. */
    byte[] called(int kind) throws IOException {
        ASN1Encodable[] parts = message.toArray();
        parts[1] = body(kind);
        return new DERSequence(parts).getEncoded("DER");
    }

    /** Protected again, by the EC key in a PKCS#8 file, as openssl would (RFC 9810 section 5.1.3). */
    byte[] signed(int kind, Path key) throws Exception {
        String base64 = Files.readAllLines(key).stream()
                .filter(line -> !line.startsWith("-"))
                .collect(Collectors.joining());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
        ASN1Encodable[] parts = message.toArray();
        parts[1] = body(kind);
        signature.update(new DERSequence(new ASN1Encodable[] {parts[0], parts[1]}).getEncoded("DER"));
        parts[2] = new DERTaggedObject(true, 0, new DERBitString(signature.sign()));
        return new DERSequence(parts).getEncoded("DER");
    }

    /** The failure bits of an error message; fails the test if the answer is something else. */
    static int failure(Path answer) throws IOException {
        PKIBody body = PKIMessage.getInstance(Files.readAllBytes(answer)).getBody();
        if (body.getType() != PKIBody.TYPE_ERROR) {
            throw new AssertionError(answer + " is a " + KINDS.get(body.getType()) + ", no error");
        }
        return new PKIFailureInfo(ErrorMsgContent.getInstance(body.getContent())
                        .getPKIStatusInfo()
                        .getFailInfo())
                .intValue();
    }
}
