package org.camseal.onvif.login;

import java.util.Set;

/** Groups of operations that the same users may call: the default access policy of the ONVIF Core Specification. */
public enum AccessClass {
    /** Anybody, without a login. */
    PRE_AUTH(Set.of()),
    READ_SYSTEM(Set.of(UserLevel.ADMINISTRATOR, UserLevel.OPERATOR, UserLevel.USER)),
    READ_SYSTEM_SENSITIVE(Set.of(UserLevel.ADMINISTRATOR, UserLevel.OPERATOR)),
    READ_SYSTEM_SECRET(Set.of(UserLevel.ADMINISTRATOR)),
    WRITE_SYSTEM(Set.of(UserLevel.ADMINISTRATOR)),
    UNRECOVERABLE(Set.of(UserLevel.ADMINISTRATOR)),
    READ_MEDIA(Set.of(UserLevel.ADMINISTRATOR, UserLevel.OPERATOR, UserLevel.USER)),
    ACTUATE(Set.of(UserLevel.ADMINISTRATOR, UserLevel.OPERATOR));

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<UserLevel> levels;

    AccessClass(Set<UserLevel> levels) {
        this.levels = levels;
    }

    /** True where this caller may call operations of this class. */
    public boolean allows(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> this == PRE_AUTH;
            case Caller.User user -> this == PRE_AUTH || levels.contains(user.level());
        };
    }
}
