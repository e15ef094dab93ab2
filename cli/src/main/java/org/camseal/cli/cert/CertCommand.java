package org.camseal.cli.cert;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
public final class CertCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec known = Objects.requireNonNull(spec);
        known.commandLine().usage(known.commandLine().getOut());
    }
}
