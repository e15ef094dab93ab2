package org.camseal.cli;

import java.io.IOException;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal authority revoke}: a camera's certificates count no more. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes back all certificates of a serial, at once. It gets no new ones until two operators send it to"
                    + " rework (dispute open).",
            "",
            "Recordings made before --invalid-since stay believable."
        })
final class AuthorityRevokeCommand implements Callable<Integer> {
    @Mixin
    private AuthorityPlace place = new AuthorityPlace();

    @Parameters(paramLabel = "SERIAL", description = "The camera.")
    private String serial = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "WORD",
            description =
                    "key-compromise, superseded, cessation-of-operation, affiliation-changed, privilege-withdrawn or"
                            + " unspecified.")
    private String reason = "";

    @Option(
            names = "--invalid-since",
            paramLabel = "TIME",
            description = "Since when its keys are not to be believed, UTC, if that is not now.")
    private @Nullable Instant invalidSince;

    @Option(names = "--scrap", description = "For ever: no rework brings it back.")
    private boolean scrap;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call()
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        CRLReason why;
        try {
            why = CRLReason.valueOf(reason.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "\"" + reason + "\" is no reason; see --help", null, e);
        }
        int taken = place.ask((desk, operator) -> desk.revoke(
                operator,
                serial,
                why,
                Optional.ofNullable(invalidSince),
                scrap ? OperatorDesk.Afterwards.SCRAPPED : OperatorDesk.Afterwards.RETIRED));
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println(serial + ": " + taken + " certificates revoked"
                        + (place.settings().upstream().forwards()
                                ? " in the register here; revoke them at the authority behind this one too"
                                : ""));
        return ExitCode.DONE.number();
    }
}
