package org.camseal.identity;

import java.security.cert.X509Certificate;

/** Whether a certificate chain is one of ours: a question apart from whether what it signed is untouched. */
public sealed interface SignerTrust {
    /**
     * The chain ends in one of our roots and is for the purpose asked.
     *
     * @param purpose what it was asked for
     * @param serial who it is: the subject's serialNumber; for a camera its camera id
     * @param name the subject's common name: a camera's model, a person's or recorder's name
     * @param root the root that vouches for it
     */
    record Trusted(Purpose purpose, String serial, String name, X509Certificate root) implements SignerTrust {
        @Override
        public String toString() {
            return "Trusted[" + serial + " (" + name + ") as " + purpose.description() + ", by "
                    + root.getSubjectX500Principal().getName() + "]";
        }
    }

    /**
     * The chain is not one of ours, or not for this.
     *
     * @param reason the first rule that was broken
     * @param detail where, what was seen and what was expected; no secret
     */
    record Untrusted(Reason reason, String detail) implements SignerTrust {}

    /** Why a chain is not trusted. */
    enum Reason {
        /** No certificate at all. */
        NO_CERTIFICATE,
        /** More certificates, or larger ones, than are looked at. */
        CHAIN_TOO_LONG,
        /** A certificate that cannot be read as one. */
        MALFORMED,
        /** It vouches for itself, and is not one of our roots. */
        SELF_SIGNED,
        /** It ends in none of our roots. */
        UNKNOWN_ROOT,
        /** A certificate's issuer is not the next one in the chain. */
        WRONG_ORDER,
        /** A signature does not match the issuer's key. */
        BAD_SIGNATURE,
        /** A key or signature algorithm that is not strong enough, or unknown. */
        WEAK_ALGORITHM,
        /** At the time asked it was not valid yet. */
        NOT_YET_VALID,
        /** At the time asked it was no longer valid. */
        EXPIRED,
        /** A certificate was issued by one that is no authority. */
        ISSUER_NOT_CA,
        /** More authorities in a row than one of them allows. */
        PATH_TOO_LONG,
        /** The key may not be used this way (key usage). */
        WRONG_KEY_USAGE,
        /** The certificate, or an authority over it, is for something else (extended key usage). */
        WRONG_PURPOSE,
        /** It says something critical that is not understood here. */
        UNKNOWN_CRITICAL_EXTENSION,
        /** A revocation list that was given says that it counts no more. */
        REVOKED,
        /** It does not say who it is. */
        NO_SERIAL
    }
}
