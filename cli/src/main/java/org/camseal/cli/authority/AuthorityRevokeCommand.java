package org.camseal.cli.authority;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.Forwarding;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.registration.Revoking;
import org.camseal.authority.upstream.UpstreamSettings;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
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
            "Recordings made before --invalid-since stay believable.",
            "",
            "If another authority signs (upstream), it is told by CMP; where it is asked by EST, what its operators have to be"
                    + " asked is printed."
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
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        boolean forwards = place.settings().upstream().forwards();
        out.println(serial + ": " + taken + " certificates revoked" + (forwards ? " in the register here" : ""));
        if (forwards) {
            forward(out);
        }
        return ExitCode.DONE.number();
    }

    /** Whoever signed has to be told: by CMP, or by people. What fails here the running authority tries again. */
    private void forward(PrintWriter out) throws AuthorityException, CommandFailure, IOException, InterruptedException {
        UpstreamSettings settings = place.settings().upstream();
        try (Register register = place.register();
                UpstreamSettings.Opened upstream = settings.open(
                                place.home().directory(), InstantSource.system(), place.random())
                        .orElseThrow()) {
            List<String> numbers = new Forwarding(register, upstream.issuing())
                    .tellAll().stream()
                            .map(told -> told.revoked().certificateSerial().toString(16))
                            .toList();
            if (numbers.isEmpty()) {
                out.println("nothing is left to be told to the authority behind this one");
                return;
            }
            String named = String.join(", ", numbers);
            switch (upstream.issuing().revoking()) {
                case Revoking.ByHand _ ->
                    out.println("ask the operators of the authority behind this one to revoke number " + named
                            + ": it is asked by EST, which knows no revocation. The register has written that down");
                case Revoking.Elsewhere _, Revoking.Here _ ->
                    out.println("the authority behind this one has revoked number " + named);
            }
        } catch (AuthorityException.Upstream e) {
            throw new CommandFailure(
                    ExitCode.IO,
                    "revoked in the register here, but not by the authority behind this one: "
                            + Fault.oneLine(e.getMessage()),
                    "the running authority tells it again each minute, and so does this command",
                    e);
        }
    }
}
