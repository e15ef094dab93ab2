package org.camseal.cli.authority;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.Ceremony;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.service.AuthoritySettings;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal authority init}: the root ceremony. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the two roots (P-384) and, signed by them, the issuing authorities of one factory (P-256), with a settings file.",
            "",
            "Do it on a machine that nobody else uses, without a network. Afterwards take the roots' directory away: nothing needs it until"
                    + " another factory gets its issuing authorities, with the same --roots. What was cut short goes on where it stopped."
        })
final class AuthorityInitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The authority's directory.")
    private @Nullable Path directory;

    @Option(
            names = "--roots",
            required = true,
            paramLabel = "DIR",
            description =
                    "Where the roots' keys are put, best a medium that is taken away. Roots that are there are used.")
    private @Nullable Path roots;

    @Option(names = "--organization", required = true, paramLabel = "MAKER", description = "In the roots' names.")
    private String organization = "";

    @Option(
            names = "--factory",
            paramLabel = "NAME",
            defaultValue = "Factory 1",
            description = "In the issuing authorities' names. Default: ${DEFAULT-VALUE}.")
    private String factory = "Factory 1";

    @Option(
            names = "--root-keys",
            paramLabel = "PLACE",
            defaultValue = "encrypted",
            description = "encrypted, or a token: pkcs11:LIBRARY?slot=N&pin-file=FILE. Default: ${DEFAULT-VALUE}.")
    private String rootKeys = "encrypted";

    @Option(
            names = "--root-passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase of the encrypted roots, at least 8 characters, in a file for its owner only.")
    private @Nullable Path rootPassphrase;

    @Option(
            names = "--issuing-keys",
            paramLabel = "PLACE",
            defaultValue = "encrypted",
            description =
                    "Of the cameras' issuing authority: encrypted, soft, or pkcs11:LIBRARY?slot=N&pin-file=FILE. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String issuingKeys = "encrypted";

    @Option(
            names = "--passphrase-file",
            required = true,
            paramLabel = "FILE",
            description = "The passphrase of the authority's own encrypted keys; read at each start.")
    private @Nullable Path passphrase;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws AuthorityException, IdentityException, IOException, CommandFailure {
        AuthorityHome home = new AuthorityHome(Objects.requireNonNull(directory));
        Path own = Objects.requireNonNull(passphrase).toAbsolutePath();
        if (rootKeys.equals("encrypted") && rootPassphrase == null) {
            throw new CommandFailure(ExitCode.USAGE, "encrypted roots need --root-passphrase-file FILE", null);
        }
        KeyPlace rootPlace = AuthoritySettings.place(rootKeys, rootPassphrase == null ? own : rootPassphrase);
        new Ceremony(InstantSource.system(), new SecureRandom())
                .hold(new Ceremony.Plan(
                        home,
                        Objects.requireNonNull(roots),
                        organization,
                        factory,
                        rootPlace,
                        AuthoritySettings.place(issuingKeys, own),
                        new KeyPlace.Encrypted(own)));
        if (!Files.exists(home.settings())) {
            DurableFile.write(
                    home.settings(), settings(own).getBytes(StandardCharsets.UTF_8), DurableFile.Readers.EVERYBODY);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(home.directory() + ": the authority of " + organization + ", " + factory);
        out.println("give to everybody who shall know your cameras: " + home.deviceRoot());
        out.println("give to lines and operators:                   " + home.operationsRoot());
        out.println("take away and lock up:                         " + roots);
        return ExitCode.DONE.number();
    }

    private String settings(Path passphraseFile) {
        AuthoritySettings defaults = AuthoritySettings.DEFAULTS;
        return "# The settings of this authority; each line that is not here has its default.\n"
                + "organization: " + Json.text(organization) + "\n"
                + "passphrase-file: " + Json.text(passphraseFile.toString()) + "\n"
                + "issuing-keys: " + Json.text(issuingKeys) + "\n"
                + "listen: " + defaults.listen() + "\n"
                + "public-listen: " + defaults.publicListen() + "\n"
                + "register: " + defaults.register() + "\n"
                + "log-origin: " + defaults.logOrigin() + "\n";
    }
}
