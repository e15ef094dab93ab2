package org.camseal.cli.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.Reason;
import org.camseal.manifest.Signer;
import org.camseal.manifest.StreamVerdict;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;
import org.camseal.signing.validation.SignedGroupReport;
import org.jspecify.annotations.Nullable;

/** Checks one file: is it untouched, and whose is it? Sealed video needs no content key for that; one shows the signature inside too. */
final class FileCheck {
    /**
     * What was found.
     *
     * @param sealed true if the file has packages, manifests or grants: then {@code verdict} counts
     * @param remarkable groups that are not plainly authentic, in order, at most {@link #MOST_REMARKABLE}
     * @param trust per signer of manifests; empty where no root was named
     * @param signing what ONVIF signatures say: of clear video always, of sealed video where they can be seen
     * @param ends its first and last manifest, not judged by themselves; empty where it has none
     * @param damage why reading ended early; null where the file was read to its end
     */
    record Report(
            Path file,
            boolean sealed,
            StreamVerdict verdict,
            List<GroupReport> remarkable,
            Map<Signer, SignerTrust> trust,
            Optional<SigningCheck.Report> signing,
            Optional<Seam.Ends> ends,
            @Nullable String damage) {
        ExitCode exitCode(boolean strict, boolean expectSigned) {
            ExitCode code = sealed ? sealedExitCode(strict) : ExitCode.DONE;
            if (signing.isPresent()) {
                code = code.worse(signing.get().exitCode(strict, expectSigned));
            }
            return damage == null ? code : code.worse(ExitCode.INCOMPLETE);
        }

        /** True where something contradicts the camera, so that nothing else in the file counts. */
        boolean isForged() {
            return verdict.forged() > 0;
        }

        private ExitCode sealedExitCode(boolean strict) {
            Optional<Verdict> overall = verdict.overall();
            if (overall.isPresent() && overall.get().severity() >= 2) {
                return ExitCode.NOT_AUTHENTIC;
            }
            if (trust.values().stream().anyMatch(answer -> answer instanceof SignerTrust.Untrusted)) {
                return ExitCode.KEY; // untouched and ours are two questions
            }
            boolean open = strict && verdict.openTail().isPresent();
            return overall.isEmpty() || overall.get().severity() == 1 || open ? ExitCode.INCOMPLETE : ExitCode.DONE;
        }
    }

    /** More would not be read by anybody. */
    static final int MOST_REMARKABLE = 1000;

    private final Optional<TrustEvaluator> roots;
    private final Optional<RecipientKey> key;
    private final InstantSource clock;
    private final Consumer<GroupReport> eachGroup;
    private final Consumer<SignedGroupReport> eachSigned;

    /**
     * @param key opens sealed video, to see the signature inside
     * @param clock to say which certificates have expired since
     */
    FileCheck(
            Optional<TrustEvaluator> roots,
            Optional<RecipientKey> key,
            InstantSource clock,
            Consumer<GroupReport> eachGroup,
            Consumer<SignedGroupReport> eachSigned) {
        this.roots = roots;
        this.key = key;
        this.clock = clock;
        this.eachGroup = eachGroup;
        this.eachSigned = eachSigned;
    }

    /**
     * Checks a file.
     *
     * @param next the file that was recorded next, if it is known: the first manifest or SEI in it covers the end of this one
     */
    Report check(Path file, Optional<Path> next) throws IOException, MediaException, CommandFailure {
        try (UnitReader reader = MediaFiles.open(file)) {
            return check(file, next, reader);
        } catch (MediaException headers) {
            Optional<Codec> codec = MediaFiles.byteStreamCodec(file);
            if (codec.isEmpty()) {
                throw headers;
            }
            String damage = Fault.oneLine(headers.getMessage());
            return new Report(
                    file,
                    false,
                    new ManifestChecker(raw(file, codec.get()).tracks()).verdict(),
                    List.of(),
                    Map.of(),
                    Optional.of(signedRaw(file, codec.get())),
                    Optional.empty(),
                    damage);
        }
    }

    private Report check(Path file, Optional<Path> next, UnitReader reader)
            throws IOException, MediaException, CommandFailure {
        Track video = reader.tracks().stream()
                .filter(track -> track.format().codec().isVideo())
                .findFirst()
                .orElseThrow(() -> new CommandFailure(ExitCode.IO, file + ": no H.264 or H.265 video in it", null));
        boolean byteStream = MediaFiles.byteStreamCodec(file).isPresent();
        List<SignedGroupReport> signedGroups = new ArrayList<>();
        SigningCheck signing = new SigningCheck(video, !byteStream, signedGroups::add);
        ManifestChecker checker = new ManifestChecker(reader.tracks());
        List<GroupReport> remarkable = new ArrayList<>();
        List<GroupReport> all = new ArrayList<>();
        String damage = null;
        Optional<Seam.Ends> ends = Optional.empty();
        try {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                keep(checker.accept(unit), remarkable, all);
                signing.accept(unit);
                ends = Seam.Ends.with(ends, ManifestUnit.manifestIn(unit));
            }
        } catch (MediaException e) {
            damage = Fault.oneLine(e.getMessage());
        }
        if (damage == null && next.isPresent()) {
            if (ends.isPresent()) {
                for (AccessUnit unit : ManifestUnit.following(ends.get().last(), next.get())) {
                    keep(checker.accept(unit), remarkable, all);
                }
            }
            follow(signing, next.get());
        }
        keep(checker.finish(), remarkable, all);
        StreamVerdict verdict = checker.verdict();
        boolean sealed = isSealed(verdict);
        SigningCheck.Report signed = signing.finish(roots, clock);
        if (sealed) {
            all.forEach(eachGroup);
            Optional<SigningCheck.Report> visible = signed.isPresent() ? Optional.of(signed) : inside(file);
            return new Report(file, true, verdict, remarkable, trust(verdict), visible, ends, damage);
        }
        if (damage != null && byteStream) {
            // What stands behind a header that cannot be read is judged too: it may be what was altered.
            signed = signedRaw(file, video.format().codec());
        } else {
            signedGroups.forEach(eachSigned);
        }
        return new Report(file, false, verdict, List.of(), Map.of(), Optional.of(signed), Optional.empty(), damage);
    }

    /** Clear video has nothing but stretches that are not sealed. */
    private static boolean isSealed(StreamVerdict verdict) {
        return verdict.authentic() + verdict.incomplete() + verdict.forged() > 0
                || verdict.overall().isEmpty()
                || verdict.overall().get().reason() != Reason.NOT_SEALED;
    }

    private static void follow(SigningCheck signing, Path next) {
        try (UnitReader reader = MediaFiles.open(next)) {
            AccessUnit unit = reader.next();
            for (int i = 0; unit != null && signing.acceptNext(unit, i); i++) {
                unit = reader.next();
            }
        } catch (IOException | MediaException unreadable) {
            return; // it is judged in its own turn
        }
    }

    private SigningCheck.Report signedRaw(Path file, Codec codec) throws IOException {
        try (UnitReader reader = raw(file, codec)) {
            SigningCheck signing = new SigningCheck(reader.tracks().getFirst(), false, eachSigned);
            try {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    signing.accept(unit);
                }
            } catch (MediaException broken) {
                return signing.finish(roots, clock); // not even NAL units any more; the damage is reported beside
            }
            return signing.finish(roots, clock);
        }
    }

    private static UnitReader raw(Path file, Codec codec) throws IOException {
        return RawByteStream.open(file, codec);
    }

    /** The signature inside of sealed video; empty without a key that opens it, or where there is none. */
    private Optional<SigningCheck.Report> inside(Path file) throws IOException, MediaException {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try (Opener opener = OpenedFile.openerFor(file, key.get(), signer -> true);
                UnitReader reader = MediaFiles.open(file)) {
            Track video = reader.tracks().stream()
                    .filter(track -> track.format().codec().isVideo())
                    .findFirst()
                    .orElseThrow();
            SigningCheck signing = new SigningCheck(video, true, eachSigned);
            long opened = 0;
            try {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    if (opener.open(unit) instanceof Opening.Opened done) {
                        signing.accept(done.unit());
                        opened++;
                    }
                }
            } catch (MediaException damaged) {
                opened = Math.max(opened, 0); // the first reading met the same damage and reported it
            }
            SigningCheck.Report report = signing.finish(roots, clock);
            return opened > 0 && report.isPresent() ? Optional.of(report) : Optional.empty();
        }
    }

    private static void keep(List<GroupReport> reports, List<GroupReport> remarkable, List<GroupReport> all) {
        for (GroupReport report : reports) {
            all.add(report);
            if (!(report.verdict() instanceof Verdict.Authentic) && remarkable.size() < MOST_REMARKABLE) {
                remarkable.add(report);
            }
        }
    }

    private Map<Signer, SignerTrust> trust(StreamVerdict verdict) {
        Map<Signer, SignerTrust> answers = new LinkedHashMap<>();
        if (roots.isPresent()) {
            Instant recorded = verdict.start().orElse(Instant.EPOCH);
            for (Signer signer : verdict.signers()) {
                answers.put(signer, judge(roots.get(), signer, recorded));
            }
        }
        return answers;
    }

    /** A chain under our root counts only for the camera it names. */
    static SignerTrust judge(TrustEvaluator roots, Signer signer, Instant recorded) {
        SignerTrust trust = roots.evaluate(signer.chain(), recorded, Purpose.MEDIA_SIGNING);
        return switch (trust) {
            case SignerTrust.Untrusted untrusted -> untrusted;
            case SignerTrust.Trusted trusted ->
                trusted.serial().equals(signer.camera())
                        ? trusted
                        : new SignerTrust.Untrusted(
                                SignerTrust.Reason.WRONG_PURPOSE,
                                "the certificate is camera " + trusted.serial() + "'s, the video says it is camera "
                                        + signer.camera() + "'s");
        };
    }
}
