package org.camseal.cli.identity;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal identity}: keys and the element they are in. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {IdentityPrepareCommand.class, IdentityStatusCommand.class, IdentitySelftestCommand.class},
        description = "Looks after an identity: its keys, its certificates, and the secure element the keys are in.")
public final class IdentityCommand extends CommandGroup {}
