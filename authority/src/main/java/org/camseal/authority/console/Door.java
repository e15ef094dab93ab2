package org.camseal.authority.console;

import java.time.InstantSource;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Credential;
import org.camseal.authority.register.Register;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;

/** Who may come in. */
public sealed interface Door {
    /**
     * Whoever shows an operator's certificate in the TLS handshake that is good, and counts in the register now.
     *
     * @param operations knows the operations root
     */
    record OperatorCertificate(TrustEvaluator operations, Register register, InstantSource clock) implements Door {}

    /**
     * Whoever the server lets in, by its token on this machine: to look only. A dispute needs two operators who are told apart, and a token
     * tells nobody apart.
     */
    record LookOnly() implements Door {}

    /**
     * Lets somebody in.
     *
     * @return the operator's id; empty for who may only look
     * @throws WebException.Refused with 401 for everybody else
     * @throws AuthorityException if the register cannot be read
     */
    default Optional<String> enter(WebRequest request) throws WebException.Refused, AuthorityException {
        return switch (this) {
            case LookOnly _ -> Optional.empty();
            case OperatorCertificate(TrustEvaluator operations, Register register, InstantSource clock) -> {
                SignerTrust trust = operations.evaluate(request.clientChain(), clock.instant(), Purpose.OPERATOR);
                Optional<Credential> credential = trust instanceof SignerTrust.Trusted
                        ? register.credential(
                                request.clientChain().getFirst().getSerialNumber(), CertificateProfile.OPERATOR)
                        : Optional.empty();
                if (trust instanceof SignerTrust.Trusted trusted
                        && credential.isPresent()
                        && credential.get().holder().equals(trusted.serial())) {
                    yield Optional.of(trusted.serial());
                }
                throw new WebException.Refused(
                        401,
                        "this page is for operators",
                        trust instanceof SignerTrust.Untrusted(SignerTrust.Reason reason, String _)
                                ? "show an operator's certificate of this authority; what was shown: " + reason
                                : "the register does not count this operator's certificate (any more)");
            }
        };
    }
}
