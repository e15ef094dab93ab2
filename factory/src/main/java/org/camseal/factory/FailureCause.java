package org.camseal.factory;

import org.camseal.identity.IdentityException;

/** Why cameras are not ready, as the yield table counts them. The names are stable. */
public enum FailureCause {
    /** No answer from the authority; the request is kept. */
    LINK("see that the network and the authority are up, then run the same command again"),
    /** The authority asked for patience; the request is kept. */
    BUSY("run the same command again later"),
    /** The serial or the key is disputed; the request is kept. */
    HELD("two operators have to look at the dispute and release it; then run the same command again"),
    /** The authority said no. */
    REFUSED("see the order: serial, model, line, quantity and time window"),
    /** The authority's answer is not for this camera, or not under the device root. */
    ANSWER("see that --device-root and --authority belong together; somebody may be in between"),
    /** A kept request was altered, or another line's key signed it. */
    QUEUE("find out who changed it; remove the file to have the camera ask anew"),
    /** The element cannot make or use its keys. */
    ELEMENT("see that the element is connected, and camseal identity selftest"),
    /** A file of the camera cannot be read or written. */
    STORE("see the disk, and who may write to the work directory"),
    /** The camera's TLS key and certificate do not shake hands. */
    HANDSHAKE("take the camera out of the line: its element or certificate is wrong"),
    /** The camera's media key does not sign a picture that verifies. */
    FRAME("take the camera out of the line: its element or certificate is wrong");

    private final String hint;

    FailureCause(String hint) {
        this.hint = hint;
    }

    /** What a line engineer does about it. */
    public String hint() {
        return hint;
    }

    /** True if nothing is wrong with the camera: running again, later, is what is to be done. */
    public boolean waits() {
        return this == LINK || this == BUSY || this == HELD;
    }

    static FailureCause of(FactoryException fault) {
        return switch (fault) {
            case FactoryException.LinkDown f -> LINK;
            case FactoryException.Busy f -> BUSY;
            case FactoryException.Held f -> HELD;
            case FactoryException.Refused f -> REFUSED;
            case FactoryException.WrongAnswer f -> ANSWER;
            case FactoryException.AlteredRequest f -> QUEUE;
            case FactoryException.TestFailed f -> f.which();
        };
    }

    static FailureCause of(IdentityException fault) {
        return switch (fault) {
            case IdentityException.Element f -> ELEMENT;
            case IdentityException.Refused f -> ANSWER;
            case IdentityException.Store f -> STORE;
            case IdentityException.Malformed f -> STORE;
        };
    }
}
