package org.camseal.identity.soft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;

/** What a program asks (docs/spec, soft-element, section 3): one byte what, one byte which slot, the rest by what. */
sealed interface Request {
    Slot slot();

    /** Makes a key. */
    record Generate(Slot slot, KeySpec spec) implements Request {}

    /** The public key in a slot. */
    record Find(Slot slot) implements Request {}

    /** Destroys a key. */
    record Destroy(Slot slot) implements Request {}

    /** Signs a message, if the key in that slot is still the one with that digest. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sign(Slot slot, byte[] keyDigest, byte[] message) implements Request {}

    /** Agrees with a public key, if the key in that slot is still the one with that digest. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Agree(Slot slot, byte[] keyDigest, byte[] peer) implements Request {}

    /** Signs a digest, if the key in that slot is still the one with that digest; only for keys of authorities. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SignDigest(Slot slot, byte[] keyDigest, byte[] digest) implements Request {}

    int DIGEST = 32;

    default byte[] encode() {
        return switch (this) {
            case Generate generate -> bytes(1, Numbers.of(generate.spec()));
            case Find find -> bytes(2);
            case Destroy destroy -> bytes(3);
            case Sign sign -> bytes(4, concat(sign.keyDigest(), sign.message()));
            case Agree agree -> bytes(5, concat(agree.keyDigest(), agree.peer()));
            case SignDigest sign -> bytes(6, concat(sign.keyDigest(), sign.digest()));
        };
    }

    private byte[] bytes(int what, byte... rest) {
        return ByteBuffer.allocate(2 + rest.length)
                .put((byte) what)
                .put(Numbers.of(slot()))
                .put(rest)
                .array();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Reads one; empty if it is none. */
    static Optional<Request> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int what = in.get();
            Optional<Slot> named = Numbers.slot(in.get());
            if (named.isEmpty()) {
                return Optional.empty();
            }
            Slot slot = named.get();
            Optional<Request> request = switch (what) {
                case 1 -> Numbers.spec(in.get()).map(spec -> new Generate(slot, spec));
                case 2 -> Optional.of(new Find(slot));
                case 3 -> Optional.of(new Destroy(slot));
                case 4 -> Optional.of(new Sign(slot, take(in, DIGEST), take(in, in.remaining())));
                case 5 -> Optional.of(new Agree(slot, take(in, DIGEST), take(in, in.remaining())));
                case 6 -> Optional.of(new SignDigest(slot, take(in, DIGEST), take(in, in.remaining())));
                default -> Optional.empty();
            };
            return in.hasRemaining() ? Optional.empty() : request;
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
