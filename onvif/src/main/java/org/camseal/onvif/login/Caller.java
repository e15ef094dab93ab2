package org.camseal.onvif.login;

/** Who calls an operation. */
public sealed interface Caller {
    /** Nobody logged in. */
    record Anonymous() implements Caller {}

    /** Somebody with an account, logged in with this request. */
    record User(String name, UserLevel level) implements Caller {}
}
