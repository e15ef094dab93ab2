package org.camseal.camera.pages;

import java.util.List;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** The event log, for operators. */
final class EventRoutes {
    private static final int PAGE = 50;

    private final EventLog log;

    EventRoutes(EventLog log) {
        this.log = log;
    }

    /**
     * A page of entries, newest first.
     *
     * @param altered what was found wrong at the start
     */
    record View(String head, boolean written, @Nullable String altered, List<EventEntry> entries) {}

    List<PageRoute> routes() {
        return List.of(
                PageRoute.get("/api/events", AccountRole.OPERATOR, this::events),
                PageRoute.get(
                        "/api/events/download",
                        AccountRole.OPERATOR,
                        _ -> WebResponse.bytes("application/jsonl", log.whole()).asDownload("events.jsonl")));
    }

    private WebResponse events(PageRoute.Visit visit) throws WebException.Refused {
        String before = visit.request().query("before").orElse("");
        if (!before.matches("[0-9]{0,18}")) {
            throw WebException.Refused.badRequest("before is the number of an entry");
        }
        return WebResponse.json(new View(
                log.head(),
                log.isWritten(),
                log.altered().orElse(null),
                log.newest(before.isEmpty() ? Long.MAX_VALUE : Long.parseLong(before), PAGE)));
    }
}
