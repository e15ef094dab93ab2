package org.camseal.identity;

/**
 * Why a secure element did not do what it was asked, in words that are the same for every kind of element. Each has a hint: what a
 * person can do about it. None of them is ever answered by taking another element, or software, instead.
 */
public enum ElementFault {
    /** The use is not what the key or slot is for, or the message is too long. */
    REFUSED("use the key only for what its slot is for"),
    /** There is no key in that slot, or it was destroyed. */
    NO_KEY("make a key in that slot first"),
    /** There is a key in that slot already. */
    SLOT_TAKEN("destroy the key in that slot first, if it shall be replaced"),
    /** The element cannot do such a thing at all. */
    UNSUPPORTED("choose another kind of key or another element"),
    /** The element does not accept the PIN or the key's authorisation value. */
    WRONG_AUTHORISATION("give the PIN that was set when the element was prepared; few wrong ones lock it"),
    /** The element refuses everything for a while, after wrong authorisations. */
    LOCKED_OUT("wait until the element's lockout has passed, or clear it with its owner's authorisation"),
    /** The queue, or the element's own memory, is full; nothing was done. */
    BUSY("ask again later, or less often"),
    /** No answer came in the time given. The element may still do the work; its answer is dropped. */
    LATE("give it more time, or look why the element is slow"),
    /** The key has made as many signatures as it may on one day. */
    BUDGET_SPENT("wait until tomorrow (UTC), or raise the daily budget"),
    /** The element is not there, does not answer, or is not prepared for use. */
    UNAVAILABLE("see that the element is connected, that its service runs and that you may use it"),
    /** The encrypted channel to the element carried something that the other end did not send. */
    TAMPERED("somebody or something altered what passed between this program and the element: look at that wire"),
    /** The element is not the one these keys were made in, or a stored key was altered: nothing of it is usable. */
    FOREIGN("connect the element in which these keys were made; keys cannot be moved, make new ones"),
    /** The state of a software element was copied to, or restored on, another place. */
    CLONED("keys of a copied element are not used: make new ones and have them certified"),
    /** A stored file of the element is damaged. */
    DAMAGED("make new keys and have them certified; a damaged key is not mended"),
    /** The element made a key that could be read out, or answers with one; the key was not used. */
    EXPOSED("this element does not protect keys as configured: do not use it"),
    /** Another failure inside the element. */
    FAILED("look up the element's own error code in the message");

    private final String hint;

    ElementFault(String hint) {
        this.hint = hint;
    }

    /** What a person can do, as one line without a full stop. */
    public String hint() {
        return hint;
    }

    /** Whether it may pass by itself within seconds: a full queue, a slow element, one that is being started again. */
    public boolean isPassing() {
        return switch (this) {
            case BUSY, LATE, UNAVAILABLE -> true;
            case REFUSED,
                    NO_KEY,
                    SLOT_TAKEN,
                    UNSUPPORTED,
                    WRONG_AUTHORISATION,
                    LOCKED_OUT,
                    BUDGET_SPENT,
                    TAMPERED,
                    FOREIGN,
                    CLONED,
                    DAMAGED,
                    EXPOSED,
                    FAILED -> false;
        };
    }
}
