package org.camseal.authority.register;

import java.util.Locale;

/** How a dispute ends. */
public enum Decision {
    /** The key that has the certificates keeps them; the others are barred for ever. */
    KEEP,
    /** The camera was repaired or its keys are lost: what it has is revoked, and other keys may have certificates. */
    REWORK,
    /** The serial is out of use for ever: what it has is revoked. */
    SCRAP;

    /** As in commands and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
