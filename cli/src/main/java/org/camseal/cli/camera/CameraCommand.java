package org.camseal.cli.camera;

import org.camseal.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code camseal camera}: the program inside a camera, or the gateway beside one. */
@Command(
        name = "camera",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Signs and seals a camera's video and serves it by RTSPS, with pages of its own by HTTPS.",
        subcommands = {CameraInitCommand.class, CameraRunCommand.class})
public final class CameraCommand extends CommandGroup {}
