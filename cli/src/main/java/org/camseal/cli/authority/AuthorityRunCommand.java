package org.camseal.cli.authority;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.service.AuthorityService;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code camseal authority run}: answers lines, operators and cameras until it is ended. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Answers by EST and CMP over HTTPS, and publishes the log, until it is ended. Settings:"
                + " authority.yaml.")
final class AuthorityRunCommand implements Callable<Integer> {
    private static final int CLOSING_SECONDS = 40;

    @Mixin
    private AuthorityPlace place = new AuthorityPlace();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws AuthorityException, WebException, CommandFailure, IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AuthorityService.Surroundings around = new AuthorityService.Surroundings(
                InstantSource.system(),
                place.random(),
                fault -> err.println("camseal: error: " + Fault.oneLine(fault.getMessage())));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                boolean _ = ended.await(CLOSING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (AuthorityService service = AuthorityService.start(place.home(), place.settings(), around)) {
            if (service.recovered() > 0) {
                out.println("finished " + service.recovered() + " certificates that were begun before");
            }
            out.println("lines, operators and cameras: " + service.https().uri());
            out.println("console for operators: " + service.https().uri().resolve("console/"));
            service.console().ifPresent(web -> out.println("console to look at, for you alone: " + web.entryUri()));
            service.plain().ifPresent(web -> out.println("log: " + web.uri().resolve("log/checkpoint")));
            out.flush();
            end.await();
        } finally {
            ended.countDown();
        }
        return ExitCode.DONE.number();
    }
}
