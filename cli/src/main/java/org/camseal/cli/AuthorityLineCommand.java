package org.camseal.cli;

import java.io.IOException;
import java.util.Objects;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Credential;
import org.camseal.authority.register.Register;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal authority line}: who may ask for cameras. */
@Command(
        name = "line",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description = "Lines of the factory: each asks for the cameras of its orders, with a certificate of its own.")
final class AuthorityLineCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec known = Objects.requireNonNull(spec);
        known.commandLine().usage(known.commandLine().getOut());
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Gives a certificate for 30 days; again before they are over.")
    int add(
            @Mixin AuthorityPlace place,
            @Mixin StaffOptions staff,
            @Parameters(paramLabel = "ID", description = "Its name: letters, digits, . _ : -") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = place.register()) {
            String operator = place.operator(register);
            staff.certify(place, register, CertificateProfile.LINE, id, operator);
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "dismiss",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Takes back all its certificates, from this moment on.")
    int dismiss(@Mixin AuthorityPlace place, @Parameters(paramLabel = "ID") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = place.register()) {
            place.desk(register).dismiss(place.operator(register), CertificateProfile.LINE, id);
        }
        return ExitCode.DONE.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows all of them.")
    int list(@Mixin AuthorityPlace place) throws AuthorityException, CommandFailure, IOException {
        try (Register register = place.register()) {
            for (Credential credential : register.credentials()) {
                if (credential.kind() == CertificateProfile.LINE) {
                    Objects.requireNonNull(spec)
                            .commandLine()
                            .getOut()
                            .println(credential.holder() + "  until " + credential.notAfter()
                                    + credential
                                            .revokedAt()
                                            .map(at -> "  dismissed " + at)
                                            .orElse(""));
                }
            }
        }
        return ExitCode.DONE.number();
    }
}
