package org.camseal.authority.cmp;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;

/**
 * One PKIMessage as it came (RFC 9810 section 5.1), read as far as is needed to judge who sent it; nothing of it is believed yet. Only DER
 * is read, so that what is checked is what was signed.
 */
final class CmpMessage {
    /** Largest message, in bytes: a request of 32 KiB and a few certificates. */
    static final int MAX_BYTES = 64 * 1024;

    /** Most certificates that come along. */
    static final int MAX_CERTIFICATES = 8;

    private final int version;
    private final PKIHeader header;
    private final CmpBody body;
    private final byte[] protectedPart;
    private final Optional<byte[]> protection;
    private final List<X509Certificate> certificates;

    private CmpMessage(PKIHeader header, CmpBody body, byte[] protectedPart, Tail tail) {
        this.version = header.getPvno().intPositiveValueExact();
        this.header = header;
        this.body = body;
        this.protectedPart = protectedPart;
        this.protection = tail.protection();
        this.certificates = tail.certificates();
    }

    /** Bytes that are no PKIMessage. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    /**
     * @throws Malformed if it is no PKIMessage in DER, or larger than is read
     */
    static CmpMessage parse(byte[] der) throws Malformed {
        if (der.length > MAX_BYTES) {
            throw new Malformed(der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try {
            ASN1Sequence message = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            if (message.size() < 2 || message.size() > 4 || !Arrays.equals(message.getEncoded(ASN1Encoding.DER), der)) {
                throw new Malformed("not a PKIMessage in DER");
            }
            PKIHeader header = PKIHeader.getInstance(message.getObjectAt(0));
            ASN1TaggedObject choice = ASN1TaggedObject.getInstance(message.getObjectAt(1), BERTags.CONTEXT_SPECIFIC);
            BodyType type = BodyType.of(choice.getTagNo())
                    .orElseThrow(() -> new Malformed("there is no body of kind " + choice.getTagNo()));
            CmpBody body = CmpBody.of(type, choice.getExplicitBaseObject().toASN1Primitive());
            byte[] protectedPart =
                    new DERSequence(new ASN1Encodable[] {message.getObjectAt(0), choice}).getEncoded(ASN1Encoding.DER);
            return new CmpMessage(header, body, protectedPart, Tail.of(message));
        } catch (IOException | RuntimeException e) {
            throw new Malformed("not a PKIMessage (RFC 9810 section 5.1)");
        } catch (IdentityException.Malformed e) {
            throw new Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** What follows header and body: protection [0] and extraCerts [1], in that order, each once. */
    private record Tail(Optional<byte[]> protection, List<X509Certificate> certificates) {
        static Tail of(ASN1Sequence message) throws Malformed, IdentityException.Malformed, IOException {
            Optional<byte[]> protection = Optional.empty();
            List<X509Certificate> certificates = List.of();
            int last = -1;
            for (int i = 2; i < message.size(); i++) {
                ASN1TaggedObject part = ASN1TaggedObject.getInstance(message.getObjectAt(i), BERTags.CONTEXT_SPECIFIC);
                if (part.getTagNo() <= last || part.getTagNo() > 1) {
                    throw new Malformed("part " + part.getTagNo() + " is out of place");
                }
                last = part.getTagNo();
                if (last == 0) {
                    protection =
                            Optional.of(ASN1BitString.getInstance(part, true).getOctets());
                } else {
                    certificates = certificates(ASN1Sequence.getInstance(part, true));
                }
            }
            return new Tail(protection, certificates);
        }

        private static List<X509Certificate> certificates(ASN1Sequence list)
                throws Malformed, IdentityException.Malformed, IOException {
            if (list.size() > MAX_CERTIFICATES) {
                throw new Malformed(list.size() + " certificates; at most " + MAX_CERTIFICATES + " are read");
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (ASN1Encodable one : list) {
                certificates.add(Pem.certificate(one.toASN1Primitive().getEncoded(ASN1Encoding.DER), "extraCerts"));
            }
            return List.copyOf(certificates);
        }
    }

    /** The protocol's version as the message says it (pvno). */
    int version() {
        return version;
    }

    PKIHeader header() {
        return header;
    }

    CmpBody body() {
        return body;
    }

    /** What the protection is over: header and body (RFC 9810 section 5.1.3), in DER. Shared, not to be written to. */
    byte[] protectedPart() {
        return protectedPart;
    }

    /** The protection's bits; empty if there is none. */
    Optional<byte[]> protection() {
        return protection;
    }

    /** The certificates that came along, as they came: the protection's first (RFC 9483 section 3.3). */
    List<X509Certificate> certificates() {
        return certificates;
    }

    /** The transaction it belongs to; empty if it does not say. */
    Optional<byte[]> transaction() {
        return octets(header.getTransactionID());
    }

    Optional<byte[]> senderNonce() {
        return octets(header.getSenderNonce());
    }

    Optional<byte[]> recipientNonce() {
        return octets(header.getRecipNonce());
    }

    /** True if the sender would do without certConf (RFC 9810 section 5.1.1.1). */
    boolean wantsImplicitConfirm() {
        InfoTypeAndValue[] all = header.getGeneralInfo();
        return all != null
                && Arrays.stream(all)
                        .anyMatch(info -> info.getInfoType().equals(CMPObjectIdentifiers.it_implicitConfirm));
    }

    @SuppressWarnings("NullAway") // Bouncy Castle's getters give null for what is not there
    private static Optional<byte[]> octets(ASN1OctetString value) {
        return Optional.ofNullable(value).map(ASN1OctetString::getOctets);
    }
}
