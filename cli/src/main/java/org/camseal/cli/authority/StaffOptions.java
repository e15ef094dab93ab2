package org.camseal.cli.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.Slot;
import org.camseal.identity.backends.ElementAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A line's or operator's key: in an identity here, or elsewhere, with a request of its own. */
final class StaffOptions {
    @Option(
            names = "--identity",
            paramLabel = "DIR",
            description = "An identity here: it is made if it is not there, and gets the certificate and the roots.")
    private @Nullable Path identity;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "A certificate request (PKCS#10, PEM) of a key elsewhere.")
    private @Nullable Path request;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the certificate and its issuer go, with --request.")
    private @Nullable Path out;

    /** Gives a certificate for 30 days, and makes it count; those before it count until they end. */
    void certify(AuthorityPlace place, Register register, CertificateProfile profile, String id, String operator)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        CertificateSubject subject;
        try {
            subject = new CertificateSubject(place.settings().organization(), id, id);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
        }
        try (AuthorityKeys keys = place.keys()) {
            if (identity != null && request == null) {
                Identity own = identity(identity, profile == CertificateProfile.LINE ? Role.LINE : Role.OPERATOR);
                PublicKey key = own.keyOrNew(Slot.TLS, KeySpec.P256).publicKey();
                List<X509Certificate> chain = keys.staff(profile, key, subject);
                place.desk(register).certify(operator, profile, id, chain.getFirst());
                own.install(Slot.TLS, chain);
                own.trust(own.roots().withDevice(keys.deviceRoot()).withOperations(keys.operationsRoot()));
                own.element().close();
            } else if (identity == null && request != null && out != null) {
                CertificateRequest asked = CertificateRequest.parse(Files.readString(request), request.toString());
                List<X509Certificate> chain = keys.staff(profile, asked.publicKey(), subject);
                place.desk(register).certify(operator, profile, id, chain.getFirst());
                Pem.writeCertificates(out, chain);
            } else {
                throw new CommandFailure(
                        ExitCode.USAGE, "whose key? --identity DIR, or --request FILE with --out FILE, expected", null);
            }
        }
    }

    private static Identity identity(Path directory, Role role) throws IdentityException {
        SecureRandom random = new SecureRandom();
        return Files.exists(directory)
                ? Identity.openOrCreate(
                        directory, role, Identity.elementAddress(directory), ElementAddress.opener(random))
                : Identity.openOrCreate(directory, role, random);
    }
}
