package org.camseal.cli.authority;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.AuditEntry;
import org.camseal.authority.register.AuditLog;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.CommandGroup;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code camseal authority audit}: all that was done and refused. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description = "The audit log: every answer, and every act of an operator, each bound to all before it.")
final class AuthorityAuditCommand extends CommandGroup {
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Goes through the whole chain; exit code 1 if an entry was altered or is missing. Prints its end.",
                "",
                "Note the end elsewhere, and give it with --noted next time: then the whole chain cannot have been made anew either."
            })
    int check(
            @Mixin AuthorityPlace place,
            @Option(names = "--noted", paramLabel = "ENTRIES:HASH", description = "An end that was printed before.")
                    @Nullable
                    String noted)
            throws AuthorityException, CommandFailure, IOException {
        Optional<AuditLog.End> before = noted == null ? Optional.empty() : Optional.of(AuditLog.End.parse(noted));
        try (Register register = place.register()) {
            out().println(register.audit().check(before));
        } catch (AuthorityException.Damaged e) {
            throw new CommandFailure(
                    ExitCode.NOT_AUTHENTIC,
                    Fault.oneLine(e.getMessage()),
                    "keep the database as it is, and compare it with a copy from before",
                    e);
        }
        return ExitCode.DONE.number();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Shows the newest entries.")
    int show(
            @Mixin AuthorityPlace place,
            @Option(names = "--last", defaultValue = "20", paramLabel = "N", description = "How many. Default: 20.")
                    int most,
            @Option(names = "--json", description = "As one JSON array.") boolean json)
            throws AuthorityException, CommandFailure, IOException {
        List<Map<String, Object>> entries;
        try (Register register = place.register()) {
            entries = register.audit().last(Math.clamp(most, 1, 10_000)).stream()
                    .map(AuthorityAuditCommand::object)
                    .toList();
        }
        print(
                entries,
                json,
                entry -> entry.values().stream().map(String::valueOf).collect(Collectors.joining("  ")));
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> object(AuditEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("entry", entry.seq());
        object.put("at", entry.at().toString());
        object.put("actor", entry.actor());
        object.put("event", entry.event());
        object.put("subject", entry.subject());
        object.put("detail", entry.detail());
        return object;
    }
}
