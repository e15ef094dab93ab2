package org.camseal.authority.status;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.CertID;

/** Answers that were signed a moment ago, by what was asked; the one that was least wanted goes first. Safe for use by several threads. */
final class AnswerCache {
    private final Duration kept;
    private final Map<String, OcspAnswer> answers;

    AnswerCache(Duration kept, int most) {
        this.kept = kept;
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, OcspAnswer> eldest) {
                return size() > most;
            }
        };
    }

    Optional<OcspAnswer> find(CertID asked, Instant now) {
        String name = name(asked);
        synchronized (answers) {
            OcspAnswer answer = answers.get(name);
            if (answer == null) {
                return Optional.empty();
            }
            boolean fresh = answer.freshness()
                    .filter(freshness ->
                            now.isBefore(freshness.thisUpdate().plus(kept)) && !now.isBefore(freshness.thisUpdate()))
                    .isPresent();
            if (!fresh) {
                answers.remove(name);
            }
            return fresh ? Optional.of(answer) : Optional.empty();
        }
    }

    void keep(CertID asked, OcspAnswer answer) {
        if (kept.isPositive()) {
            synchronized (answers) {
                answers.put(name(asked), answer);
            }
        }
    }

    private static String name(CertID asked) {
        try {
            return HexFormat.of().formatHex(asked.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
