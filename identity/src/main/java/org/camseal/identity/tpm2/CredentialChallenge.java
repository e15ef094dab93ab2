package org.camseal.identity.tpm2;

import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import org.camseal.identity.IdentityException;

/**
 * A question that only one TPM can answer: the one that holds both a certain endorsement key, which its maker certified, and a certain
 * attestation key (part 1, section 24: credential protection). Who certifies devices asks it once, and then knows whose statements that
 * attestation key signs.
 */
public final class CredentialChallenge {
    private static final int CREDENTIAL_BYTES = 32;

    private final byte[] credentialBlob;
    private final byte[] encryptedSecret;

    private CredentialChallenge(byte[] credentialBlob, byte[] encryptedSecret) {
        this.credentialBlob = credentialBlob;
        this.encryptedSecret = encryptedSecret;
    }

    /**
     * A question and its answer.
     *
     * @param challenge goes to the device
     * @param expected stays with the asker: 32 random bytes that the device must give back
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by the asker in constant time
    public record Asked(CredentialChallenge challenge, byte[] expected) {}

    /**
     * Makes a question.
     *
     * @param endorsementKey on P-256, from the certificate by the TPM's maker; whether that is trusted is asked before
     * @param attestationKey TPMT_PUBLIC of the attestation key, as {@link org.camseal.identity.Attestation#attestationKey()} gives it
     * @throws IdentityException if that is no public area
     */
    public static Asked of(ECPublicKey endorsementKey, byte[] attestationKey, SecureRandom random)
            throws IdentityException {
        byte[] name = TpmPublic.parse(attestationKey).name();
        byte[] credential = new byte[CREDENTIAL_BYTES];
        random.nextBytes(credential);
        TpmEcdh shared = TpmEcdh.with(endorsementKey, random);
        byte[] seed = TpmKdf.kdfe(shared.z(), "IDENTITY", shared.ownX(), shared.otherX());
        byte[] none = new byte[0];
        byte[] aes = TpmKdf.kdfa(seed, "STORAGE", name, none, TpmKdf.AES_BYTES);
        byte[] hidden = TpmKdf.aesCfb(
                TpmKdf.Direction.ENCRYPT,
                aes,
                new byte[TpmKdf.AES_BYTES],
                new TpmWriter().sized(credential).bytes());
        byte[] macKey = TpmKdf.kdfa(seed, "INTEGRITY", none, none, TpmKdf.DIGEST_BYTES);
        byte[] blob = new TpmWriter()
                .sized(TpmKdf.hmac(macKey, hidden, name))
                .raw(hidden)
                .bytes();
        return new Asked(new CredentialChallenge(blob, shared.point()), credential);
    }

    byte[] credentialBlob() {
        return credentialBlob.clone();
    }

    byte[] encryptedSecret() {
        return encryptedSecret.clone();
    }
}
