package org.camseal.authority.cmp;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;

/**
 * What is answered: a body, and what goes along.
 *
 * @param extra certificates that the other side may need to check what it got
 * @param implicitlyConfirmed true if no certConf is wanted, because the sender asked for that
 * @param next what the transaction waits for then; empty if it is over
 */
record Reply(
        BodyType type,
        ASN1Encodable content,
        List<X509Certificate> extra,
        boolean implicitlyConfirmed,
        Optional<Next> next) {
    /** What is to come, made once our nonce is known. */
    interface Next {
        Transactions.State with(byte[] nonce);
    }

    static Reply plain(BodyType type, ASN1Encodable content) {
        return new Reply(type, content, List.of(), false, Optional.empty());
    }

    /** An error message (RFC 9810 section 5.3.21). */
    static Reply error(CmpRefusal refusal) {
        return plain(BodyType.ERROR, new ErrorMsgContent(rejection(refusal)));
    }

    static PKIStatusInfo rejection(CmpRefusal refusal) {
        return new PKIStatusInfo(
                PKIStatus.rejection,
                new PKIFreeText(refusal.detail()),
                refusal.failure().info());
    }
}
