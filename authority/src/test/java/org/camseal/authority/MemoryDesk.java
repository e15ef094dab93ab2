package org.camseal.authority;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/** A registration authority in memory, as small as the protocols' tests need: each line may ask for the serials that begin with its id. */
public final class MemoryDesk implements RegistrationDesk {
    private final DeviceAuthority authority;
    private final List<String> audit = new ArrayList<>();
    private final Map<java.math.BigInteger, CertificateSubject> issued = new LinkedHashMap<>();
    private final Map<java.math.BigInteger, RevocationRequest> revoked = new LinkedHashMap<>();
    private @Nullable EnrolmentAnswer next;
    private byte @Nullable [] challenge;
    private boolean losing;

    public MemoryDesk(DeviceAuthority authority) {
        this.authority = authority;
    }

    /** What it says next, whatever is asked. */
    public synchronized void answerNext(EnrolmentAnswer answer) {
        next = answer;
    }

    /** The next certificate is issued, and then the power fails. */
    public synchronized void loseNextAnswer() {
        losing = true;
    }

    /** How many certificates it gave out, each counted once. */
    public synchronized int issued() {
        return issued.size();
    }

    public synchronized void demandAttestation(byte @Nullable [] wanted) {
        challenge = wanted;
    }

    /** What it wrote down, one line each. */
    public synchronized List<String> audit() {
        return List.copyOf(audit);
    }

    @Override
    public synchronized EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request)
            throws AuthorityException.Store {
        EnrolmentAnswer answer = next == null ? decide(requester, request) : next;
        next = null;
        if (losing) {
            losing = false;
            throw new AuthorityException.Store("the power failed");
        }
        if (!(answer instanceof EnrolmentAnswer.Issued)) {
            audit.add(request.protocol() + " " + name(requester) + ": " + answer);
        }
        return answer;
    }

    private EnrolmentAnswer decide(Requester requester, EnrolmentRequest request) {
        String serial = request.subject().serial();
        return switch (requester) {
            case Requester.Line line ->
                serial.startsWith(line.id())
                        ? issue(request)
                        : new EnrolmentAnswer.Refused(
                                RefusalReason.NOT_ORDERED, "no order of " + line.id() + " has " + serial);
            case Requester.Device(X509Certificate own) ->
                subjectOf(own).equals(request.subject())
                        ? issue(request)
                        : new EnrolmentAnswer.Refused(RefusalReason.OTHER_SUBJECT, "the camera is " + subjectOf(own));
            case Requester.Stranger _ -> new EnrolmentAnswer.Refused(RefusalReason.NOT_AUTHENTICATED, "a stranger");
        };
    }

    private EnrolmentAnswer issue(EnrolmentRequest request) {
        try {
            List<X509Certificate> chain = request.profile() == CertificateProfile.MEDIA_SIGNING
                    ? authority.issueMedia(request.request(), request.subject())
                    : authority.issueTls(request.request(), request.subject());
            boolean again = issued.put(chain.getFirst().getSerialNumber(), request.subject()) != null;
            return new EnrolmentAnswer.Issued(chain, again);
        } catch (IdentityException.Refused e) {
            return new EnrolmentAnswer.Held("7", String.valueOf(e.getMessage()));
        } catch (IdentityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CertificateSubject subjectOf(X509Certificate certificate) {
        return CertificateSubject.of(certificate).orElseThrow();
    }

    @Override
    public synchronized RevocationAnswer revoke(Requester requester, RevocationRequest request) {
        CertificateSubject subject = issued.get(request.certificateSerial());
        boolean may = subject != null
                && switch (requester) {
                    case Requester.Line line -> subject.serial().startsWith(line.id());
                    case Requester.Device device ->
                        device.certificate().getSerialNumber().equals(request.certificateSerial());
                    case Requester.Stranger _ -> false;
                };
        if (!may) {
            audit.add(request.protocol() + " " + name(requester) + ": unknown");
            return new RevocationAnswer.Unknown("no such certificate");
        }
        return new RevocationAnswer.Done(revoked.putIfAbsent(request.certificateSerial(), request) != null);
    }

    public synchronized Optional<RevocationRequest> revoked(X509Certificate certificate) {
        return Optional.ofNullable(revoked.get(certificate.getSerialNumber()));
    }

    @Override
    public synchronized Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile) {
        return Optional.ofNullable(challenge);
    }

    @Override
    public synchronized void refused(Requester requester, String protocol, String detail) {
        audit.add(protocol + " " + name(requester) + ": " + detail);
    }

    private static String name(Requester requester) {
        return switch (requester) {
            case Requester.Line line -> "line " + line.id();
            case Requester.Device device ->
                "camera " + subjectOf(device.certificate()).serial();
            case Requester.Stranger stranger -> "stranger (" + stranger.seen() + ")";
        };
    }
}
