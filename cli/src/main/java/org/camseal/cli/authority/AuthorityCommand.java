package org.camseal.cli.authority;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal authority}: who gives cameras their identity. */
@Command(
        name = "authority",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            AuthorityInitCommand.class,
            AuthorityRunCommand.class,
            AuthorityOperatorCommand.class,
            AuthorityLineCommand.class,
            AuthorityOrderCommand.class,
            AuthorityDisputeCommand.class,
            AuthorityRevokeCommand.class,
            AuthorityAuditCommand.class,
            AuthorityStatusCommand.class,
            LogCommand.class,
        },
        description = {
            "The device authority of a maker: gives each camera of a production order its certificates, once, and writes all of it down.",
            "",
            "Begin with init, two operators, a line and an order; docs/guide/device-authority.md goes through it step by step."
        })
public final class AuthorityCommand extends CommandGroup {}
