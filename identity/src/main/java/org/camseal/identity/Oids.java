package org.camseal.identity;

/** Object identifiers that certificates here carry. */
final class Oids {
    /** Our own arc: a UUID under joint-iso-itu-t(2) uuid(25) (ITU-T X.667), which needs no registration. */
    static final String ARC = "2.25.257569690016803849313880640925500922924";

    /** hwType of hardwareModuleName (RFC 4108 section 5): a CamSeal camera. */
    static final String HARDWARE_TYPE = ARC + ".2.1";

    /** id-kp-serverAuth, id-kp-clientAuth (RFC 5280 section 4.2.1.12). */
    static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    /** id-kp-OCSPSigning (RFC 6960 section 4.2.2.2). */
    static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    /** id-kp-cmcRA (RFC 6402 section 2.10): may speak for others to a certificate authority. */
    static final String CMC_RA = "1.3.6.1.5.5.7.3.28";

    /** The attribute of a certificate request that carries an attestation of its key. */
    static final String ATTESTATION = ARC + ".3.1";

    /** The attribute that tells a requester what attestations must be fresh for. */
    static final String ATTESTATION_CHALLENGE = ARC + ".3.2";

    /** anyExtendedKeyUsage: never counts here. */
    static final String ANY_USAGE = "2.5.29.37.0";

    /** id-on-hardwareModuleName (RFC 4108 section 5). */
    static final String HARDWARE_MODULE_NAME = "1.3.6.1.5.5.7.8.4";

    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String KEY_USAGE = "2.5.29.15";
    static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

    private Oids() {}
}
