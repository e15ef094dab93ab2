package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What makes private keys and never gives them out. One key per {@link Slot}. There is no import and no export: a key that was seen
 * elsewhere is not a device key. Safe for use by several threads.
 */
public interface SecureElement extends AutoCloseable {
    ElementInfo info();

    /**
     * Makes a new signing key in an empty slot and returns once it is stored durably. May take seconds (RSA in hardware).
     *
     * @throws IdentityException if the slot is taken, or the element cannot make such a key
     * @throws IllegalArgumentException for {@link Slot#RECIPIENT}, which does not sign
     */
    KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException;

    /**
     * The signing key in that slot; empty if there is none.
     *
     * @throws IdentityException if there is one, but it cannot be used: damaged, or readable by others
     * @throws IllegalArgumentException for {@link Slot#RECIPIENT}
     */
    Optional<KeyHandle> key(Slot slot) throws IdentityException;

    /**
     * Makes a new agreement key in the empty slot {@link Slot#RECIPIENT}.
     *
     * @throws IdentityException if the slot is taken, or the element cannot make such a key
     */
    AgreementHandle generateAgreement(KeySpec spec) throws IdentityException;

    /** The agreement key in {@link Slot#RECIPIENT}; empty if there is none. */
    Optional<AgreementHandle> agreementKey() throws IdentityException;

    /** Destroys the key in that slot, if there is one; handles to it refuse from then on. */
    void destroy(Slot slot) throws IdentityException;

    /**
     * A statement by the element that the key in that slot was made in it and cannot leave it.
     *
     * @param nonce 16 to 32 bytes that the asker chose, so that an old statement does not pass for a new one
     * @throws IdentityException if there is no such key, or with {@link ElementFault#UNSUPPORTED} if the element has no way to prove
     *     it: without {@link ElementInfo.Ability#ATTEST} a certificate authority has only the word of who asks
     */
    default Attestation attest(Slot slot, byte[] nonce) throws IdentityException {
        throw new IdentityException.Element(
                ElementFault.UNSUPPORTED, "the " + info().name() + " cannot prove where its keys were made");
    }

    /**
     * The certificates that the element's maker put into it, for its endorsement keys; empty if there are none. Whether the maker is trusted,
     * and that the element has those keys, is not checked here.
     *
     * @throws IdentityException if what is there is no certificate
     */
    default List<X509Certificate> makerCertificates() throws IdentityException {
        return List.of();
    }

    /** How the element has done since this program opened it; empty where nothing watches it. */
    default Optional<ElementHealth> health() {
        return Optional.empty();
    }

    /**
     * How often the key in that slot was used, over restarts; empty where nothing counts.
     *
     * @throws IdentityException if the count cannot be read
     */
    default Optional<SignatureCounts.Usage> usage(Slot slot) throws IdentityException {
        return Optional.empty();
    }

    /** Gives back connections and processes; the keys stay. Handles fail from then on. */
    @Override
    default void close() {}
}
