package org.camseal.identity.tpm2;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/** The keys that come with a TPM: derived from seeds that it made for itself, the same each time. */
public final class TpmRoot {
    private TpmRoot() {}

    /** Has the TPM keep the storage root over power cycles, if it does not yet. */
    static TpmPublic keep(Tpm tpm, TpmAddress address) throws IdentityException.Element, Tpm.Refusal {
        try {
            TpmPublic there = tpm.readPublic(TpmVault.ROOT);
            if (!there.fits(TpmTemplates.storageRoot())) {
                throw new IdentityException.Element(
                        ElementFault.FOREIGN,
                        "the TPM at " + address + " has something else at 0x" + Integer.toHexString(TpmVault.ROOT));
            }
            return there;
        } catch (Tpm.Refusal e) {
            if (!e.code().tellsOfReset()) {
                throw e;
            }
        }
        Tpm.Loaded made = make(tpm, address);
        try {
            if (!made.publicArea().fits(TpmTemplates.storageRoot())) {
                throw new IdentityException.Element(
                        ElementFault.EXPOSED, "the TPM made another storage root than the one asked for");
            }
            tpm.persist(made, TpmVault.ROOT);
            return made.publicArea();
        } finally {
            tpm.flush(made.handle());
        }
    }

    private static Tpm.Loaded make(Tpm tpm, TpmAddress address) throws IdentityException.Element, Tpm.Refusal {
        try {
            return tpm.createPrimary(Tpm.OWNER, TpmTemplates.storageRoot());
        } catch (Tpm.Refusal e) {
            if (e.code().fault() == ElementFault.TAMPERED || e.code().fault() == ElementFault.WRONG_AUTHORISATION) {
                throw new IdentityException.Element(
                        ElementFault.WRONG_AUTHORISATION,
                        "the TPM at " + address + " has an owner with a password ("
                                + e.code().text() + "); prepare it before it is owned");
            }
            throw e;
        }
    }

    /**
     * The TPM's endorsement key on P-256 as the TPM itself gives it, over a wire that nothing protects: to look up its maker's certificate,
     * and for a factory that records it where nobody can be in between.
     *
     * @throws IdentityException if the TPM cannot be reached or refuses
     */
    public static PublicKey endorsementKey(TpmAddress address, Duration patience, SecureRandom random)
            throws IdentityException {
        try (Tpm tpm = new Tpm(TpmVault.transport(address, patience), random)) {
            Tpm.Loaded made = tpm.createPrimary(Tpm.ENDORSEMENT, TpmTemplates.endorsement());
            tpm.flush(made.handle());
            return made.publicArea().key();
        } catch (Tpm.Refusal e) {
            throw e.toFault();
        }
    }
}
