package org.camseal.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.bench.Measurement;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.ProgressLine;
import org.camseal.cli.command.ScratchDirectory;
import org.camseal.identity.IdentityException;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal bench authority}: how quick a device authority is here. */
@Command(
        name = "authority",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures certificates a second with durable writes, the audit chain and the log on, RSA-2048 camera keys and a P-256 issuing"
                    + " authority; the time one takes at 500 a second; the start with many certificates in the register; a revocation list of a million;"
                    + " and status answers (OCSP) a second over kept-alive HTTP.",
            "",
            "Each request is parsed, its signature checked, decided, written down as intent, signed, checked, written down with its audit entry"
                    + " and leaf, and answered. The network is not measured. Makes a gigabyte on the disk, and removes it again."
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  every target is met", "   3  a target is missed", "   4  a database fails"})
final class AuthorityBenchCommand implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "5", description = "For each number. Default: ${DEFAULT-VALUE}.")
    private int seconds = 5;

    @Option(
            names = "--rows",
            defaultValue = "1000000",
            description = "At the start. 0: not measured. Default: ${DEFAULT-VALUE}.")
    private long rows = 1_000_000;

    @Option(
            names = "--postgresql",
            paramLabel = "URL",
            description = "An empty database, postgresql://HOST[:PORT]/DATABASE; without it only SQLite is measured.")
    private @Nullable String postgres;

    @Option(
            names = "--postgresql-only",
            description = "Certificates in PostgreSQL alone: no SQLite, start, list and status.")
    private boolean postgresOnly;

    @Option(names = "--user", defaultValue = "camseal", description = "For PostgreSQL. Default: ${DEFAULT-VALUE}.")
    private String user = "camseal";

    @Option(names = "--password-file", paramLabel = "FILE", description = "For PostgreSQL.")
    private @Nullable Path passwordFile;

    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call()
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException,
                    GeneralSecurityException, SQLException, WebException {
        if (seconds < 1 || seconds > 60 || rows < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--seconds is 1 to 60, --rows 0 or more", null);
        }
        if (postgresOnly && postgres == null) {
            throw new CommandFailure(ExitCode.USAGE, "--postgresql-only goes with --postgresql", null);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        AuthorityMeasurements figures;
        List<Measurement> status = new ArrayList<>();
        try (ScratchDirectory scratch = ScratchDirectory.create();
                ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            Path place = scratch.path();
            figures = new AuthorityMeasurements(seconds, progress::show);
            List<byte[]> requests = figures.requests();
            if (!postgresOnly) {
                status.addAll(sqlite(figures, place, requests, progress));
            }
            if (postgres != null) {
                RegisterAddress at = AuthorityMeasurements.postgres(postgres, user, Optional.ofNullable(passwordFile));
                try (BenchAuthority authority = BenchAuthority.in(place, at)) {
                    figures.issuance("postgresql", authority, requests);
                }
            }
            if (rows > 0 && !postgresOnly) {
                figures.start(place, new RegisterAddress.Sqlite(place.resolve("rows.db")), rows, requests.getFirst());
            }
        }
        List<Measurement> all = new ArrayList<>(figures.measurements());
        all.addAll(status);
        return BenchReport.print(out, json, all);
    }

    private List<Measurement> sqlite(
            AuthorityMeasurements figures, Path place, List<byte[]> requests, ProgressLine progress)
            throws AuthorityException, IdentityException, IOException, InterruptedException, WebException {
        try (BenchAuthority authority =
                BenchAuthority.in(place, new RegisterAddress.Sqlite(place.resolve("bench.db")))) {
            figures.issuance("sqlite", authority, requests);
            progress.show("writes a revocation list of a million, and asks for status");
            StatusMeasurements asked = authority.status();
            List<Measurement> status = new ArrayList<>(asked.list(place));
            status.addAll(asked.ocsp(Duration.ofSeconds(seconds)));
            return status;
        }
    }
}
