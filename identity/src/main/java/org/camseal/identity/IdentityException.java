package org.camseal.identity;

import org.jspecify.annotations.Nullable;

/**
 * A fault from outside in keys, certificates or their files. The message says where, what was seen, what was expected and what to
 * do; it never holds a secret.
 */
public abstract sealed class IdentityException extends Exception {
    private IdentityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A directory or file of an identity cannot be read or written, or others may read what only its owner may. */
    public static final class Store extends IdentityException {
        public Store(String message) {
            super(message, null);
        }

        public Store(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Bytes that should be a certificate, a request or a key are not, or are larger than allowed. */
    public static final class Malformed extends IdentityException {
        public Malformed(String message) {
            super(message, null);
        }

        public Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The secure element does not do what was asked; {@link #fault()} says why in one word. */
    public static final class Element extends IdentityException {
        private final ElementFault fault;

        public Element(String message) {
            this(ElementFault.REFUSED, message);
        }

        public Element(String message, Throwable cause) {
            this(ElementFault.FAILED, message, cause);
        }

        public Element(ElementFault fault, String message) {
            super(message, null);
            this.fault = fault;
        }

        public Element(ElementFault fault, String message, Throwable cause) {
            super(message, cause);
            this.fault = fault;
        }

        /** Why, in one word; its {@link ElementFault#hint()} says what to do. */
        public ElementFault fault() {
            return fault;
        }
    }

    /** An authority does not issue what was asked, or a certificate does not fit the key it should be installed for. */
    public static final class Refused extends IdentityException {
        public Refused(String message) {
            super(message, null);
        }
    }
}
