package org.camseal.cli.authority;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Decision;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.CommandGroup;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.IdentityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class AuthorityDisputeCommand extends CommandGroup {
    private static final int MOST = 1000;

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows the open ones.")
    int list(@Mixin AuthorityPlace place, @Option(names = "--json", description = "As one JSON array.") boolean json)
            throws AuthorityException, CommandFailure, IOException {
        List<Dispute> disputes;
        try (Register register = place.register()) {
            disputes = register.openDisputes(MOST);
        }
        if (json) {
            out().println(Json.text(
                    disputes.stream().map(AuthorityDisputeCommand::object).toList()));
            return ExitCode.DONE.number();
        }
        for (Dispute dispute : disputes) {
            out().println(dispute.id() + "  " + dispute.serial() + "  " + dispute.openedAt() + "  " + dispute.openedBy()
                    + ": " + dispute.detail()
                    + dispute.proposal()
                            .map(vote -> "  proposed by " + vote.operator() + ": "
                                    + vote.decision().label())
                            .orElse(""));
            dispute.keys().forEach(key -> out().println("    key " + key.key() + " by " + key.requester()));
        }
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> object(Dispute dispute) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", dispute.id());
        object.put("serial", dispute.serial());
        object.put("openedAt", dispute.openedAt().toString());
        object.put("openedBy", dispute.openedBy());
        object.put("detail", dispute.detail());
        dispute.proposal().ifPresent(vote -> {
            object.put("proposedBy", vote.operator());
            object.put("proposed", vote.decision().label());
        });
        object.put(
                "keys",
                dispute.keys().stream()
                        .map(key -> Map.of("key", key.key().toString(), "requester", key.requester()))
                        .toList());
        return object;
    }

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Opens a dispute about a serial.")
    int open(
            @Mixin AuthorityPlace place,
            @Parameters(paramLabel = "SERIAL", description = "The camera.") String serial,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "For the audit log.")
                    String why)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        out().println(place.<String>ask((desk, operator) -> desk.openDispute(operator, serial, why)));
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
            @Parameters(paramLabel = "DISPUTE", description = "Its number, such as D-000001.") String id,
            @Parameters(paramLabel = "keep|rework|scrap", description = "What becomes of the serial.")
                    Decision decision)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        OperatorDesk.VoteOutcome outcome = place.ask((desk, operator) -> desk.vote(operator, id, decision));
        out().println(
                        switch (outcome) {
                            case PROPOSED ->
                                id + ": proposed to " + decision.label() + "; another operator has to say the same";
                            case DECIDED -> id + ": decided, " + decision.label();
                        });
        return ExitCode.DONE.number();
    }
}
