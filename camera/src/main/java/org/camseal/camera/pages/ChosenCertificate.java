package org.camseal.camera.pages;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.customer.CustomerCertificate;

/**
 * Which certificate counts for one use of the camera: the one that the maker installed, or the owner's. Each use (the pages, the stream's connections,
 * signing the video) has one of these. The choice is kept over restarts; where the owner's is gone the maker's counts. Safe for use by several
 * threads.
 */
public final class ChosenCertificate implements Supplier<CertifiedKey> {
    private static final int MAX_BYTES = 64;

    private final Path file;
    private final CertifiedKey maker;
    private final CustomerCertificate custom;
    private final Optional<Choice> fixed;
    private volatile Choice choice;
    private volatile CertifiedKey now;

    /** Whose certificate. */
    public enum Choice {
        /** The one that it left the factory with. */
        MAKER,
        /** One that the owner got elsewhere, or made. */
        OWNER
    }

    private ChosenCertificate(Path file, CertifiedKey maker, CustomerCertificate custom, Optional<Choice> fixed) {
        this.file = file;
        this.maker = maker;
        this.custom = custom;
        this.fixed = fixed;
        this.choice = Choice.MAKER;
        this.now = maker;
    }

    /**
     * Opens the choice.
     *
     * @param file where it is kept; where there is none the maker's counts
     * @param maker the maker's certificate for this use
     * @param custom the owner's for this use
     * @throws IdentityException if the owner's cannot be read
     */
    public static ChosenCertificate open(Path file, CertifiedKey maker, CustomerCertificate custom)
            throws IdentityException {
        Choice kept = DurableFile.read(file, MAX_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(Choice.OWNER.name()::equals)
                .map(_ -> Choice.OWNER)
                .orElse(Choice.MAKER);
        ChosenCertificate chosen = new ChosenCertificate(file, maker, custom, Optional.empty());
        chosen.choice = kept;
        chosen.renew();
        return chosen;
    }

    /**
     * A choice that the settings made, and nobody changes while the camera runs.
     *
     * @throws IdentityException.Refused if it is the owner's, and none is installed
     * @throws IdentityException if the owner's cannot be read
     */
    public static ChosenCertificate fixed(Choice choice, CertifiedKey maker, CustomerCertificate custom)
            throws IdentityException {
        ChosenCertificate chosen = new ChosenCertificate(Path.of(""), maker, custom, Optional.of(choice));
        chosen.require(choice);
        chosen.choice = choice;
        chosen.renew();
        return chosen;
    }

    @Override
    public CertifiedKey get() {
        return now;
    }

    /** Whose counts now. */
    public Choice choice() {
        return choice;
    }

    /** Whether the settings say it. */
    public boolean isFixed() {
        return fixed.isPresent();
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

    private void require(Choice wanted) throws IdentityException {
        if (wanted == Choice.OWNER && custom.certified().isEmpty()) {
            throw new IdentityException.Refused(
                    "no certificate of the owner is installed for this: make a request first");
        }
    }

    /**
     * That one counts from now on; the owner's as it is installed now.
     *
     * @throws IdentityException.Refused if the owner has none installed, or the settings say it
     */
    public synchronized void choose(Choice wanted) throws IdentityException {
        if (fixed.isPresent()) {
            if (fixed.get() == wanted) {
                return;
            }
            throw new IdentityException.Refused(
                    "the camera's settings say whose certificate this is: change camera.yaml");
        }
        require(wanted);
        DurableFile.write(file, wanted.name().getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.OWNER);
        choice = wanted;
        renew();
    }
}
