package org.camseal.identity;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/** How a key handle signs. Each key has exactly one algorithm, so that no peer can talk a key into a weaker one. */
public enum SignatureAlgorithm {
    /** ECDSA on P-256 with SHA-256. */
    ES256("SHA256withECDSA", -7, 32),
    /** ECDSA on P-384 with SHA-384. */
    ES384("SHA384withECDSA", -35, 48),
    /** RSASSA-PSS with SHA-256, MGF1 with SHA-256 and 32 bytes of salt. */
    PS256("RSASSA-PSS", -37, 0);

    private final String jcaName;
    private final int coseId;
    private final int coordinateBytes;

    SignatureAlgorithm(String jcaName, int coseId, int coordinateBytes) {
        this.jcaName = jcaName;
        this.coseId = coseId;
        this.coordinateBytes = coordinateBytes;
    }

    /** The name {@link java.security.Signature#getInstance(String)} knows; PS256 needs {@link #parameters()} too. */
    public String jcaName() {
        return jcaName;
    }

    /** The number in COSE (RFC 9053 section 2.1, RFC 8230 section 2). */
    public int coseId() {
        return coseId;
    }

    /** What must be set on the JCA signature before use; empty for ECDSA. */
    public Optional<AlgorithmParameterSpec> parameters() {
        return switch (this) {
            case ES256, ES384 -> Optional.empty();
            case PS256 ->
                Optional.of(new PSSParameterSpec(
                        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
        };
    }

    /**
     * The hash that is signed, where it can be signed in place of the message.
     *
     * @return SHA-256 or SHA-384; empty for RSA, whose padding the key makes itself
     */
    public Optional<String> digestName() {
        return switch (this) {
            case ES256 -> Optional.of("SHA-256");
            case ES384 -> Optional.of("SHA-384");
            case PS256 -> Optional.empty();
        };
    }

    /** Bytes of r, and of s, in ECDSA's fixed form; 0 for RSA. */
    public int coordinateBytes() {
        return coordinateBytes;
    }

    /** True for ECDSA, whose signatures have two forms: DER (X.509, TLS) and fixed (COSE). */
    public boolean isEcdsa() {
        return coordinateBytes > 0;
    }
}
