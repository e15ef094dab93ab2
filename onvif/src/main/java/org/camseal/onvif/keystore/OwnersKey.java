package org.camseal.onvif.keystore;

import static org.camseal.onvif.keystore.Question.asked;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;

/**
 * The owner's key, and how far it is. A key on an elliptic curve is made at once; one of RSA, for which chips need up to a minute, by an
 * executor, and its id counts from the beginning. Safe for use by several threads.
 */
final class OwnersKey {
    private final Identity identity;
    private final CustomerTls custom;
    private final Executor makers;
    private Making making = Making.NO;

    private enum Making {
        NO,
        UNDER_WAY,
        /** Deleted while it is made: an element cannot be interrupted, so it is destroyed when it is done. */
        GIVEN_UP,
        FAILED
    }

    /** @param makers where keys of RSA are made */
    OwnersKey(Identity identity, CustomerTls custom, Executor makers) {
        this.identity = identity;
        this.custom = custom;
        this.makers = makers;
    }

    Optional<KeyHandle> inElement() throws OnvifException.Refused {
        return asked(() -> identity.element().key(Slot.TLS_CUSTOM));
    }

    /** How far it is, without waiting for the element while it makes it; empty if there is none. */
    Optional<KeyStatus> status() throws OnvifException.Refused {
        return switch (making()) {
            case UNDER_WAY -> Optional.of(KeyStatus.GENERATING);
            case FAILED -> Optional.of(KeyStatus.CORRUPT);
            case GIVEN_UP -> Optional.empty();
            case NO -> inElement().map(_ -> KeyStatus.OK);
        };
    }

    private synchronized Making making() {
        return making;
    }

    /**
     * Begins to make it.
     *
     * @param told of each status it gets, from {@link KeyStatus#GENERATING} on, on the thread that makes it
     * @throws OnvifException.Refused if there is one, or one is being made
     */
    void make(KeySpec spec, Consumer<KeyStatus> told) throws OnvifException.Refused {
        synchronized (this) {
            if (making != Making.NO || inElement().isPresent()) {
                throw new Fault(Fault.Party.RECEIVER, List.of("Action", "MaximumNumberOfKeysReached"))
                        .because(
                                "the camera keeps one key for its owner: delete it first, and wait if it is being made");
            }
            making = Making.UNDER_WAY;
        }
        Executor where = spec.agrees() ? Runnable::run : makers;
        told.accept(KeyStatus.GENERATING);
        where.execute(() -> end(isMade(spec)).ifPresent(told));
    }

    private boolean isMade(KeySpec spec) {
        try {
            custom.keyOrNew(spec);
            return true;
        } catch (IdentityException | RuntimeException e) {
            return false; // told as the key's status: who asked for it has its answer already
        }
    }

    /** The status it has now; empty where nobody wants to know any more. */
    private synchronized Optional<KeyStatus> end(boolean made) {
        boolean wanted = making == Making.UNDER_WAY;
        making = made || !wanted ? Making.NO : Making.FAILED;
        if (wanted) {
            return Optional.of(made ? KeyStatus.OK : KeyStatus.CORRUPT);
        }
        try {
            custom.remove();
        } catch (IdentityException e) {
            // It is there then, and shown: whoever deletes it again is told why that fails.
        }
        return Optional.empty();
    }

    /** Destroys it with its certificates, as soon as the element lets it. */
    void remove() throws OnvifException.Refused {
        synchronized (this) {
            if (making == Making.UNDER_WAY) {
                making = Making.GIVEN_UP;
                return;
            }
            making = Making.NO;
        }
        asked(() -> {
            custom.remove();
            return Slot.TLS_CUSTOM;
        });
    }
}
