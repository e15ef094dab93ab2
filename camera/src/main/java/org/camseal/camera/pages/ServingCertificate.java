package org.camseal.camera.pages;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.customer.CustomerTls;

/**
 * Which certificate the pages show: the one that the maker installed, or the owner's. The choice is kept over restarts; where the owner's is
 * gone the maker's counts. RTSPS shows the maker's always: recorders know the camera by it. Safe for use by several threads.
 */
public final class ServingCertificate implements Supplier<CertifiedKey> {
    private static final int MAX_BYTES = 64;

    private final Path file;
    private final CertifiedKey maker;
    private final CustomerTls custom;
    private volatile Choice choice;
    private volatile CertifiedKey now;

    /** Whose certificate. */
    public enum Choice {
        /** The one that it left the factory with. */
        MAKER,
        /** One that the owner got elsewhere, or made. */
        OWNER
    }

    private ServingCertificate(Path file, CertifiedKey maker, CustomerTls custom, Choice choice) {
        this.file = file;
        this.maker = maker;
        this.custom = custom;
        this.choice = choice;
        this.now = maker;
    }

    /**
     * Opens the choice.
     *
     * @param file where it is kept; where there is none the maker's counts
     * @throws IdentityException if the maker's certificate cannot be read
     */
    public static ServingCertificate open(Path file, Identity identity, CustomerTls custom) throws IdentityException {
        Choice kept = DurableFile.read(file, MAX_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(Choice.OWNER.name()::equals)
                .map(_ -> Choice.OWNER)
                .orElse(Choice.MAKER);
        ServingCertificate serving = new ServingCertificate(file, identity.tls(), custom, kept);
        serving.renew();
        return serving;
    }

    @Override
    public CertifiedKey get() {
        return now;
    }

    /** Which is shown now. */
    public Choice choice() {
        return choice;
    }

    /** Looks again at what the owner has installed. */
    synchronized void renew() throws IdentityException {
        Optional<CertifiedKey> owner = custom.certified();
        if (choice == Choice.OWNER && owner.isPresent()) {
            now = owner.get();
        } else {
            choice = Choice.MAKER;
            now = maker;
        }
    }

    /**
     * Shows that one from the next connection on; the owner's as it is installed now.
     *
     * @throws IdentityException.Refused if the owner has none installed
     */
    public synchronized void choose(Choice wanted) throws IdentityException {
        if (wanted == Choice.OWNER && custom.certified().isEmpty()) {
            throw new IdentityException.Refused("no certificate of the owner is installed: make a request first");
        }
        DurableFile.write(file, wanted.name().getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.OWNER);
        choice = wanted;
        renew();
    }
}
