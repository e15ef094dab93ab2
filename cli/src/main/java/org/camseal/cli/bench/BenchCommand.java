package org.camseal.cli.bench;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal bench}: the measurements, one subcommand each. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            CipherBenchCommand.class,
            SigningBenchCommand.class,
            ElementBenchCommand.class,
            AuthorityBenchCommand.class,
            StreamingBenchCommand.class
        },
        description = {
            "Measures what CamSeal costs on this machine, and says whether the targets are met.",
            "",
            "With --json every measurement prints one array of {\"bench\", \"case\", \"metric\", \"value\", \"unit\", \"target\", \"met\"}."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every target is met",
            "   3  a target is missed",
            "   4  a measurement could not run",
        })
public final class BenchCommand extends CommandGroup {}
