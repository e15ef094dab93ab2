package org.camseal.authority.cmp;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.RevDetails;
import org.bouncycastle.asn1.cmp.RevRepContent;
import org.bouncycastle.asn1.cmp.RevRepContentBuilder;
import org.bouncycastle.asn1.cmp.RevReqContent;
import org.bouncycastle.asn1.crmf.CertTemplate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.Revocation;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;

/** Answers rr (RFC 9483 section 4.2): one certificate, by issuer and serial number. */
final class Revocations {
    private static final Set<CRLReason> LASTING = Set.of(
            CRLReason.UNSPECIFIED,
            CRLReason.KEY_COMPROMISE,
            CRLReason.AFFILIATION_CHANGED,
            CRLReason.SUPERSEDED,
            CRLReason.CESSATION_OF_OPERATION,
            CRLReason.PRIVILEGE_WITHDRAWN);

    private final Revocation revocation;
    private final Supplier<List<X509Certificate>> authorities;

    Revocations(Revocation revocation, Supplier<List<X509Certificate>> authorities) {
        this.revocation = revocation;
        this.authorities = authorities;
    }

    Reply answer(ASN1Primitive content, Requester requester)
            throws CmpRefusal, AuthorityException, InterruptedException {
        PKIStatusInfo status = switch (revocation.revoke(requester, request(content))) {
            case RevocationAnswer.Done _ -> new PKIStatusInfo(PKIStatus.granted);
            case RevocationAnswer.Unknown(String detail) ->
                Reply.rejection(new CmpRefusal(Failure.BAD_CERT_ID, detail));
            case RevocationAnswer.Refused(RefusalReason reason, String detail) ->
                Reply.rejection(new CmpRefusal(CmpRefusal.failure(reason), reason + ": " + detail));
        };
        RevRepContent body = new RevRepContentBuilder().add(status).build();
        return Reply.plain(BodyType.RP, body);
    }

    private RevocationRequest request(ASN1Primitive content) throws CmpRefusal {
        try {
            RevDetails[] all = RevReqContent.getInstance(content).toRevDetailsArray();
            if (all.length != 1) {
                throw new CmpRefusal(
                        Failure.BAD_REQUEST, all.length + " certificates in one rr; exactly one is answered");
            }
            CertTemplate wanted = all[0].getCertDetails();
            if (wanted.getSerialNumber() == null || wanted.getIssuer() == null) {
                throw new CmpRefusal(Failure.BAD_CERT_ID, "rr names a certificate by issuer and serialNumber");
            }
            BigInteger serial = wanted.getSerialNumber().getValue();
            if (!isOurs(wanted.getIssuer()) || serial.signum() <= 0) {
                throw new CmpRefusal(Failure.BAD_CERT_ID, "the issuer named is no issuing authority of this one");
            }
            Extensions entry = all[0].getCrlEntryDetails();
            return new RevocationRequest(serial, reason(entry), invalidity(entry), BodyType.RR.protocol());
        } catch (ParseException | RuntimeException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the rr cannot be read");
        }
    }

    private boolean isOurs(X500Name issuer) {
        return authorities.get().stream()
                .anyMatch(one -> X500Name.getInstance(
                                one.getSubjectX500Principal().getEncoded())
                        .equals(issuer));
    }

    private static CRLReason reason(@org.jspecify.annotations.Nullable Extensions entry) throws CmpRefusal {
        if (entry != null) {
            for (ASN1ObjectIdentifier critical : entry.getCriticalExtensionOIDs()) {
                if (!critical.equals(Extension.reasonCode) && !critical.equals(Extension.invalidityDate)) {
                    throw new CmpRefusal(Failure.UNACCEPTED_EXTENSION, "critical extension " + critical + " in the rr");
                }
            }
        }
        if (entry == null || entry.getExtension(Extension.reasonCode) == null) {
            return CRLReason.UNSPECIFIED;
        }
        int number = org.bouncycastle.asn1.ASN1Enumerated.getInstance(
                        entry.getExtensionParsedValue(Extension.reasonCode))
                .intValueExact();
        return LASTING.stream()
                .filter(reason -> number(reason) == number)
                .findFirst()
                .orElseThrow(() -> new CmpRefusal(
                        Failure.BAD_REQUEST,
                        "reason " + number + " is not for a camera's certificate, or does not last"));
    }

    @SuppressWarnings("EnumOrdinal") // CRLReason stands in the order of RFC 5280's numbers
    private static int number(CRLReason reason) {
        return reason.ordinal();
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle gives it so
    private static Optional<Instant> invalidity(@org.jspecify.annotations.Nullable Extensions entry)
            throws ParseException {
        if (entry == null || entry.getExtension(Extension.invalidityDate) == null) {
            return Optional.empty();
        }
        Instant date = ASN1GeneralizedTime.getInstance(entry.getExtensionParsedValue(Extension.invalidityDate))
                .getDate()
                .toInstant();
        return Optional.of(date.truncatedTo(ChronoUnit.SECONDS));
    }
}
