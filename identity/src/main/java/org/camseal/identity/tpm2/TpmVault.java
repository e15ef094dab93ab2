package org.camseal.identity.tpm2;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its session and the keys that are loaded over it. It is made when first needed and again after a fault; what was
 * asked is then tried once more. A TPM has room for three objects, and using the storage root takes one of them: so at most two keys
 * stay loaded, and the one used longest ago goes first. Not for several threads.
 */
final class TpmVault implements AutoCloseable {
    /** Where the storage root is kept: in the range that is free for a device's owner (TCG Registry of Reserved Handles). */
    static final int ROOT = 0x81020c5e;

    private static final int TRANSIENT = 0x80000000;
    private static final int LOADED_SESSIONS = 0x02000000;
    private static final int MAX_LOADED = 2;

    private final TpmAddress address;
    private final Duration patience;
    private final SecureRandom random;
    private final byte[] pinnedName;
    private final LinkedHashMap<String, Tpm.Loaded> loaded = new LinkedHashMap<>(4, 0.75f, true);
    private @Nullable Open open;

    private record Open(Tpm tpm, Tpm.Loaded root, TpmSession session) {}

    TpmVault(TpmAddress address, Duration patience, SecureRandom random, byte[] pinnedName) {
        this.address = address;
        this.patience = patience;
        this.random = random;
        this.pinnedName = pinnedName.clone();
    }

    /** What is done in a session with the storage root. */
    @FunctionalInterface
    interface Work<T> {
        T with(Tpm tpm, Tpm.Loaded root, TpmSession session) throws IdentityException.Element, Tpm.Refusal;
    }

    /** Does it; once more in a new session if the connection was lost or the TPM reset meanwhile. */
    <T> T use(Work<T> work) throws IdentityException.Element {
        try {
            return attempt(work);
        } catch (Lost e) {
            try {
                return attempt(work);
            } catch (Lost again) {
                throw again.fault;
            }
        }
    }

    /** Carries what may be mended by a new session. */
    private static final class Lost extends Exception {
        private final IdentityException.Element fault;

        Lost(IdentityException.Element fault) {
            super(fault);
            this.fault = fault;
        }
    }

    private <T> T attempt(Work<T> work) throws IdentityException.Element, Lost {
        try {
            Open now = open == null ? connect() : open;
            open = now;
            return work.with(now.tpm(), now.root(), now.session());
        } catch (Tpm.Refusal e) {
            if (e.code().fault() == ElementFault.BUSY) {
                if (forgetLoaded()) {
                    throw new Lost(e.toFault());
                }
                throw e.toFault();
            }
            if (e.code().tellsOfReset()) {
                close();
                throw new Lost(e.toFault());
            }
            if (e.code().fault() == ElementFault.TAMPERED) {
                close();
            }
            throw e.toFault();
        } catch (IdentityException.Element e) {
            close(); // the session is out of step: what comes next begins a new one
            if (e.getCause() instanceof IOException && !(e.getCause() instanceof java.net.SocketTimeoutException)) {
                throw new Lost(e);
            }
            throw e;
        }
    }

    private Open connect() throws IdentityException.Element, Tpm.Refusal {
        Tpm tpm = new Tpm(transport(address, patience), random);
        try {
            if (!(address instanceof TpmAddress.Device)) {
                freeLeftovers(tpm);
            }
            Tpm.Loaded root = root(tpm);
            if (!MessageDigest.isEqual(root.publicArea().name(), pinnedName)) {
                throw new IdentityException.Element(
                        ElementFault.FOREIGN,
                        "the TPM at " + address + " has another storage root than the one these keys were made under");
            }
            return new Open(tpm, root, tpm.startSession(root, TpmSession.HMAC));
        } catch (IdentityException.Element | Tpm.Refusal | RuntimeException e) {
            tpm.close();
            throw e;
        }
    }

    private Tpm.Loaded root(Tpm tpm) throws IdentityException.Element, Tpm.Refusal {
        try {
            return new Tpm.Loaded(ROOT, tpm.readPublic(ROOT));
        } catch (Tpm.Refusal e) {
            if (e.code().tellsOfReset()) {
                throw new IdentityException.Element(
                        ElementFault.FOREIGN,
                        "the TPM at " + address + " has no storage root at 0x" + Integer.toHexString(ROOT)
                                + ": it was cleared, or is not the one these keys were made in");
            }
            throw e;
        }
    }

    /** Behind a socket there is no resource manager and one user at a time: what is loaded was left by one that died. */
    private static void freeLeftovers(Tpm tpm) throws IdentityException.Element, Tpm.Refusal {
        for (int first : new int[] {TRANSIENT, LOADED_SESSIONS}) {
            for (int handle : tpm.handlesFrom(first)) {
                tpm.flush(handle);
            }
        }
    }

    static TpmTransport transport(TpmAddress address, Duration patience) throws IdentityException.Element {
        try {
            return switch (address) {
                case TpmAddress.Device device -> new DeviceTransport(device.path());
                case TpmAddress.Tcp tcp -> new SocketTransport(new InetSocketAddress(tcp.host(), tcp.port()), patience);
                case TpmAddress.Unix unix -> new SocketTransport(UnixDomainSocketAddress.of(unix.path()), patience);
            };
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Element(
                    ElementFault.UNAVAILABLE,
                    "no TPM at " + address + ": " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    /** Loads a key, or finds it loaded. */
    Tpm.Loaded load(Tpm tpm, Tpm.Loaded root, TpmSession session, String label, TpmKeyFile.Wrapped key)
            throws IdentityException.Element, Tpm.Refusal {
        Tpm.Loaded known = loaded.get(label);
        if (known != null
                && MessageDigest.isEqual(
                        known.publicArea().name(), key.publicArea().name())) {
            return known;
        }
        makeRoom(tpm, MAX_LOADED - 1);
        Tpm.Loaded now = tpm.load(session, root, key);
        loaded.put(label, now);
        return now;
    }

    /** Leaves at most so many keys loaded. */
    void makeRoom(Tpm tpm, int atMost) throws IdentityException.Element, Tpm.Refusal {
        Iterator<Map.Entry<String, Tpm.Loaded>> oldestFirst = loaded.entrySet().iterator();
        while (loaded.size() > atMost && oldestFirst.hasNext()) {
            int handle = oldestFirst.next().getValue().handle();
            oldestFirst.remove();
            tpm.flush(handle);
        }
    }

    /** Puts a key out of the TPM's memory, if it is in it. */
    void forget(String label) {
        Tpm.Loaded key = loaded.remove(label);
        Open now = open;
        if (key != null && now != null) {
            flushQuietly(now.tpm(), key.handle());
        }
    }

    private boolean forgetLoaded() {
        List<String> labels = List.copyOf(loaded.keySet());
        labels.forEach(this::forget);
        return !labels.isEmpty();
    }

    private static void flushQuietly(Tpm tpm, int handle) {
        try {
            tpm.flush(handle);
        } catch (IdentityException.Element | Tpm.Refusal e) {
            // it is gone with the connection or the power
        }
    }

    @Override
    public void close() {
        Open now = open;
        open = null;
        if (now == null) {
            loaded.clear();
            return;
        }
        loaded.values().forEach(key -> flushQuietly(now.tpm(), key.handle()));
        loaded.clear();
        flushQuietly(now.tpm(), now.session().handle());
        now.tpm().close();
    }
}
