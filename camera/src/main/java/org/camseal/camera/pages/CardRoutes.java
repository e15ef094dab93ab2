package org.camseal.camera.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.card.CardEvent;
import org.camseal.camera.card.CardRing;
import org.camseal.streaming.server.RecordedStream.Extent;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** What is on the card: from when to when, how much, whether it is written to, and the gaps of the last day. */
final class CardRoutes {
    private static final Duration LOOKED_AT = Duration.ofDays(1);
    private static final int MOST_GAPS = 50;

    private final Optional<CardRing> card;
    private final InstantSource clock;

    CardRoutes(Optional<CardRing> card, InstantSource clock) {
        this.card = card;
        this.clock = clock;
    }

    /**
     * The card.
     *
     * @param set whether the camera has one by its settings
     * @param written whether units reached it when something was last told of it; null before that
     * @param told what that was, in words
     * @param from when the oldest was captured; null where there is nothing
     * @param gaps of the last day, the newest, 50 at most
     */
    record View(
            boolean set,
            @Nullable Boolean written,
            String told,
            @Nullable Instant from,
            @Nullable Instant to,
            long bytes,
            long quotaBytes,
            List<CardRing.Gap> gaps) {}

    List<PageRoute> routes() {
        return List.of(PageRoute.get("/api/card", AccountRole.VIEWER, _ -> WebResponse.json(view())));
    }

    private View view() {
        if (card.isEmpty()) {
            return new View(false, null, "", null, null, 0, 0, List.of());
        }
        CardRing ring = card.get();
        Optional<Extent> extent = ring.extent();
        Instant now = clock.instant();
        List<CardRing.Gap> gaps = ring.gaps(now.minus(LOOKED_AT), now);
        return new View(
                true,
                ring.lastEvent().map(CardEvent.Writing.class::isInstance).orElse(null),
                ring.lastEvent().map(CardEvent::text).orElse(""),
                extent.map(Extent::from).orElse(null),
                extent.map(Extent::to).orElse(null),
                ring.bytes(),
                ring.settings().quotaBytes(),
                gaps.subList(Math.max(0, gaps.size() - MOST_GAPS), gaps.size()));
    }
}
