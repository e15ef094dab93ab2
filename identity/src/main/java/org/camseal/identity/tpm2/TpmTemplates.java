package org.camseal.identity.tpm2;

import java.util.HexFormat;
import org.camseal.identity.KeySpec;

/** What kinds of keys are asked of a TPM, as TPMT_PUBLIC (part 2, section 12.2.4). */
final class TpmTemplates {
    static final int NULL = 0x0010;
    static final int P256 = 0x0003;
    static final int P384 = 0x0004;
    static final int RSAPSS = 0x0016;
    static final int ECDSA = 0x0018;
    private static final int ECDH = 0x0019;
    static final int SHA384 = 0x000c;

    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;

    // TPMA_OBJECT, part 2, section 8.3
    static final int FIXED_TPM = 1 << 1;
    static final int FIXED_PARENT = 1 << 4;
    static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
    private static final int USER_WITH_AUTH = 1 << 6;
    private static final int ADMIN_WITH_POLICY = 1 << 7;
    /** No dictionary attack protection: its authorisation is 256 random bits, and power cuts must not lock it. */
    private static final int NO_DA = 1 << 10;

    static final int RESTRICTED = 1 << 16;
    private static final int DECRYPT = 1 << 17;
    static final int SIGN = 1 << 18;

    /** Born in this TPM, and never leaves it. */
    static final int BORN_HERE = FIXED_TPM | FIXED_PARENT | SENSITIVE_DATA_ORIGIN;

    /** PolicySecret(TPM_RH_ENDORSEMENT): TCG EK Credential Profile, section B.2. */
    private static final byte[] EK_POLICY =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    private TpmTemplates() {}

    /** A key that signs what it is asked to, with one scheme only. */
    static byte[] signing(KeySpec spec) {
        return start(spec, BORN_HERE | USER_WITH_AUTH | NO_DA | SIGN, new byte[0])
                .raw(scheme(spec))
                .bytes();
    }

    /** A key that agrees (ECDH, one pass), and does nothing else. */
    static byte[] agreement(KeySpec spec) {
        int hash = spec == KeySpec.P384 ? SHA384 : TpmPublic.SHA256; // of a key derivation that we do not use
        int curve = spec == KeySpec.P384 ? P384 : P256;
        return start(spec, BORN_HERE | USER_WITH_AUTH | NO_DA | DECRYPT, new byte[0])
                .u16(NULL)
                .u16(ECDH)
                .u16(hash)
                .u16(curve)
                .u16(NULL)
                .u16(0)
                .u16(0)
                .bytes();
    }

    /** A key that signs only what the TPM itself states. */
    static byte[] attestation() {
        return start(KeySpec.P256, BORN_HERE | USER_WITH_AUTH | NO_DA | RESTRICTED | SIGN, new byte[0])
                .raw(scheme(KeySpec.P256))
                .bytes();
    }

    /** The parent of our keys, whose public point also hides the salt of sessions (TCG's storage root key on P-256). */
    static byte[] storageRoot() {
        return storage(BORN_HERE | USER_WITH_AUTH | NO_DA | RESTRICTED | DECRYPT, new byte[0]);
    }

    /** The endorsement key on P-256: TCG EK Credential Profile, template L-2. */
    static byte[] endorsement() {
        return storage(BORN_HERE | ADMIN_WITH_POLICY | RESTRICTED | DECRYPT, EK_POLICY);
    }

    private static byte[] storage(int attributes, byte[] policy) {
        return start(KeySpec.P256, attributes, policy)
                .u16(AES)
                .u16(128)
                .u16(CFB)
                .u16(NULL)
                .u16(P256)
                .u16(NULL)
                .sized(new byte[32])
                .sized(new byte[32])
                .bytes();
    }

    private static TpmWriter start(KeySpec spec, int attributes, byte[] policy) {
        return new TpmWriter()
                .u16(spec.agrees() ? TpmPublic.ECC : TpmPublic.RSA)
                .u16(TpmPublic.SHA256)
                .u32(attributes)
                .sized(policy);
    }

    private static byte[] scheme(KeySpec spec) {
        TpmWriter out = new TpmWriter().u16(NULL);
        return switch (spec) {
            case P256 -> ecdsa(out, TpmPublic.SHA256, P256);
            case P384 -> ecdsa(out, SHA384, P384);
            case RSA2048 -> pss(out, 2048);
            case RSA3072 -> pss(out, 3072);
        };
    }

    private static byte[] ecdsa(TpmWriter out, int hash, int curve) {
        return out.u16(ECDSA).u16(hash).u16(curve).u16(NULL).u16(0).u16(0).bytes();
    }

    private static byte[] pss(TpmWriter out, int bits) {
        return out.u16(RSAPSS).u16(TpmPublic.SHA256).u16(bits).u32(0).u16(0).bytes();
    }

    /** How many bytes at a template's end stand for what the TPM chooses. */
    static int uniqueBytes(byte[] template) {
        boolean rsa = template[1] == TpmPublic.RSA;
        if (rsa) {
            return 2;
        }
        boolean storage = template.length > 4 + 64;
        return storage ? 2 * (2 + 32) : 2 * 2;
    }
}
