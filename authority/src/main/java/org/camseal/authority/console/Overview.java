package org.camseal.authority.console;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.Checkpoint;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.Register;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the head of the page.
 *
 * @param operator who looks; null if it is not known who
 * @param unordered why certificates were not given for cameras that no order names, and how often
 */
record Overview(
        String now,
        @Nullable String operator,
        long issued,
        long revoked,
        long intents,
        long openDisputes,
        long auditEntries,
        SortedMap<String, Long> unordered,
        LogHead log) {

    /**
     * The log's newest checkpoint.
     *
     * @param size 0 before the first
     * @param root in base64, as checkpoints have it
     * @param waiting leaves that the next checkpoint will cover
     */
    record LogHead(String origin, long size, String root, long waiting) {}

    static Overview of(Register register, TransparencyLog log, Optional<String> operator) throws AuthorityException {
        Optional<Checkpoint> head = log.head();
        long size = head.map(Checkpoint::size).orElse(0L);
        Register.Totals totals = register.totals();
        return new Overview(
                register.now().toString(),
                operator.orElse(null),
                totals.issued(),
                totals.revoked(),
                totals.intents(),
                totals.openDisputes(),
                totals.auditEntries(),
                register.notGiven().getOrDefault("", Collections.emptySortedMap()),
                new LogHead(
                        log.key().origin(),
                        size,
                        head.map(checkpoint -> checkpoint.root().toString()).orElse(""),
                        Math.max(0, register.leaves().size() - size)));
    }
}
