package org.camseal.authority.cmp;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.RegistrationDesk;
import org.camseal.authority.Requester;
import org.camseal.authority.RequesterCheck;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.TestPki;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.Purpose;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/** Entry points that take any bytes: each ends quietly, in an answer, or a rule is broken. */
public final class CmpFuzz {
    private static final TestPki PKI = pki();
    private static final TestPki.Holder LINE = line();
    private static final List<X509Certificate> AUTHORITIES = List.of(PKI.root());
    private static final CmpSender SENDER = new CmpSender(
            new RequesterCheck(new TrustEvaluator(TrustRoots.NONE.withOperations(PKI.root())), InstantSource.system()),
            () -> AUTHORITIES,
            InstantSource.system());

    private CmpFuzz() {}

    /** A message: its protection, and, as if that held, its content for each who may send it. */
    public static void message(byte[] input) {
        CmpMessage message;
        try {
            message = CmpMessage.parse(input);
        } catch (CmpMessage.Malformed e) {
            return;
        }
        try {
            SENDER.check(message);
        } catch (CmpRefusal e) {
            // refused
        }
        for (Requester requester :
                List.of(new Requester.Line("L1", LINE.certificate()), new Requester.Device(LINE.certificate()))) {
            try {
                content(message, requester);
            } catch (CmpRefusal e) {
                // refused
            } catch (AuthorityException | InterruptedException e) {
                throw new AssertionError("the desk here does not fail", e);
            }
        }
    }

    private static void content(CmpMessage message, Requester requester)
            throws CmpRefusal, AuthorityException, InterruptedException {
        Nobody desk = new Nobody();
        switch (message.body()) {
            case CmpBody.Message _, CmpBody.Pkcs10 _ -> {
                Certificates certificates = new Certificates(desk);
                certificates.answer(certificates.question(message, requester, CertificateProfile.DEVICE_TLS));
            }
            case CmpBody.Revocation(ASN1Primitive content) ->
                new Revocations(desk, () -> AUTHORITIES).answer(content, requester);
            case CmpBody.General(ASN1Primitive content) ->
                new Information(desk, () -> AUTHORITIES).answer(content, requester, CertificateProfile.DEVICE_TLS);
            case CmpBody.Confirmation(ASN1Primitive content) ->
                CmpProtocol.isWanted(CertificateHash.of(LINE.certificate()), content);
            case CmpBody.Poll _, CmpBody.NotServed _ -> {
                // the content is not read
            }
        }
    }

    /** Good input for {@link #message}. */
    public static List<byte[]> messages() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (BodyType type : BodyType.values()) {
            all.add(CmpProbe.signed(CmpProbe.body(type, "CS-1", LINE), LINE, CmpProbe.fresh(), Instant.now()));
        }
        return all;
    }

    private static TestPki pki() {
        try {
            return new TestPki("Maker");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestPki.Holder line() {
        try {
            return PKI.leaf("O=Maker,CN=Line,2.5.4.5=L1", Purpose.LINE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives nobody anything. */
    private static final class Nobody implements RegistrationDesk {
        @Override
        public EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request) {
            return new EnrolmentAnswer.Refused(RefusalReason.NOT_ORDERED, "no");
        }

        @Override
        public Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile) {
            return Optional.of(new byte[32]);
        }

        @Override
        public RevocationAnswer revoke(Requester requester, RevocationRequest request) {
            return new RevocationAnswer.Unknown("no");
        }

        @Override
        public void refused(Requester requester, String protocol, String detail) {
            // nowhere
        }
    }
}
