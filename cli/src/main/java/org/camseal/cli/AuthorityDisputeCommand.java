package org.camseal.cli;

import java.io.IOException;
import java.util.Objects;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Decision;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal authority dispute}: serials that more than one key wants. */
@Command(
        name = "dispute",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description = {
            "Disputes: while a serial has one, nobody gets anything for it. Two operators have to decide the same.",
            "",
            "Open one yourself to send a camera to rework or to scrap it."
        })
final class AuthorityDisputeCommand implements Runnable {
    private static final int MOST = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec known = Objects.requireNonNull(spec);
        known.commandLine().usage(known.commandLine().getOut());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows the open ones.")
    int list(@Mixin AuthorityPlace place) throws AuthorityException, CommandFailure, IOException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        try (Register register = place.register()) {
            for (Dispute dispute : register.openDisputes(MOST)) {
                out.println(
                        dispute.id() + "  " + dispute.serial() + "  " + dispute.openedAt() + "  " + dispute.openedBy()
                                + ": " + dispute.detail()
                                + dispute.proposal()
                                        .map(vote -> "  proposed by " + vote.operator() + ": "
                                                + vote.decision().label())
                                        .orElse(""));
                dispute.keys().forEach(key -> out.println("    key " + key.key() + " by " + key.requester()));
            }
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Opens a dispute about a serial.")
    int open(
            @Mixin AuthorityPlace place,
            @Parameters(paramLabel = "SERIAL") String serial,
            @Option(names = "--why", required = true, paramLabel = "TEXT") String why)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = place.register()) {
            String id = place.desk(register).openDispute(place.operator(register), serial, why);
            Objects.requireNonNull(spec).commandLine().getOut().println(id);
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "keep: the key that has the certificates keeps them, the others are barred. rework: what the camera has is revoked, and other"
                        + " keys may have certificates. scrap: the serial is out of use for ever.",
                "",
                "The first operator proposes, a second one who says the same decides."
            })
    int decide(
            @Mixin AuthorityPlace place,
            @Parameters(paramLabel = "DISPUTE") String id,
            @Parameters(paramLabel = "keep|rework|scrap") Decision decision)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        try (Register register = place.register()) {
            OperatorDesk.VoteOutcome outcome = place.desk(register).vote(place.operator(register), id, decision);
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println(
                            switch (outcome) {
                                case PROPOSED ->
                                    id + ": proposed to " + decision.label() + "; another operator has to say the same";
                                case DECIDED -> id + ": decided, " + decision.label();
                            });
        }
        return ExitCode.DONE.number();
    }
}
