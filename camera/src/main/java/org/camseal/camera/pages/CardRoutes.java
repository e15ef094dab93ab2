package org.camseal.camera.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
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
     * @param told why it is not, in words; "" where it is
     * @param cause why it is not written to: {@code missing}, {@code full}, {@code refused} or {@code slow}; "" where it is
     * @param since from when of capture on that has been so; null before anything was told
     * @param from when the oldest was captured; null where there is nothing
     * @param gaps of the last day, the newest, 50 at most
     */
    record View(
            boolean set,
            @Nullable Boolean written,
            String told,
            String cause,
            @Nullable Instant since,
            @Nullable Instant from,
            @Nullable Instant to,
            long bytes,
            long quotaBytes,
            List<CardRing.Gap> gaps) {}

    List<PageRoute> routes() {
        return List.of(PageRoute.get("/api/card", AccountRole.VIEWER, _ -> WebResponse.json(view())));
    }

    private static String detail(CardEvent event) {
        return switch (event) {
            case CardEvent.Writing _ -> "";
            case CardEvent.NotWriting stopped -> stopped.detail();
        };
    }

    private static String cause(CardEvent event) {
        return switch (event) {
            case CardEvent.Writing _ -> "";
            case CardEvent.NotWriting stopped -> stopped.cause().name().toLowerCase(Locale.ROOT);
        };
    }

    private View view() {
        if (card.isEmpty()) {
            return new View(false, null, "", "", null, null, null, 0, 0, List.of());
        }
        CardRing ring = card.get();
        Optional<Extent> extent = ring.extent();
        Instant now = clock.instant();
        List<CardRing.Gap> gaps = ring.gaps(now.minus(LOOKED_AT), now);
        return new View(
                true,
                ring.lastEvent().map(CardEvent.Writing.class::isInstance).orElse(null),
                ring.lastEvent().map(CardRoutes::detail).orElse(""),
                ring.lastEvent().map(CardRoutes::cause).orElse(""),
                ring.lastEvent().map(CardEvent::from).orElse(null),
                extent.map(Extent::from).orElse(null),
                extent.map(Extent::to).orElse(null),
                ring.bytes(),
                ring.settings().quotaBytes(),
                gaps.subList(Math.max(0, gaps.size() - MOST_GAPS), gaps.size()));
    }
}
