package org.camseal.identity;

/** What kind of key an element is asked to make. */
public enum KeySpec {
    /** Elliptic curve P-256 (secp256r1); the default for cameras, recorders and people. */
    P256("EC", SignatureAlgorithm.ES256),
    /** Elliptic curve P-384 (secp384r1); for roots. */
    P384("EC", SignatureAlgorithm.ES384),
    /** RSA with 2048 bits, for elements and peers without elliptic curves. */
    RSA2048("RSA", SignatureAlgorithm.PS256),
    /** RSA with 3072 bits. */
    RSA3072("RSA", SignatureAlgorithm.PS256);

    private final String jcaName;
    private final SignatureAlgorithm signature;

    KeySpec(String jcaName, SignatureAlgorithm signature) {
        this.jcaName = jcaName;
        this.signature = signature;
    }

    /** EC or RSA. */
    public String jcaName() {
        return jcaName;
    }

    /** How a signing key of this kind signs. */
    public SignatureAlgorithm signature() {
        return signature;
    }

    /** True if a key of this kind can agree on a secret (ECDH). */
    public boolean agrees() {
        return jcaName.equals("EC");
    }
}
