package org.camseal.cli.authority;

import java.io.IOException;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.IdentityException;
import picocli.CommandLine.Command;

/** {@code camseal authority operator}: who may decide. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description =
                "Operators: they add lines and orders, and decide disputes, two at a time. The first one needs no --as.")
final class AuthorityOperatorCommand extends AuthorityStaffCommand {
    AuthorityOperatorCommand() {
        super(CertificateProfile.OPERATOR);
    }

    @Override
    String giver(AuthorityPlace place, Register register)
            throws AuthorityException, IdentityException, CommandFailure, IOException {
        boolean first = !place.hasOperator()
                && register.credentials().stream()
                        .noneMatch(credential -> credential.kind() == CertificateProfile.OPERATOR);
        return first ? "ceremony" : super.giver(place, register);
    }
}
