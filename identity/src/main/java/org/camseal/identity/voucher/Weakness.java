package org.camseal.identity.voucher;

import java.util.Locale;

/**
 * Something about a certificate that makes it prove less than it seems to, whoever vouches.
 *
 * @param kind which rule
 * @param detail what was seen and what was expected
 */
public record Weakness(Kind kind, String detail) {
    /** The rules. */
    public enum Kind {
        /** Signed with MD5 or SHA-1, by which certificates have been forged. */
        WEAK_SIGNATURE,
        /** A key that is shorter than today's rules allow. */
        SHORT_KEY,
        /** Its time is over. */
        EXPIRED,
        /** Its time has not begun. */
        NOT_YET_VALID,
        /** Ten days or less are left. */
        ENDS_SOON,
        /** It names other hosts than the one that was asked. */
        WRONG_HOST,
        /** It names no host at all. */
        NO_HOST,
        /** It lives longer than the rules for its kind allow. */
        UNUSUAL_LIFETIME,
        /** It is not for TLS servers. */
        NOT_FOR_SERVERS,
        /** It is an authority's own certificate, used as a server's. */
        IS_AUTHORITY,
        /** The server did not finish the handshake, so it did not show that it has the key. */
        KEY_NOT_SHOWN;

        /** Lower-case name with hyphens, for people and JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
