package org.camseal.cli.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.SubjectName;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.PackageTrailer;
import org.camseal.manifest.SealedPackage;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.SessionCertificate;
import org.camseal.manifest.SignedManifest;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.headers.SliceHeaderReaders;
import org.camseal.seal.Grant;
import org.camseal.seal.Grants;
import org.camseal.seal.SealException;
import org.jspecify.annotations.Nullable;

/** Counts what a sealed file is made of, unit by unit, and what sealing added to it. Judges nothing: that is {@link FileCheck}. */
final class SealedAccount {
    /** Own SEI of one kind: how many, and their bytes. */
    static final class Tally {
        long count;
        long bytes;

        void add(long more) {
            count++;
            bytes += more;
        }
    }

    /** One track of the file. */
    static final class TrackAccount {
        final Track track;
        final Map<Suite, Long> packages = new EnumMap<>(Suite.class);
        long units;
        long keyUnits;
        long bytes;
        long trailerBytes;
        long clearUnits;

        @Nullable
        AccessUnit first;

        @Nullable
        AccessUnit last;

        TrackAccount(Track track) {
            this.track = track;
        }

        /** Seconds from the first unit's decode time to the last one's; 0 with fewer than two units. */
        double seconds() {
            return first == null || last == null
                    ? 0
                    : last.decodeTime()
                                    .toDuration()
                                    .minus(first.decodeTime().toDuration())
                                    .toNanos()
                            / 1e9;
        }
    }

    /** Bounds what a file of nothing but epochs makes us remember. */
    private static final int MOST_EPOCHS = 10_000;

    final Map<Integer, TrackAccount> tracks = new LinkedHashMap<>();
    final Map<SealedSei.Kind, Tally> own = new EnumMap<>(SealedSei.Kind.class);
    final Set<String> epochs = new LinkedHashSet<>();
    final Set<String> recipients = new LinkedHashSet<>();
    final Set<String> streams = new LinkedHashSet<>();
    final Set<String> signers = new LinkedHashSet<>();
    final List<String> oddities = new ArrayList<>();
    long unreadable;
    private long sealedSeiOverhead;
    private final Map<Integer, SliceHeaders> headers = new LinkedHashMap<>();

    SealedAccount(List<Track> declared) {
        for (SealedSei.Kind kind : SealedSei.Kind.values()) {
            own.put(kind, new Tally());
        }
        for (Track track : declared) {
            tracks.put(track.number(), new TrackAccount(track));
            if (track.format() instanceof VideoFormat video) {
                SliceHeaders known = SliceHeaderReaders.of(video.codec());
                video.parameterSets().forEach(nal -> learn(known, nal));
                headers.put(track.number(), known);
            }
        }
    }

    void add(AccessUnit unit) {
        TrackAccount account = tracks.get(unit.track());
        if (account == null) {
            return;
        }
        account.units++;
        account.bytes += unit.sizeBytes();
        account.first = account.first == null ? unit : account.first;
        account.last = unit;
        if (unit instanceof VideoUnit video) {
            account.keyUnits += video.isKey() ? 1 : 0;
            video.nalUnits().forEach(this::countOwn);
        }
        try {
            SealedUnit sealed = SealedUnit.parse(unit, account.track.format());
            for (SealedPackage one : sealed.packages()) {
                account.packages.merge(one.trailer().suite(), 1L, Long::sum);
                if (one.form() != SealedPackage.Form.SEI) {
                    account.trailerBytes += trailer(one, account.track.format().codec(), unit);
                }
            }
        } catch (ManifestException.NotSealed clear) {
            account.clearUnits++;
            if (oddities.size() < 5) {
                oddities.add("unit " + (account.units - 1) + " of track " + unit.track() + ": "
                        + Fault.oneLine(clear.getMessage()));
            }
        }
    }

    /** What sealing added to a package: the trailer, the emulation prevention of ciphertext, and AAC's inserted byte. */
    private long trailer(SealedPackage one, Codec codec, AccessUnit unit) {
        if (unit instanceof AudioUnit) {
            return PackageTrailer.LENGTH + (codec == Codec.AAC ? 1L : 0L);
        }
        SliceHeaders known = headers.get(unit.track());
        if (known == null) {
            return PackageTrailer.LENGTH;
        }
        byte[] bytes = one.sealedBytes();
        try {
            if (unit instanceof VideoUnit video) {
                for (NalUnit nal : video.nalUnits()) {
                    if (nal.isParameterSet()) {
                        known.accept(nal);
                    }
                }
            }
            int clear = known.clearLength(NalUnit.of(codec, bytes));
            return PackageTrailer.LENGTH + preventionBytes(bytes, clear);
        } catch (MediaException e) {
            return PackageTrailer.LENGTH;
        }
    }

    /** Emulation prevention bytes from a place on: a 3 behind two zeros. */
    private static long preventionBytes(byte[] bytes, int from) {
        long count = 0;
        for (int i = Math.max(from, 2); i < bytes.length; i++) {
            if (bytes[i] == 3 && bytes[i - 1] == 0 && bytes[i - 2] == 0) {
                count++;
            }
        }
        return count;
    }

    private void countOwn(NalUnit nal) {
        try {
            SealedSei sei = SealedSei.find(nal).orElse(null);
            if (sei == null) {
                return;
            }
            Tally tally = own.get(sei.kind());
            if (tally != null) {
                tally.add(nal.length());
            }
            if (sei.kind() == SealedSei.Kind.PACKAGE) {
                // What is left of it without C is header, UUID, trailer, emulation prevention and stop bit.
                sealedSeiOverhead += nal.length() - Math.max(0, sei.body().length - PackageTrailer.LENGTH);
            }
            read(sei);
        } catch (ManifestException | SealException e) {
            unreadable++;
            if (oddities.size() < 5) {
                oddities.add(Fault.oneLine(e.getMessage()));
            }
        }
    }

    private void read(SealedSei sei) throws ManifestException, SealException {
        switch (sei.kind()) {
            case MANIFEST -> {
                SignedManifest signed = SignedManifest.parse(sei.body());
                streams.add("camera " + signed.manifest().stream().camera() + ", stream "
                        + signed.manifest().stream().stream());
                epoch(signed.manifest().run() + " epoch "
                        + signed.manifest().announced().number());
            }
            case GRANTS -> {
                Grants grants = Grants.parse(sei.body());
                epoch(grants.epoch().run() + " epoch " + grants.epoch().number());
                for (Grant grant : grants.grants()) {
                    recipients.add("key " + grant.recipient());
                }
            }
            case SESSION_CERTIFICATE -> {
                SessionCertificate certificate = SessionCertificate.verify(sei.body());
                signers.add(SubjectName.of(certificate.signer().leaf()));
            }
            case PACKAGE -> {}
        }
    }

    private void epoch(String name) {
        if (epochs.size() < MOST_EPOCHS) {
            epochs.add("run " + name);
        }
    }

    /** Bytes that sealing added, by what added them: own SEI but for the sealed SEI inside them, and trailers. */
    Map<String, Long> overhead() {
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put(
                "packages",
                tracks.values().stream().mapToLong(track -> track.trailerBytes).sum());
        parts.put("manifests", bytes(SealedSei.Kind.MANIFEST));
        parts.put("grants", bytes(SealedSei.Kind.GRANTS));
        parts.put("certificates", bytes(SealedSei.Kind.SESSION_CERTIFICATE));
        parts.put("sealedSei", sealedSeiOverhead);
        return parts;
    }

    private long bytes(SealedSei.Kind kind) {
        Tally tally = own.get(kind);
        return tally == null ? 0 : tally.bytes;
    }

    /** All of {@link #overhead}. */
    long overheadBytes() {
        return overhead().values().stream().mapToLong(Long::longValue).sum();
    }

    long sealedBytes() {
        return tracks.values().stream().mapToLong(track -> track.bytes).sum();
    }

    private static void learn(SliceHeaders known, NalUnit nal) {
        try {
            known.accept(nal);
        } catch (MediaException e) {
            return; // a parameter set that cannot be read leaves its slices' emulation prevention uncounted
        }
    }
}
