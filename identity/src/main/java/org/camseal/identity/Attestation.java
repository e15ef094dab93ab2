package org.camseal.identity;

import java.util.HexFormat;

/**
 * An element's signed statement about one of its keys, in the element's own format. It says nothing until it is checked against what the
 * checker already trusts (for a TPM: {@code TpmAttestationCheck} in {@code tpm2}).
 */
public final class Attestation {
    /** Whose format. */
    public enum Format {
        /** TPM 2.0 Library Part 2: TPMS_ATTEST, TPMT_SIGNATURE and the two TPMT_PUBLIC. */
        TPM2
    }

    private final Format format;
    private final byte[] statement;
    private final byte[] signature;
    private final byte[] keyDescription;
    private final byte[] attestationKey;

    /**
     * @param statement what is signed
     * @param signature over it
     * @param keyDescription the attested key as the element describes it
     * @param attestationKey the public key that signed, as the element describes it
     */
    public Attestation(
            Format format, byte[] statement, byte[] signature, byte[] keyDescription, byte[] attestationKey) {
        this.format = format;
        this.statement = statement.clone();
        this.signature = signature.clone();
        this.keyDescription = keyDescription.clone();
        this.attestationKey = attestationKey.clone();
    }

    public Format format() {
        return format;
    }

    public byte[] statement() {
        return statement.clone();
    }

    public byte[] signature() {
        return signature.clone();
    }

    public byte[] keyDescription() {
        return keyDescription.clone();
    }

    public byte[] attestationKey() {
        return attestationKey.clone();
    }

    @Override
    public String toString() {
        return format + " attestation " + HexFormat.of().formatHex(statement, 0, Math.min(8, statement.length)) + "...";
    }
}
