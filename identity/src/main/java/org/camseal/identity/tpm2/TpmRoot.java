package org.camseal.identity.tpm2;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;

/** The keys that come with a TPM: derived from seeds that it made for itself, the same each time. */
public final class TpmRoot {
    private TpmRoot() {}

    /**
     * Has the TPM keep the storage root over power cycles, if it does not yet.
     *
     * @param owner the owner's password; empty where the TPM has none
     */
    static TpmPublic keep(Tpm tpm, TpmAddress address, Authorisation owner)
            throws IdentityException.Element, Tpm.Refusal {
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
        // A salt key of the null hierarchy, which has no password: the owner's is proven in its session, and guessing
        // offline is in vain.
        Tpm.Loaded salt = tpm.createPrimary(Tpm.NULL_HANDLE, TpmTemplates.storageRoot());
        try {
            TpmSession session = tpm.startSession(salt, TpmSession.HMAC);
            try {
                return made(tpm, session, address, owner);
            } finally {
                tpm.flush(session.handle());
            }
        } finally {
            tpm.flush(salt.handle());
        }
    }

    private static TpmPublic made(Tpm tpm, TpmSession session, TpmAddress address, Authorisation owner)
            throws IdentityException.Element, Tpm.Refusal {
        Tpm.Loaded made;
        try {
            made = tpm.createOwned(session, owner, TpmTemplates.storageRoot());
        } catch (Tpm.Refusal e) {
            if (e.code().fault() == ElementFault.TAMPERED || e.code().fault() == ElementFault.WRONG_AUTHORISATION) {
                throw new IdentityException.Element(
                        ElementFault.WRONG_AUTHORISATION,
                        "the TPM at " + address + " has an owner with "
                                + (owner.value().length == 0
                                        ? "a password: give it with ?owner-password-file=FILE"
                                        : "another password")
                                + " (" + e.code().text() + ")");
            }
            throw e;
        }
        try {
            if (!made.publicArea().fits(TpmTemplates.storageRoot())) {
                throw new IdentityException.Element(
                        ElementFault.EXPOSED, "the TPM made another storage root than the one asked for");
            }
            tpm.persist(session, owner, made, TpmVault.ROOT);
            return made.publicArea();
        } finally {
            tpm.flush(made.handle());
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
