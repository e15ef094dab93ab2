package org.camseal.cli.factory;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal factory}: the station of a production line. */
@Command(
        name = "factory",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {FactoryProvisionCommand.class},
        description = "The station of a production line: gives cameras their identity.")
public final class FactoryCommand extends CommandGroup {}
