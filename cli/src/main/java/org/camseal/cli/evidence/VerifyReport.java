package org.camseal.cli.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.SubjectName;
import org.camseal.identity.SignerTrust;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.OpenTail;
import org.camseal.manifest.Signer;
import org.camseal.manifest.StreamVerdict;
import org.camseal.manifest.Verdict;

/** What {@code camseal verify} prints, for readers and for programs. */
final class VerifyReport {
    /** Lines about single groups in the text form; the JSON form has them all. */
    static final int MOST_LINES = 12;

    private VerifyReport() {}

    static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Authentic a -> "authentic";
            case Verdict.Incomplete i -> "incomplete";
            case Verdict.Forged f -> "FORGED";
            case Verdict.Unsigned u -> "UNSIGNED";
        };
    }

    static List<String> text(FileCheck.Report report, boolean rootsNamed) {
        List<String> lines = new ArrayList<>();
        if (report.sealed()) {
            lines.addAll(sealedText(report, rootsNamed));
        } else {
            lines.add(report.file() + ": "
                    + report.signing().map(SignedLines::word).orElse("nothing to judge"));
        }
        lines.add(1, row("layers", layers(report)));
        if (report.signing().isPresent() && report.sealed()) {
            lines.add(row("inside", SignedLines.word(report.signing().get()) + ", by the signature inside"));
        }
        report.signing().ifPresent(signing -> lines.addAll(SignedLines.text(signing, rootsNamed)));
        if (report.damage() != null) {
            lines.add(row("damaged", report.damage() + "; what could be read is judged above"));
        }
        return lines;
    }

    private static String layers(FileCheck.Report report) {
        List<String> seen = new ArrayList<>();
        if (report.sealed()) {
            seen.add("sealed");
        }
        long signing =
                report.signing().map(found -> found.signing().signingSei()).orElse(0L);
        long axis = report.signing().map(found -> found.signing().axisSei()).orElse(0L);
        if (signing > 0) {
            seen.add("signed (ONVIF Media Signing)");
        }
        if (axis > 0) {
            seen.add("signed in Axis's own format, which this program cannot check");
        }
        return seen.isEmpty() ? "none: neither sealed nor signed" : String.join("; ", seen);
    }

    private static List<String> layerNames(FileCheck.Report report) {
        List<String> seen = new ArrayList<>();
        if (report.sealed()) {
            seen.add("sealed");
        }
        report.signing().ifPresent(found -> {
            if (found.signing().signingSei() > 0) {
                seen.add("onvif-media-signing");
            }
            if (found.signing().axisSei() > 0) {
                seen.add("axis-signed-video");
            }
        });
        return seen;
    }

    private static List<String> sealedText(FileCheck.Report report, boolean rootsNamed) {
        StreamVerdict verdict = report.verdict();
        List<String> lines = new ArrayList<>();
        lines.add(
                report.file() + ": " + verdict.overall().map(VerifyReport::word).orElse("nothing to judge"));
        if (verdict.start().isPresent() && verdict.end().isPresent()) {
            lines.add(row(
                    "recorded",
                    verdict.start().get() + " to " + verdict.end().get() + " UTC, as signed by the camera"));
        }
        lines.add(row("groups", counts(verdict)));
        for (Signer signer : verdict.signers()) {
            lines.add(row(
                    "signer",
                    signerLine(signer, Optional.ofNullable(report.trust().get(signer)), rootsNamed)));
        }
        for (GroupReport group : report.remarkable()
                .subList(0, Math.min(MOST_LINES, report.remarkable().size()))) {
            lines.add(line(group));
        }
        if (report.remarkable().size() > MOST_LINES) {
            lines.add(row("", "and " + (report.remarkable().size() - MOST_LINES) + " more; --json --groups lists all"));
        }
        verdict.openTail().ifPresent(tail -> lines.add(row("open tail", tailLine(tail))));
        return lines;
    }

    private static String signerLine(Signer signer, Optional<SignerTrust> trust, boolean rootsNamed) {
        if (!rootsNamed || trust.isEmpty()) {
            return "says it is camera " + signer.camera() + " (" + SubjectName.of(signer.leaf())
                    + "); not checked, name its --root";
        }
        return switch (trust.get()) {
            case SignerTrust.Trusted ours ->
                "camera " + ours.serial() + " (" + ours.name() + "), ours: under " + SubjectName.of(ours.root());
            case SignerTrust.Untrusted stranger -> "NOT OURS: " + stranger.detail();
        };
    }

    private static String tailLine(OpenTail tail) {
        Duration length = Duration.between(tail.from().capturedAt(), tail.to().capturedAt());
        return tail.units() + " units, " + String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0)
                + " at the end that nobody vouches for: the next file's first manifest would"
                + (tail.isTorn() ? "; the file ends in the middle of a picture or frame" : "");
    }

    private static String counts(StreamVerdict verdict) {
        List<String> parts = new ArrayList<>();
        add(parts, verdict.authentic(), "authentic");
        add(parts, verdict.incomplete(), "incomplete");
        add(parts, verdict.forged(), "forged");
        add(parts, verdict.unsigned(), "unsigned");
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    static void add(List<String> parts, long count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-10s %s", name, value);
    }

    static String line(GroupReport group) {
        String when = group.manifest()
                .map(manifest -> manifest.start() + " to " + manifest.end())
                .orElse(group.first().capturedAt() + " to " + group.last().capturedAt() + " by the container's clock");
        return row(
                word(group.verdict()),
                when + ": " + group.verdict().detail() + " [" + group.verdict().reason() + ", "
                        + group.verdict().position() + "]");
    }

    static Map<String, Object> unreadable(Path file, CommandFailure failure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("error", String.valueOf(failure.getMessage()));
        object.put("exitCode", failure.exitCode().number());
        return object;
    }

    static Map<String, Object> json(FileCheck.Report report, ExitCode code, Optional<List<Object>> all) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", report.file().toString());
        object.put("layers", layerNames(report));
        object.put("exitCode", code.number());
        if (report.sealed()) {
            object.putAll(sealedJson(report));
            Json.put(object, "signing", report.signing().map(SignedLines::json));
        } else {
            report.signing().ifPresent(signing -> object.putAll(SignedLines.json(signing)));
        }
        Json.put(object, "allGroups", all);
        Json.put(object, "damaged", Optional.ofNullable(report.damage()));
        return object;
    }

    private static Map<String, Object> sealedJson(FileCheck.Report report) {
        StreamVerdict verdict = report.verdict();
        Map<String, Object> object = new LinkedHashMap<>();
        Json.put(object, "verdict", verdict.overall().map(v -> word(v).toLowerCase(Locale.ROOT)));
        Json.put(object, "reason", verdict.overall().map(v -> v.reason().name()));
        Json.put(object, "start", verdict.start().map(Object::toString));
        Json.put(object, "end", verdict.end().map(Object::toString));
        object.put(
                "groups",
                Map.of(
                        "authentic", verdict.authentic(),
                        "incomplete", verdict.incomplete(),
                        "forged", verdict.forged(),
                        "unsigned", verdict.unsigned()));
        object.put(
                "signers",
                verdict.signers().stream()
                        .map(signer -> signer(
                                signer, Optional.ofNullable(report.trust().get(signer))))
                        .toList());
        object.put(
                "findings",
                report.remarkable().stream().map(VerifyReport::group).toList());
        Json.put(
                object,
                "openTail",
                verdict.openTail()
                        .map(tail -> Map.of(
                                "units", tail.units(),
                                "torn", tail.isTorn(),
                                "from", tail.from().capturedAt().toString(),
                                "to", tail.to().capturedAt().toString())));
        return object;
    }

    private static Map<String, Object> signer(Signer signer, Optional<SignerTrust> trust) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("camera", signer.camera());
        object.put("subject", SubjectName.of(signer.leaf()));
        object.put(
                "trust",
                trust.map(answer -> switch (answer) {
                            case SignerTrust.Trusted t -> "trusted";
                            case SignerTrust.Untrusted u -> "untrusted";
                        })
                        .orElse("not checked"));
        if (trust.isPresent() && trust.get() instanceof SignerTrust.Untrusted stranger) {
            object.put("trustReason", stranger.reason().name());
            object.put("trustDetail", stranger.detail());
        }
        return object;
    }

    static Map<String, Object> group(GroupReport group) {
        Map<String, Object> object = new LinkedHashMap<>();
        group.manifest().ifPresent(manifest -> {
            object.put("manifest", manifest.number());
            object.put("camera", manifest.stream().camera());
            object.put("start", manifest.start().toString());
            object.put("end", manifest.end().toString());
        });
        object.put("verdict", word(group.verdict()).toLowerCase(Locale.ROOT));
        object.put("reason", group.verdict().reason().name());
        object.put("detail", group.verdict().detail());
        object.put("firstUnit", group.first().accessUnit());
        object.put("lastUnit", group.last().accessUnit());
        return object;
    }
}
