package org.camseal.seal;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.headers.SliceHeaderReaders;

/** Whole sealed streams of the small clips, good and bad, made of names (vectors/README.md). */
final class StreamVectors {
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");

    private final Map<String, VectorFile> all = new LinkedHashMap<>();
    private final KeyPair recipient = KnownKeys.ec("recipient");

    static Map<String, VectorFile> all() throws Exception {
        StreamVectors vectors = new StreamVectors();
        vectors.add("stream-h264-aes", Codec.H264, SuiteChoice.AES_256_GCM);
        vectors.add("stream-h264-chacha", Codec.H264, SuiteChoice.CHACHA20_POLY1305);
        vectors.add("stream-h265-aes", Codec.H265, SuiteChoice.AES_256_GCM);
        vectors.add("stream-h265-chacha", Codec.H265, SuiteChoice.CHACHA20_POLY1305);
        vectors.bad();
        return vectors.all;
    }

    private void add(String name, Codec codec, SuiteChoice suite) throws Exception {
        Clips clip = Clips.small(codec);
        // Stretched in time, so that the second key picture begins a second epoch.
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < clip.units().size(); i++) {
            units.add(Clips.at(clip.units().get(i), Duration.ofMillis(400).multipliedBy(i)));
        }
        SealerSettings settings = SealerSettings.of(STREAM, List.of(Recipient.of(recipient.getPublic())))
                .withSuite(suite)
                .withEpochLength(Duration.ofSeconds(1));
        List<NalUnit> nalUnits = new ArrayList<>();
        try (Sealer sealer = new Sealer(
                SealerTracks.of(clip.tracks()), settings, KnownKeys.mediaKey("CAM-0001"), KnownKeys.entropy(name))) {
            for (AccessUnit unit : Journey.seal(sealer, units)) {
                nalUnits.addAll(((VideoUnit) unit).nalUnits());
            }
        }
        all.put(
                name,
                new VectorFile()
                        .with("expect", "opens")
                        .with("comment", suite + ", two epochs; opens to clips/" + clipName(codec))
                        .with("codec", codec.name())
                        .with("clip", "clips/" + clipName(codec))
                        .with("recipient key", recipient.getPrivate().getEncoded())
                        .with("clear lengths", clearLengths(codec, nalUnits))
                        .body(AnnexB.join(nalUnits)));
    }

    private static String clipName(Codec codec) {
        return codec.name().toLowerCase(Locale.ROOT) + ".txt";
    }

    /** Of each slice. */
    private static String clearLengths(Codec codec, List<NalUnit> nalUnits) throws MediaException {
        SliceHeaders headers = SliceHeaderReaders.of(codec);
        List<String> lengths = new ArrayList<>();
        for (NalUnit nal : nalUnits) {
            headers.accept(nal);
            if (nal.isSlice()) {
                lengths.add(Integer.toString(headers.clearLength(nal)));
            }
        }
        return String.join(" ", lengths);
    }

    private void bad() throws Exception {
        change("slice", "one bit in the middle of the last slice", this::lastSlice);
        change("clear-part", "the last bit of the last slice's clear part", this::lastClearPart);
        change(
                "grants-of-another-key",
                "the grants hold a key that the manifest did not commit to",
                this::foreignGrants);
        change("no-grants", "no grants", nalUnits -> without(nalUnits, SealedSei.Kind.GRANTS));
        change(
                "no-manifest",
                "no manifest, so nothing is committed to",
                nalUnits -> without(nalUnits, SealedSei.Kind.MANIFEST));
        change(
                "no-certificate",
                "no session certificate, so no manifest counts",
                nalUnits -> without(nalUnits, SealedSei.Kind.SESSION_CERTIFICATE));
        change("manifest-altered", "one bit of each manifest's signature", this::manifestAltered);
        change("certificate-altered", "one bit of the session certificate's signature", this::certificateAltered);
        change("stranger", "the recipient's key is one that nothing was granted to", nalUnits -> nalUnits);
        Optional.ofNullable(all.get("stream-h264-aes-bad-stranger"))
                .orElseThrow()
                .with("recipient key", KnownKeys.ec("stranger").getPrivate().getEncoded());
    }

    private void change(String name, String comment, UnaryOperator<List<NalUnit>> change) throws MediaException {
        VectorFile good = Optional.ofNullable(all.get("stream-h264-aes")).orElseThrow();
        List<NalUnit> nalUnits = AnnexB.split(Codec.H264, good.body());
        all.put(
                "stream-h264-aes-bad-" + name,
                good.copyWithout("clear lengths", "clip")
                        .with("expect", "refused")
                        .with("comment", comment)
                        .body(AnnexB.join(change.apply(nalUnits))));
    }

    private List<NalUnit> lastSlice(List<NalUnit> nalUnits) {
        return replaceLast(nalUnits, bytes -> flip(bytes, bytes.length - 60));
    }

    private List<NalUnit> lastClearPart(List<NalUnit> nalUnits) {
        String lengths =
                Optional.ofNullable(all.get("stream-h264-aes")).orElseThrow().get("clear lengths");
        int clearLength = Integer.parseInt(lengths.substring(lengths.lastIndexOf(' ') + 1));
        return replaceLast(nalUnits, bytes -> flip(bytes, clearLength - 1));
    }

    private static List<NalUnit> replaceLast(List<NalUnit> nalUnits, UnaryOperator<byte[]> change) {
        List<NalUnit> out = new ArrayList<>(nalUnits);
        NalUnit last = out.removeLast();
        out.add(NalUnit.of(last.codec(), change.apply(last.bytes())));
        return out;
    }

    private List<NalUnit> manifestAltered(List<NalUnit> nalUnits) {
        return replaceBodies(nalUnits, SealedSei.Kind.MANIFEST, body -> flip(body, body.length - 1));
    }

    private List<NalUnit> certificateAltered(List<NalUnit> nalUnits) {
        return replaceBodies(nalUnits, SealedSei.Kind.SESSION_CERTIFICATE, body -> flip(body, body.length - 1));
    }

    private List<NalUnit> foreignGrants(List<NalUnit> nalUnits) {
        return replaceBodies(nalUnits, SealedSei.Kind.GRANTS, body -> {
            try {
                Grants grants = Grants.parse(body);
                EpochKey foreign = EpochKey.of(STREAM, grants.epoch(), new byte[EpochKey.BYTES]);
                Grant grant = KnownKeys.entropy("foreign").grant(foreign, Recipient.of(recipient.getPublic()));
                return new Grants(grants.epoch(), List.of(grant)).encode();
            } catch (SealException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static List<NalUnit> replaceBodies(
            List<NalUnit> nalUnits, SealedSei.Kind kind, UnaryOperator<byte[]> change) {
        return nalUnits.stream()
                .map(nal -> own(nal).filter(sei -> sei.kind() == kind)
                        .map(sei -> SealedSei.of(kind, change.apply(sei.body())).toNalUnit(Codec.H264))
                        .orElse(nal))
                .toList();
    }

    private static List<NalUnit> without(List<NalUnit> nalUnits, SealedSei.Kind kind) {
        return nalUnits.stream()
                .filter(nal -> own(nal).filter(sei -> sei.kind() == kind).isEmpty())
                .toList();
    }

    private static Optional<SealedSei> own(NalUnit nal) {
        try {
            return SealedSei.find(nal);
        } catch (ManifestException.Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] flip(byte[] bytes, int index) {
        byte[] changed = bytes.clone();
        changed[index] ^= 1;
        return changed;
    }
}
