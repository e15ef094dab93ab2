package org.camseal.cli.camera;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code camseal camera}: the program inside a camera, or the gateway beside one. */
@Command(
        name = "camera",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        description = "Signs and seals a camera's video and serves it by RTSPS, with pages of its own by HTTPS.",
        subcommands = {CameraInitCommand.class, CameraRunCommand.class})
public final class CameraCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
