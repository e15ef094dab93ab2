package org.camseal.cli.cert;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal cert}: the owner's own certificate beside the maker's, and who vouches for any. */
@Command(
        name = "cert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            CertExplainCommand.class,
            CertRequestCommand.class,
            CertInstallCommand.class,
            CertSelfSignedCommand.class,
            CertAcmeCommand.class
        },
        description = {
            "Says who vouches for a certificate; and gets an identity a TLS certificate from an authority of your choice, with a key of its"
                    + " own in the secure element.",
            "",
            "The certificate that a camera left the factory with stays as it is: only that one says which camera it is."
        })
public final class CertCommand extends CommandGroup {}
