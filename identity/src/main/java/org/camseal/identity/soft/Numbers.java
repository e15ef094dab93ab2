package org.camseal.identity.soft;

import java.util.List;
import java.util.Optional;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;

/** The numbers and words that stand for slots, kinds of keys and faults on the wire and in the file (docs/spec, soft-element). */
final class Numbers {
    private static final List<Slot> SLOTS = List.of(
            Slot.TLS,
            Slot.MEDIA,
            Slot.RECIPIENT,
            Slot.ISSUING,
            Slot.ROOT,
            Slot.STATUS,
            Slot.TLS_CUSTOM,
            Slot.MEDIA_CUSTOM);
    private static final List<KeySpec> SPECS = List.of(KeySpec.P256, KeySpec.P384, KeySpec.RSA2048, KeySpec.RSA3072);

    private Numbers() {}

    static byte of(Slot slot) {
        return (byte) SLOTS.indexOf(slot);
    }

    static byte of(KeySpec spec) {
        return (byte) SPECS.indexOf(spec);
    }

    static Optional<Slot> slot(int number) {
        return number >= 0 && number < SLOTS.size() ? Optional.of(SLOTS.get(number)) : Optional.empty();
    }

    static Optional<KeySpec> spec(int number) {
        return number >= 0 && number < SPECS.size() ? Optional.of(SPECS.get(number)) : Optional.empty();
    }

    /** A fault as one line: its name, a space, its message. */
    static String line(ElementFault fault, String message) {
        return fault.name() + " " + message;
    }

    /** Reads such a line; another one is the fault {@code otherwise}, told with what was read. */
    static IdentityException.Element fault(String line, ElementFault otherwise) {
        for (ElementFault fault : ElementFault.values()) {
            if (line.startsWith(fault.name() + " ")) {
                return new IdentityException.Element(
                        fault, line.substring(fault.name().length() + 1));
            }
        }
        return new IdentityException.Element(otherwise, "the soft element said: " + line);
    }
}
