package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.NalUnit;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.SigningSei;
import org.jspecify.annotations.Nullable;

/** The NAL units that wait for their signature, oldest first. */
final class Waiting {
    private final long keptBytesAtMost;
    private final Hashing hashing;
    private final List<Unit> units = new ArrayList<>();
    private int head;
    private long sequence;
    private long keptBytes;
    private @Nullable Unit groupStart;
    private @Nullable NalHasher hasher;
    private boolean guessed;

    Waiting(long keptBytesAtMost, Hashing hashing) {
        this.keptBytesAtMost = keptBytesAtMost;
        this.hashing = hashing;
    }

    /** The algorithm that units are hashed with; empty while none is known. */
    Optional<HashAlgorithm> algorithm() {
        return hasher == null || guessed ? Optional.empty() : Optional.of(hasher.algorithm());
    }

    /** Hashes with this algorithm from here on, and what waits unhashed. */
    void use(HashAlgorithm algorithm) {
        guessed = false;
        if (hasher == null || hasher.algorithm() != algorithm) {
            begin(algorithm);
        }
    }

    private void begin(HashAlgorithm algorithm) {
        NalHasher begun = new NalHasher(algorithm);
        hasher = begun;
        for (int i = head; i < units.size(); i++) {
            units.get(i).hash(begun, hashing);
        }
        keptBytes = 0;
    }

    NalHasher hasher() {
        if (hasher == null) {
            guessed = true;
            begin(HashAlgorithm.SHA_256);
        }
        return java.util.Objects.requireNonNull(hasher);
    }

    Unit addSlice(NalUnit nal, NalClass nalClass, NalPosition position) {
        Unit.Kind kind = kind(nalClass);
        Unit unit = Unit.slice(kind, nalClass.isPrimary(), position, sequence++, groupStart, nal);
        if (kind == Unit.Kind.GROUP_START) {
            groupStart = unit;
        }
        add(unit);
        return unit;
    }

    void addSei(SigningSei sei, NalPosition position, @Nullable Claim claim) {
        add(Unit.sei(position, sequence++, sei, claim));
    }

    private static Unit.Kind kind(NalClass nalClass) {
        if (nalClass == NalClass.GROUP_START) {
            return Unit.Kind.GROUP_START;
        }
        return nalClass.isHashed() ? Unit.Kind.SLICE : Unit.Kind.UNCOVERED;
    }

    private void add(Unit unit) {
        units.add(unit);
        if (hasher != null) {
            unit.hash(hasher, hashing);
            return;
        }
        keptBytes += unit.keptBytes();
        if (keptBytes > keptBytesAtMost) {
            hasher(); // no SEI for so long: SHA-256 is what nearly all cameras use
        }
    }

    int size() {
        return units.size() - head;
    }

    Unit get(int index) {
        return units.get(head + index);
    }

    /** The sequence number that the next unit will have. */
    long nextSequence() {
        return sequence;
    }

    /** How many of the waiting units came before that one. */
    int countBefore(long other) {
        long first = size() == 0 ? sequence : get(0).sequence;
        return Math.clamp(other - first, 0, size());
    }

    /** Takes the oldest units away. */
    List<Unit> take(int count) {
        List<Unit> taken = List.copyOf(units.subList(head, head + count));
        head += count;
        if (head > 1024 && head > units.size() / 2) {
            units.subList(0, head).clear();
            head = 0;
        }
        return taken;
    }

    /** Index of the last unit before {@code end} that starts a group; -1 if there is none. */
    int lastGroupStart(int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (get(i).kind == Unit.Kind.GROUP_START) {
                return i;
            }
        }
        return -1;
    }

    /** How many of the units from one index to another (exclusive) start a group. */
    int groupStarts(int from, int end) {
        int count = 0;
        for (int i = from; i < end; i++) {
            count += get(i).kind == Unit.Kind.GROUP_START ? 1 : 0;
        }
        return count;
    }

    /** How many of the units from one index to another (exclusive) are the first of a picture. */
    int pictures(int from, int end) {
        int count = 0;
        for (int i = from; i < end; i++) {
            count += get(i).picture ? 1 : 0;
        }
        return count;
    }

    /** How many of the units from one index to another (exclusive) a signature should cover. */
    int hashed(int from, int end) {
        int count = 0;
        for (int i = from; i < end; i++) {
            count += get(i).kind == Unit.Kind.UNCOVERED ? 0 : 1;
        }
        return count;
    }
}
