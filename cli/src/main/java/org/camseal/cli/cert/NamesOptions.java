package org.camseal.cli.cert;

import java.util.List;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.identity.customer.RequestedNames;
import picocli.CommandLine.Option;

/** Whom a certificate shall name. */
final class NamesOptions {
    @Option(
            names = "--subject",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "The subject, for example CN=cam1.example.com,O=Example. May be left out if there is a name or address.")
    private String subject = "";

    @Option(
            names = "--dns",
            paramLabel = "NAME",
            description = "A DNS name by which clients reach it. May be given several times.")
    private List<String> dns = List.of();

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS",
            description = "An IP address by which clients reach it. May be given several times.")
    private List<String> ip = List.of();

    RequestedNames names() throws CommandFailure {
        try {
            return new RequestedNames(subject, dns, ip);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), "--subject, --dns and --ip", e);
        }
    }
}
