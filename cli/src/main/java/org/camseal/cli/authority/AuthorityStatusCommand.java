package org.camseal.cli.authority;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.YamlSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal authority status}: how much there is of everything. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says how many certificates were issued and revoked, and what waits for operators.",
            "",
            "Also why certificates were not given, by the newest 10 000 entries of the audit log."
        })
final class AuthorityStatusCommand implements Callable<Integer> {
    /** Entries of the audit log that are looked through for causes. */
    private static final int NEWEST = 10_000;

    @Mixin
    private AuthorityPlace place = new AuthorityPlace();

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws AuthorityException, CommandFailure, IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        try (Register register = place.register()) {
            Register.Totals totals = register.totals();
            object.put("register", register.address().toString());
            object.put("issued", totals.issued());
            object.put("revoked", totals.revoked());
            object.put("intents", totals.intents());
            object.put("openDisputes", totals.openDisputes());
            object.put("auditEntries", totals.auditEntries());
            object.put("notGivenByCause", register.audit().causes(NEWEST));
        }
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(Json.text(object));
        } else {
            object.forEach(
                    (name, value) -> out.println(YamlSettings.dashed(name).replace('-', ' ') + ": " + value));
        }
        return ExitCode.DONE.number();
    }
}
