package org.camseal.cli.authority;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal authority log}: the transparency log as everybody sees it. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LogCheckCommand.class},
        description = "The transparency log: every certificate that an authority issued, for everybody to check.")
final class LogCommand extends CommandGroup {}
