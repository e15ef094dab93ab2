package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.List;

/** Whether whoever signed clear video is one of ours; the certificates are whatever the camera's maker gives out. */
public sealed interface MediaSignerTrust {
    /**
     * The chain ends in one of our device roots, and was good when the video was made, as far as the signed times say.
     *
     * @param subject whom the leaf names
     * @param root the root that vouches for it
     * @param notes what a reader should know all the same
     */
    record Trusted(String subject, X509Certificate root, List<Note> notes) implements MediaSignerTrust {
        public Trusted {
            notes = List.copyOf(notes);
        }
    }

    /** The chain is not one of ours, or was not good when the video was made. */
    record Untrusted(SignerTrust.Reason reason, String detail) implements MediaSignerTrust {}

    /**
     * Something that does not make the signer a stranger.
     *
     * @param kind what
     * @param detail one sentence
     */
    record Note(Kind kind, String detail) {}

    /** The kinds of notes. The names are stable. */
    enum Kind {
        /** By its signed times the video is older than a certificate: the clock was wrong, or the certificate is newer. */
        SIGNED_BEFORE_CERTIFICATE,
        /** A certificate has expired since. */
        EXPIRED_SINCE,
        /** A certificate was revoked for a time after the video was made. */
        REVOKED_LATER,
        /** Revocation lists were given, but none of an authority in this chain. */
        NO_LIST
    }
}
