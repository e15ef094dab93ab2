package org.camseal.authority.cmp;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.GenMsgContent;
import org.bouncycastle.asn1.cmp.GenRepContent;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.Enrolment;
import org.camseal.authority.Requester;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;

/** Answers genm (RFC 9483 section 4.3): the issuing authorities, that there is no newer root, and what attestations must be fresh for. */
final class Information {
    private static final int MOST = 16;

    private final Enrolment enrolment;
    private final Supplier<List<X509Certificate>> authorities;

    Information(Enrolment enrolment, Supplier<List<X509Certificate>> authorities) {
        this.enrolment = enrolment;
        this.authorities = authorities;
    }

    Reply answer(ASN1Primitive content, Requester requester, CertificateProfile profile)
            throws CmpRefusal, AuthorityException {
        List<InfoTypeAndValue> answers = new ArrayList<>();
        List<ASN1ObjectIdentifier> unknown = new ArrayList<>();
        for (ASN1ObjectIdentifier type : asked(content)) {
            answer(type, requester, profile).ifPresentOrElse(answers::add, () -> unknown.add(type));
        }
        if (!unknown.isEmpty()) {
            answers.add(new InfoTypeAndValue(
                    CMPObjectIdentifiers.it_unsupportedOIDs, new DERSequence(unknown.toArray(ASN1Encodable[]::new))));
        }
        return Reply.plain(BodyType.GENP, new GenRepContent(answers.toArray(InfoTypeAndValue[]::new)));
    }

    private static List<ASN1ObjectIdentifier> asked(ASN1Primitive content) throws CmpRefusal {
        try {
            InfoTypeAndValue[] all = GenMsgContent.getInstance(content).toInfoTypeAndValueArray();
            if (all.length == 0 || all.length > MOST) {
                throw new CmpRefusal(Failure.BAD_REQUEST, all.length + " questions in one genm; 1 to " + MOST);
            }
            List<ASN1ObjectIdentifier> types = new ArrayList<>();
            for (InfoTypeAndValue one : all) {
                types.add(one.getInfoType());
            }
            return types;
        } catch (RuntimeException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the genm cannot be read");
        }
    }

    /** Empty if nothing is known by that name here. */
    private Optional<InfoTypeAndValue> answer(
            ASN1ObjectIdentifier type, Requester requester, CertificateProfile profile) throws AuthorityException {
        if (type.equals(CMPObjectIdentifiers.id_it_caCerts)) {
            ASN1Encodable[] issuing = authorities.get().stream()
                    .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                    .map(Certificates::encoded)
                    .toArray(ASN1Encodable[]::new);
            return Optional.of(new InfoTypeAndValue(type, new DERSequence(issuing)));
        }
        if (type.equals(CMPObjectIdentifiers.id_it_rootCaCert)) {
            return Optional.of(new InfoTypeAndValue(CMPObjectIdentifiers.id_it_rootCaKeyUpdate)); // none
        }
        if (type.equals(CMPObjectIdentifiers.id_it_certReqTemplate)) {
            return Optional.of(new InfoTypeAndValue(type)); // nothing beyond docs/spec/enrolment.md
        }
        if (type.getId().equals(AttestationAttribute.CHALLENGE_OID)) {
            return Optional.of(enrolment
                    .attestationChallenge(requester, profile)
                    .map(challenge -> new InfoTypeAndValue(type, new DEROctetString(challenge)))
                    .orElseGet(() -> new InfoTypeAndValue(type)));
        }
        return Optional.empty();
    }
}
