package org.camseal.cli.authority;

import org.camseal.identity.CertificateProfile;
import picocli.CommandLine.Command;

/** {@code camseal authority line}: who may ask for cameras. */
@Command(
        name = "line",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description = "Lines of the factory: each asks for the cameras of its orders, with a certificate of its own.")
final class AuthorityLineCommand extends AuthorityStaffCommand {
    AuthorityLineCommand() {
        super(CertificateProfile.LINE);
    }
}
