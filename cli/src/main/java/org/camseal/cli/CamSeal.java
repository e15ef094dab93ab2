package org.camseal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camseal.cli.authority.AuthorityCommand;
import org.camseal.cli.bench.BenchCommand;
import org.camseal.cli.camera.CameraCommand;
import org.camseal.cli.cert.CertCommand;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.CommandGroup;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.demo.DemoCommand;
import org.camseal.cli.evidence.InspectCommand;
import org.camseal.cli.evidence.OpenCommand;
import org.camseal.cli.evidence.VerifyCommand;
import org.camseal.cli.factory.FactoryCommand;
import org.camseal.cli.identity.IdentityCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one command. Data goes to standard output, {@code camseal: error: …} and {@code camseal: hint: …} to standard error; exit codes are
 * those of {@link ExitCode}.
 */
@Command(
        name = "camseal",
        description = "Video surveillance that can be trusted from lens to courtroom.",
        version = "camseal 0.1.0",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            CameraCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            OpenCommand.class,
            IdentityCommand.class,
            AuthorityCommand.class,
            CertCommand.class,
            FactoryCommand.class,
            BenchCommand.class,
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  done, or authentic",
            "   1  forged, unsigned, or signed by a stranger",
            "   2  wrong command line or configuration",
            "   3  incomplete, or cannot tell",
            "   4  a file, disk, port or peer failed",
            "   5  a key or identity is missing or wrong",
            "  70  a fault of camseal itself",
        })
public final class CamSeal extends CommandGroup {
    CamSeal() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new CamSeal())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(CamSeal::explainUsage)
                .setExecutionExceptionHandler(
                        (fault, failed, result) -> explain(Fault.explain(fault), failed.getErr(), fault));
        int code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    private static int explainUsage(ParameterException fault, String[] arguments) {
        String hint = "camseal " + fault.getCommandLine().getCommandName() + " --help";
        if (fault.getCommandLine().getCommandName().equals("camseal")) {
            hint = "camseal --help";
        }
        if (fault instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                hint = "did you mean " + String.join(" or ", suggestions) + "?";
            }
        }
        CommandFailure failure = new CommandFailure(ExitCode.USAGE, Fault.oneLine(fault.getMessage()), hint);
        return explain(failure, fault.getCommandLine().getErr(), fault);
    }

    private static int explain(CommandFailure failure, PrintWriter err, Throwable cause) {
        err.println("camseal: error: " + failure.getMessage());
        if (failure.hint() != null) {
            err.println("camseal: hint: " + failure.hint());
        }
        if (failure.exitCode() == ExitCode.BUG) {
            cause.printStackTrace(err);
        }
        return failure.exitCode().number();
    }
}
