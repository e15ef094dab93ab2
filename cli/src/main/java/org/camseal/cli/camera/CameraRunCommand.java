package org.camseal.cli.camera;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.camera.CameraException;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.EndOfProgram;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.YamlSettings;
import org.camseal.identity.IdentityException;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal camera run}: a camera at work until it is ended. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Signs and seals a source's video and serves it by RTSPS, with pages by HTTPS, until it is ended. Settings: camera.yaml.",
            "",
            "Without --config, camera.yaml in this directory counts; without that, a test pattern under the identity in ./identity."
        })
final class CameraRunCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings. Default: camera.yaml, if it is there.")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call()
            throws IdentityException, CameraException, WebException, CommandFailure, IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = Optional.ofNullable(config).orElse(Path.of("camera.yaml"));
        CameraFile settings = config == null && !Files.exists(file)
                ? CameraFile.DEFAULTS
                : YamlSettings.read(file, CameraFile.DEFAULTS);
        Path home = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
        try (EndOfProgram end = new EndOfProgram();
                CameraProgram program = CameraProgram.start(home, settings, new SecureRandom(), event -> {
                    synchronized (err) {
                        err.println(event);
                        err.flush();
                    }
                })) {
            program.lines().forEach(out::println);
            out.flush();
            end.await();
        }
        return ExitCode.DONE.number();
    }
}
