package org.camseal.cli.authority;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.log.LogFault;
import org.camseal.authority.log.LogVerdict;
import org.camseal.authority.log.SerialHistory;
import org.camseal.cli.command.Json;

/** What {@code camseal authority log check} prints. */
final class LogReport {
    private LogReport() {}

    static List<String> lines(String origin, LogVerdict verdict) {
        List<String> lines = new ArrayList<>();
        switch (verdict) {
            case LogVerdict.Sound sound -> {
                lines.add(
                        origin + ": everything holds for " + sound.checkpoint().size() + " entries with root "
                                + sound.checkpoint().root());
                lines.add("  " + sound.counts().issued() + " certificates issued, "
                        + sound.counts().retired() + " retired; "
                        + sound.counts().live() + " live, no two of one serial and profile");
                if (sound.seenBefore() > 0) {
                    lines.add("  the " + sound.seenBefore() + " entries that were seen before are unchanged");
                }
                sound.histories().forEach(history -> lines.add(line(history)));
            }
            case LogVerdict.Broken broken -> {
                lines.add(origin + ": " + word(broken.fault()) + " at " + broken.place() + ": " + broken.detail());
                broken.evidence().ifPresent(evidence -> {
                    lines.add("  both of these are signed by the log, and contradict each other:");
                    lines.add("");
                    evidence.seenBefore().toString().lines().forEach(lines::add);
                    lines.add("");
                    evidence.seenNow().toString().lines().forEach(lines::add);
                });
            }
        }
        return lines;
    }

    private static String word(LogFault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String line(SerialHistory history) {
        String serial = history.entries().getFirst().entry().serial();
        String name = "  " + serial + " " + history.profile().label() + ": ";
        return name
                + history.live()
                        .map(live ->
                                "exactly one live certificate, entry " + live.index() + ", proven to be in the tree")
                        .orElse("no live certificate")
                + " (" + history.entries().size() + " entries in all)";
    }

    static Map<String, Object> json(String origin, LogVerdict verdict) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("log", origin);
        switch (verdict) {
            case LogVerdict.Sound sound -> {
                object.put("verdict", "sound");
                object.put("size", sound.checkpoint().size());
                object.put("root", sound.checkpoint().root().base64());
                object.put("seenBefore", sound.seenBefore());
                object.put("issued", sound.counts().issued());
                object.put("retired", sound.counts().retired());
                object.put("live", sound.counts().live());
                object.put(
                        "serial",
                        sound.histories().stream().map(LogReport::json).toList());
            }
            case LogVerdict.Broken broken -> {
                object.put("verdict", word(broken.fault()));
                object.put("place", broken.place());
                object.put("detail", broken.detail());
                broken.evidence()
                        .ifPresent(evidence -> object.put(
                                "evidence",
                                List.of(
                                        evidence.seenBefore().toString(),
                                        evidence.seenNow().toString())));
            }
        }
        return object;
    }

    private static Map<String, Object> json(SerialHistory history) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("profile", history.profile().label());
        object.put("entries", history.entries().stream().map(LogReport::json).toList());
        Json.put(object, "live", history.live().map(SerialHistory.Proven::index));
        Json.put(object, "proof", history.live().map(live -> live.proof().text()));
        return object;
    }

    private static Map<String, Object> json(SerialHistory.Numbered numbered) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("index", numbered.index());
        switch (numbered.entry()) {
            case LogEntry.Issued _ -> object.put("kind", "issued");
            case LogEntry.Retired retired -> {
                object.put("kind", "retired");
                object.put("at", retired.revoked().at().toString());
                object.put("reason", retired.revoked().reason().name().toLowerCase(Locale.ROOT));
            }
        }
        return object;
    }
}
