package org.camseal.cli.authority;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Credential;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.CommandGroup;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.IdentityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may work with the authority by a certificate of its own: lines and operators alike. */
abstract class AuthorityStaffCommand extends CommandGroup {
    private final CertificateProfile kind;

    AuthorityStaffCommand(CertificateProfile kind) {
        this.kind = kind;
    }

    /** Who gives the certificate: an operator who signs, unless the first of all is made. */
    String giver(AuthorityPlace place, Register register)
            throws AuthorityException, IdentityException, CommandFailure, IOException {
        return place.operator(register);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Gives a certificate for 30 days; again before they are over.")
    public int add(
            @Mixin AuthorityPlace place,
            @Mixin StaffOptions staff,
            @Parameters(paramLabel = "ID", description = "Its name: letters, digits, . _ : -") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = place.register()) {
            staff.certify(place, register, kind, id, giver(place, register));
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "dismiss",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Takes back all its certificates, from this moment on.")
    public int dismiss(@Mixin AuthorityPlace place, @Parameters(paramLabel = "ID", description = "Its name.") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        place.act((desk, operator) -> desk.dismiss(operator, kind, id));
        return ExitCode.DONE.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows all of them.")
    public int list(
            @Mixin AuthorityPlace place, @Option(names = "--json", description = "As one JSON array.") boolean json)
            throws AuthorityException, CommandFailure, IOException {
        List<Map<String, Object>> known;
        try (Register register = place.register()) {
            known = register.credentials().stream()
                    .filter(credential -> credential.kind() == kind)
                    .map(AuthorityStaffCommand::object)
                    .toList();
        }
        print(
                known,
                json,
                one -> one.get("id") + "  until " + one.get("until")
                        + (one.containsKey("dismissedAt") ? "  dismissed " + one.get("dismissedAt") : ""));
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> object(Credential credential) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", credential.holder());
        object.put("until", credential.notAfter().toString());
        credential.revokedAt().ifPresent(at -> object.put("dismissedAt", at.toString()));
        return object;
    }
}
