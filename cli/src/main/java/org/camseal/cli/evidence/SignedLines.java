package org.camseal.cli.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.SubjectName;
import org.camseal.identity.MediaSignerTrust;
import org.camseal.signing.validation.SignedGroupReport;
import org.camseal.signing.validation.SigningRemark;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.signing.validation.StreamSigner;
import org.camseal.signing.validation.UncoveredTail;

/** What {@code camseal verify} prints of ONVIF signatures, for readers and for programs. */
final class SignedLines {
    private SignedLines() {}

    static String word(SigningVerdict verdict) {
        return switch (verdict) {
            case SigningVerdict.Authentic a -> "authentic";
            case SigningVerdict.Incomplete i -> "incomplete";
            case SigningVerdict.Unsigned u -> "UNSIGNED";
            case SigningVerdict.Forged f -> "FORGED";
        };
    }

    static String word(SigningCheck.Report report) {
        return report.signing().overall().map(SignedLines::word).orElse("nothing to judge");
    }

    static List<String> text(SigningCheck.Report report, boolean rootsNamed) {
        SigningReport signing = report.signing();
        List<String> lines = new ArrayList<>();
        if (signing.start().isPresent() && signing.end().isPresent()) {
            lines.add(VerifyReport.row(
                    "recorded",
                    signing.start().get() + " to " + signing.end().get() + " UTC, as signed by the camera"));
        }
        lines.add(VerifyReport.row("groups", counts(signing)));
        for (StreamSigner signer : signing.signers()) {
            lines.addAll(signer(signer, Optional.ofNullable(report.trust().get(signer)), rootsNamed));
        }
        List<SignedGroupReport> remarkable = report.remarkable();
        for (SignedGroupReport group : remarkable.subList(0, Math.min(VerifyReport.MOST_LINES, remarkable.size()))) {
            lines.add(line(group));
        }
        if (remarkable.size() > VerifyReport.MOST_LINES) {
            lines.add(VerifyReport.row(
                    "", "and " + (remarkable.size() - VerifyReport.MOST_LINES) + " more; --json --groups lists all"));
        }
        for (SigningRemark remark : signing.remarks()) {
            lines.add(VerifyReport.row(
                    "remark", remark.detail() + " [" + remark.kind() + ", " + remark.position() + "]"));
        }
        signing.openTail().ifPresent(tail -> lines.add(VerifyReport.row("open tail", tail(tail))));
        return lines;
    }

    private static List<String> signer(StreamSigner signer, Optional<MediaSignerTrust> trust, boolean rootsNamed) {
        String subject =
                SubjectName.of(signer.leaf()) + (signer.userProvisioned() ? " (a key of the camera's user)" : "");
        List<String> lines = new ArrayList<>();
        if (!rootsNamed || trust.isEmpty()) {
            lines.add(VerifyReport.row("signer", "says it is " + subject + "; not checked, name its --root"));
            return lines;
        }
        switch (trust.get()) {
            case MediaSignerTrust.Trusted ours -> {
                lines.add(VerifyReport.row("signer", subject + ", under " + SubjectName.of(ours.root())));
                ours.notes().forEach(note -> lines.add(VerifyReport.row("note", note.detail())));
            }
            case MediaSignerTrust.Untrusted stranger ->
                lines.add(VerifyReport.row("signer", "NOT OURS: " + stranger.detail()));
        }
        return lines;
    }

    private static String tail(UncoveredTail tail) {
        return tail.pictures() + " pictures at the end, from " + tail.from().time() + " to "
                + tail.to().time() + ", that no signature covers yet: whoever has the file may have altered them";
    }

    private static String counts(SigningReport signing) {
        List<String> parts = new ArrayList<>();
        VerifyReport.add(parts, signing.authentic(), "authentic");
        VerifyReport.add(parts, signing.incomplete(), "incomplete");
        VerifyReport.add(parts, signing.unsigned(), "unsigned");
        VerifyReport.add(parts, signing.forged(), "forged");
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    static String line(SignedGroupReport group) {
        String when = group.group()
                .map(said -> said.start() + said.end().map(end -> " to " + end).orElse(""))
                .orElse(group.first().time() + " to " + group.last().time() + " in this file");
        SigningVerdict verdict = group.verdict();
        return VerifyReport.row(
                word(verdict),
                when + ": " + verdict.detail() + " [" + verdict.reason() + ", " + verdict.position() + "]");
    }

    static Map<String, Object> json(SigningCheck.Report report) {
        SigningReport signing = report.signing();
        Map<String, Object> object = new LinkedHashMap<>();
        Json.put(object, "verdict", signing.overall().map(v -> word(v).toLowerCase(Locale.ROOT)));
        Json.put(object, "reason", signing.overall().map(v -> v.reason().name()));
        Json.put(object, "start", signing.start().map(Object::toString));
        Json.put(object, "end", signing.end().map(Object::toString));
        object.put(
                "groups",
                Map.of(
                        "authentic", signing.authentic(),
                        "incomplete", signing.incomplete(),
                        "forged", signing.forged(),
                        "unsigned", signing.unsigned()));
        object.put(
                "signers",
                signing.signers().stream()
                        .map(signer -> signerJson(
                                signer, Optional.ofNullable(report.trust().get(signer))))
                        .toList());
        object.put(
                "findings", report.remarkable().stream().map(SignedLines::group).toList());
        object.put(
                "remarks",
                signing.remarks().stream()
                        .map(remark -> Map.of(
                                "kind", remark.kind().name(),
                                "detail", remark.detail(),
                                "picture", remark.position().accessUnit()))
                        .toList());
        Json.put(
                object,
                "openTail",
                signing.openTail()
                        .map(tail -> Map.of(
                                "units", tail.nalUnits(),
                                "pictures", tail.pictures(),
                                "from", seconds(tail.from().time()),
                                "to", seconds(tail.to().time()))));
        object.put("signingSei", signing.signingSei());
        object.put("axisSei", signing.axisSei());
        return object;
    }

    private static double seconds(org.camseal.media.MediaTime time) {
        return time.toDuration().toMillis() / 1000.0;
    }

    private static Map<String, Object> signerJson(StreamSigner signer, Optional<MediaSignerTrust> trust) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("subject", SubjectName.of(signer.leaf()));
        object.put("userProvisioned", signer.userProvisioned());
        signer.vendor().ifPresent(vendor -> {
            object.put("manufacturer", vendor.manufacturer());
            object.put("serialNumber", vendor.serialNumber());
            object.put("firmwareVersion", vendor.firmwareVersion());
        });
        switch (trust.orElse(null)) {
            case null -> object.put("trust", "not checked");
            case MediaSignerTrust.Trusted ours -> {
                object.put("trust", "trusted");
                object.put("root", SubjectName.of(ours.root()));
                object.put(
                        "notes",
                        ours.notes().stream()
                                .map(note -> Map.of("kind", note.kind().name(), "detail", note.detail()))
                                .toList());
            }
            case MediaSignerTrust.Untrusted stranger -> {
                object.put("trust", "untrusted");
                object.put("trustReason", stranger.reason().name());
                object.put("trustDetail", stranger.detail());
            }
        }
        return object;
    }

    static Map<String, Object> group(SignedGroupReport group) {
        Map<String, Object> object = new LinkedHashMap<>();
        group.group().ifPresent(said -> {
            object.put("counter", said.counter());
            object.put("start", said.start().toString());
            said.end().ifPresent(end -> object.put("end", end.toString()));
        });
        SigningVerdict verdict = group.verdict();
        object.put("verdict", word(verdict).toLowerCase(Locale.ROOT));
        object.put("reason", verdict.reason().name());
        object.put("detail", verdict.detail());
        object.put("nalUnits", group.nalUnits());
        object.put("firstUnit", group.first().accessUnit());
        object.put("lastUnit", group.last().accessUnit());
        object.put("from", seconds(group.first().time()));
        object.put("to", seconds(group.last().time()));
        return object;
    }
}
