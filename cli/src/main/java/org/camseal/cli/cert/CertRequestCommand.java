package org.camseal.cli.cert;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal cert request}: a key in the element, and a request that any authority takes. */
@Command(
        name = "request",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints a certificate request (PKCS#10, PEM) for the owner's TLS key of an identity, signed in its secure element. Makes the key"
                    + " if there is none.",
            "",
            "Give the request to any authority, and what it answers to `camseal cert install`. The maker's certificate is not touched."
        })
final class CertRequestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Mixin
    private NamesOptions names = new NamesOptions();

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P256",
            description = "Of a new key: p256, p384, rsa2048 or rsa3072. Default: p256.")
    private KeySpec kind = KeySpec.P256;

    @Option(
            names = "--new-key",
            description =
                    "Destroys the key that is there, and its certificate, and makes another. Until the new certificate is installed the"
                            + " device serves only with the maker's.")
    private boolean newKey;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException, CommandFailure {
        RequestedNames wanted = names.names();
        Path home = Objects.requireNonNull(directory);
        Identity identity = Identity.open(home, ElementAddress.opener(new SecureRandom()));
        try (SecureElement _ = identity.element()) {
            CustomerTls custom = CustomerTls.of(home, identity);
            if (newKey) {
                custom.remove();
            }
            custom.keyOrNew(kind);
            Objects.requireNonNull(spec).commandLine().getOut().print(custom.requestPem(wanted));
        }
        return ExitCode.DONE.number();
    }
}
