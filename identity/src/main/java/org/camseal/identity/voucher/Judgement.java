package org.camseal.identity.voucher;

import java.util.List;

/**
 * Who vouches, and what speaks against it.
 *
 * @param voucher who
 * @param weaknesses what makes it prove less; empty if nothing was found
 */
public record Judgement(Voucher voucher, List<Weakness> weaknesses) {
    public Judgement {
        weaknesses = List.copyOf(weaknesses);
    }

    /** Whether that weakness was found. */
    public boolean has(Weakness.Kind kind) {
        return weaknesses.stream().anyMatch(weakness -> weakness.kind() == kind);
    }

    /** What it proves and what not, in plain words. */
    public Meaning meaning() {
        return Meaning.of(voucher);
    }
}
