package org.camseal.identity.tpm2;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import org.camseal.identity.Attestation;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SignatureAlgorithm;

/** Judges a TPM's statement about a key (part 2, section 10.12.12: TPMS_ATTEST; part 3, TPM2_Certify). */
public final class TpmAttestationCheck {
    private static final int GENERATED = 0xff544347; // TPM_GENERATED_VALUE
    private static final int CERTIFY = 0x8017; // TPM_ST_ATTEST_CERTIFY

    private TpmAttestationCheck() {}

    /** What a statement turned out to be; only {@link #GENUINE} proves anything. */
    public enum Finding {
        /** The key was made in the TPM of that attestation key and cannot leave it. */
        GENUINE,
        /** Not a statement of this form. */
        MALFORMED,
        /** Signed by another key than the trusted one, or by one that signs other things than the TPM's own statements. */
        STRANGE_SIGNER,
        WRONG_SIGNATURE,
        /** Not an answer to this question: an old statement, perhaps. */
        WRONG_NONCE,
        /** About another key than the one described. */
        WRONG_NAME,
        /** The key could leave its TPM, or was not made in it, or does not sign. */
        LEAVES_THE_TPM,
        /** The described key is not the one a certificate is asked for. */
        OTHER_KEY
    }

    /**
     * Judges.
     *
     * @param trustedAttestationKey TPMT_PUBLIC of the attestation key that answered a {@link CredentialChallenge}
     * @param nonce what was asked with
     * @param wanted the key that a certificate is asked for
     */
    public static Finding check(Attestation attestation, byte[] trustedAttestationKey, byte[] nonce, PublicKey wanted) {
        if (!MessageDigest.isEqual(attestation.attestationKey(), trustedAttestationKey)) {
            return Finding.STRANGE_SIGNER;
        }
        try {
            TpmPublic signer = TpmPublic.parse(trustedAttestationKey);
            int needed = TpmTemplates.BORN_HERE | TpmTemplates.RESTRICTED | TpmTemplates.SIGN;
            if ((signer.attributes() & needed) != needed) {
                return Finding.STRANGE_SIGNER;
            }
            if (!signed(attestation, signer)) {
                return Finding.WRONG_SIGNATURE;
            }
            return judge(attestation, nonce, wanted);
        } catch (IdentityException e) {
            return Finding.MALFORMED;
        }
    }

    private static Finding judge(Attestation attestation, byte[] nonce, PublicKey wanted)
            throws IdentityException.Element {
        TpmReader in = new TpmReader(attestation.statement(), "a statement");
        if (in.u32() != GENERATED || in.u16() != CERTIFY) {
            return Finding.MALFORMED;
        }
        in.sized(); // the signer's qualified name
        byte[] asked = in.sized();
        in.raw(8 + 4 + 4 + 1 + 8); // clock, resets, restarts, safe; firmware version
        byte[] name = in.sized();
        in.sized(); // qualified name
        in.end();
        if (!MessageDigest.isEqual(asked, nonce)) {
            return Finding.WRONG_NONCE;
        }
        TpmPublic described = TpmPublic.parse(attestation.keyDescription());
        if (!MessageDigest.isEqual(name, described.name())) {
            return Finding.WRONG_NAME;
        }
        int needed = TpmTemplates.BORN_HERE | TpmTemplates.SIGN;
        if ((described.attributes() & needed) != needed) {
            return Finding.LEAVES_THE_TPM;
        }
        return MessageDigest.isEqual(described.key().getEncoded(), wanted.getEncoded())
                ? Finding.GENUINE
                : Finding.OTHER_KEY;
    }

    private static boolean signed(Attestation attestation, TpmPublic signer) throws IdentityException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(signer.key());
            signature.update(attestation.statement());
            return signature.verify(TpmSignature.parse(attestation.signature(), SignatureAlgorithm.ES256));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
