package org.camseal.camera.accounts;

import java.util.Locale;
import java.util.Optional;

/** What an account may do; each may what those before it may. */
public enum AccountRole {
    /** Looks: the stream, and how the camera is doing. */
    VIEWER,
    /** Looks at the event log too, and works the camera. */
    OPERATOR,
    /** Changes what the camera is: users, certificates, who may open the video. */
    ADMINISTRATOR;

    /** True where who has this role may what needs that one. */
    public boolean covers(AccountRole needed) {
        return compareTo(needed) >= 0;
    }

    /** As it is written in files and on pages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a label; empty if there is none. */
    public static Optional<AccountRole> of(String label) {
        for (AccountRole role : values()) {
            if (role.label().equals(label)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
