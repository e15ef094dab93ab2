package org.camseal.cli.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal identity prepare}: a new identity, and the element its keys will be in. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes an identity without keys, and prepares the secure element in which they will be made.",
            "",
            "With a TPM or a soft element, do it where nobody can be between this program and the element: what is recorded now is"
                    + " believed ever after."
        })
final class IdentityPrepareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Option(names = "--role", required = true, description = "camera, recorder or person.")
    private @Nullable Role role;

    @Mixin
    private ElementOption element = new ElementOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException {
        Path home = Objects.requireNonNull(directory);
        Identity identity = element.openOrCreate(home, Objects.requireNonNull(role), new SecureRandom());
        try {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println(home + ": " + identity.element().info().name() + ", assurance "
                            + identity.element().info().assurance());
        } finally {
            identity.element().close();
        }
        return ExitCode.DONE.number();
    }
}
