package org.camseal.cli.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.identity.backends.ElementAddress;
import picocli.CommandLine.Option;

/** {@code --element}: the secure element in which a new identity's keys are made. */
public final class ElementOption {
    @Option(
            names = "--element",
            defaultValue = "files",
            paramLabel = "ADDRESS",
            description =
                    "files, soft, tpm2:/dev/tpmrm0, or pkcs11:LIBRARY?slot=N&pin-file=FILE. Default: ${DEFAULT-VALUE}.")
    private String element = "files";

    /** Opens the identity of a directory, or makes it, and prepares its element where it is new; who opens it closes its element. */
    public Identity openOrCreate(Path directory, Role role, SecureRandom random) throws IdentityException {
        return Identity.openOrCreate(
                directory, role, element, ElementAddress.preparing(ElementAddress.parse(element), random));
    }
}
