package org.camseal.authority.cmp;

import org.bouncycastle.asn1.cmp.PKIFailureInfo;

/** Why a message is refused: the bits of PKIFailureInfo (RFC 9810 section 5.2.3) that are used here. */
enum Failure {
    BAD_ALG(PKIFailureInfo.badAlg),
    BAD_MESSAGE_CHECK(PKIFailureInfo.badMessageCheck),
    BAD_REQUEST(PKIFailureInfo.badRequest),
    BAD_TIME(PKIFailureInfo.badTime),
    BAD_CERT_ID(PKIFailureInfo.badCertId),
    BAD_DATA_FORMAT(PKIFailureInfo.badDataFormat),
    BAD_POP(PKIFailureInfo.badPOP),
    CERT_CONFIRMED(PKIFailureInfo.certConfirmed),
    WRONG_INTEGRITY(PKIFailureInfo.wrongIntegrity),
    BAD_RECIPIENT_NONCE(PKIFailureInfo.badRecipientNonce),
    UNACCEPTED_EXTENSION(PKIFailureInfo.unacceptedExtension),
    ADD_INFO_NOT_AVAILABLE(PKIFailureInfo.addInfoNotAvailable),
    BAD_SENDER_NONCE(PKIFailureInfo.badSenderNonce),
    BAD_CERT_TEMPLATE(PKIFailureInfo.badCertTemplate),
    SIGNER_NOT_TRUSTED(PKIFailureInfo.signerNotTrusted),
    TRANSACTION_ID_IN_USE(PKIFailureInfo.transactionIdInUse),
    UNSUPPORTED_VERSION(PKIFailureInfo.unsupportedVersion),
    NOT_AUTHORIZED(PKIFailureInfo.notAuthorized),
    SYSTEM_UNAVAIL(PKIFailureInfo.systemUnavail),
    DUPLICATE_CERT_REQ(PKIFailureInfo.duplicateCertReq);

    private final int bits;

    Failure(int bits) {
        this.bits = bits;
    }

    PKIFailureInfo info() {
        return new PKIFailureInfo(bits);
    }
}
