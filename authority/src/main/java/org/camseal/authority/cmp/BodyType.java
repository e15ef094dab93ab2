package org.camseal.authority.cmp;

import java.util.Arrays;
import java.util.Optional;

/** The 27 kinds of bodies (RFC 9810 section 5.1.2), named as there. */
enum BodyType {
    IR(0),
    IP(1),
    CR(2),
    CP(3),
    P10CR(4),
    POPDECC(5),
    POPDECR(6),
    KUR(7),
    KUP(8),
    KRR(9),
    KRP(10),
    RR(11),
    RP(12),
    CCR(13),
    CCP(14),
    CKUANN(15),
    CANN(16),
    RANN(17),
    CRLANN(18),
    PKICONF(19),
    NESTED(20),
    GENM(21),
    GENP(22),
    ERROR(23),
    CERTCONF(24),
    POLLREQ(25),
    POLLREP(26);

    private final int tag;

    BodyType(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }

    static Optional<BodyType> of(int tag) {
        return Arrays.stream(values()).filter(type -> type.tag == tag).findFirst();
    }

    /** For the audit log. */
    String protocol() {
        return "CMP " + name().toLowerCase(java.util.Locale.ROOT);
    }
}
