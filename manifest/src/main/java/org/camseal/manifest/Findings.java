package org.camseal.manifest;

import java.util.ArrayList;
import java.util.List;

/** What was seen in one group: the first sixteen findings, and always the worst. */
final class Findings {
    static final int MAX = 16;

    private final List<Verdict> list = new ArrayList<>();

    void add(Verdict verdict) {
        if (list.size() < MAX) {
            list.add(verdict);
        } else if (verdict.severity() > worst().severity()) {
            list.set(MAX - 1, verdict);
        }
    }

    void forged(Reason reason, String detail, Position position) {
        add(new Verdict.Forged(reason, detail, position));
    }

    void incomplete(Reason reason, String detail, Position position) {
        add(new Verdict.Incomplete(reason, detail, position));
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    boolean has(Reason reason) {
        return list.stream().anyMatch(verdict -> verdict.reason() == reason);
    }

    /** The worst; the first one of several. Not to be called without findings. */
    Verdict worst() {
        Verdict worst = list.getFirst();
        for (Verdict verdict : list) {
            worst = Verdict.worse(worst, verdict);
        }
        return worst;
    }

    List<Verdict> all() {
        return List.copyOf(list);
    }
}
