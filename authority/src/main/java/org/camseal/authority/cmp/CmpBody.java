package org.camseal.authority.cmp;

import org.bouncycastle.asn1.ASN1Primitive;

/** What a message asks for. Contents are not read yet, only set apart by kind. */
sealed interface CmpBody {
    /** Its kind. */
    BodyType type();

    /** ir, cr or kur: a certificate, by a request message of RFC 4211. */
    record Message(BodyType type, ASN1Primitive content) implements CmpBody {}

    /** p10cr: a certificate, by PKCS#10. */
    record Pkcs10(ASN1Primitive content) implements CmpBody {
        @Override
        public BodyType type() {
            return BodyType.P10CR;
        }
    }

    /** rr: that a certificate count no more. */
    record Revocation(ASN1Primitive content) implements CmpBody {
        @Override
        public BodyType type() {
            return BodyType.RR;
        }
    }

    /** genm: what the authority knows. */
    record General(ASN1Primitive content) implements CmpBody {
        @Override
        public BodyType type() {
            return BodyType.GENM;
        }
    }

    /** certConf: the certificate came, and is wanted or not. */
    record Confirmation(ASN1Primitive content) implements CmpBody {
        @Override
        public BodyType type() {
            return BodyType.CERTCONF;
        }
    }

    /** pollReq: whether what had to wait is there. */
    record Poll(ASN1Primitive content) implements CmpBody {
        @Override
        public BodyType type() {
            return BodyType.POLLREQ;
        }
    }

    /** All else: answers, announcements, and requests that are not served here. */
    record NotServed(BodyType type) implements CmpBody {}

    /** Sets a body's content apart by its kind; default deny. */
    static CmpBody of(BodyType type, ASN1Primitive content) {
        return switch (type) {
            case IR, CR, KUR -> new Message(type, content);
            case P10CR -> new Pkcs10(content);
            case RR -> new Revocation(content);
            case GENM -> new General(content);
            case CERTCONF -> new Confirmation(content);
            case POLLREQ -> new Poll(content);
            case IP,
                    CP,
                    POPDECC,
                    POPDECR,
                    KUP,
                    KRR,
                    KRP,
                    RP,
                    CCR,
                    CCP,
                    CKUANN,
                    CANN,
                    RANN,
                    CRLANN,
                    PKICONF,
                    NESTED,
                    GENP,
                    ERROR,
                    POLLREP -> new NotServed(type);
        };
    }
}
