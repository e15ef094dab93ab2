package org.camseal.manifest;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborEncoder;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborFields;
import org.camseal.manifest.cbor.CborValue;

/** A manifest's payload as CBOR: a map with the keys 1 to 13. */
final class ManifestCodec {
    private static final int VERSION = 1;
    private static final long U32 = 0xffff_ffffL;
    private static final CborFields FIELDS = new CborFields("manifest");

    private ManifestCodec() {}

    static byte[] encode(Manifest manifest) {
        TreeMap<Long, CborValue> map = new TreeMap<>();
        map.put(1L, new CborValue.Int(VERSION));
        map.put(2L, new CborValue.Text(manifest.stream().camera()));
        map.put(3L, new CborValue.Text(manifest.stream().stream()));
        map.put(4L, CborValue.Bytes.of(manifest.run().bytes()));
        map.put(5L, new CborValue.Int(manifest.number()));
        map.put(6L, CborValue.Bytes.of(manifest.previous().bytes()));
        map.put(7L, new CborValue.Int(Manifest.micros(manifest.start())));
        map.put(8L, new CborValue.Int(Manifest.micros(manifest.end())));
        map.put(9L, encode(manifest.covered()));
        map.put(10L, encode(manifest.announced()));
        map.put(
                11L,
                new CborValue.Array(
                        manifest.tracks().stream().map(ManifestCodec::encode).toList()));
        map.put(12L, CborValue.Bytes.of(manifest.root().bytes()));
        map.put(13L, CborValue.Bytes.of(concatenate(manifest.parameterSets())));
        return CborEncoder.encode(new CborValue.Mapping(map));
    }

    private static CborValue encode(CommittedEpoch epoch) {
        return CborValue.Array.of(
                new CborValue.Int(epoch.number()),
                CborValue.Bytes.of(epoch.commitment().bytes()));
    }

    private static CborValue encode(Coverage coverage) {
        return CborValue.Array.of(
                new CborValue.Int(coverage.track().number()),
                new CborValue.Int(coverage.first()),
                new CborValue.Int(coverage.count()),
                CborValue.Bytes.of(coverage.digests()));
    }

    private static byte[] concatenate(List<ShortDigest> digests) {
        ByteBuffer bytes = ByteBuffer.allocate(digests.size() * Digest.SHORT_LENGTH);
        digests.forEach(digest -> bytes.put(digest.bytes()));
        return bytes.array();
    }

    static Manifest decode(byte[] payload) throws ManifestException.Malformed {
        if (payload.length > Manifest.MAX_LENGTH) {
            throw new ManifestException.Malformed(
                    "manifest of " + payload.length + " bytes; at most " + Manifest.MAX_LENGTH + " expected");
        }
        try {
            List<CborValue> fields = FIELDS.record(CborDecoder.decode(payload), 13);
            if (FIELDS.number("version", fields.get(0), Integer.MAX_VALUE) != VERSION) {
                throw CborException.structure("manifest: expected version " + VERSION);
            }
            return new Manifest(
                    new StreamId(FIELDS.text("camera", fields.get(1)), FIELDS.text("stream", fields.get(2))),
                    RunId.of(FIELDS.bytes("run", fields.get(3), RunId.LENGTH)),
                    FIELDS.number("number", fields.get(4), U32),
                    Digest.of(FIELDS.bytes("previous", fields.get(5), Digest.LENGTH)),
                    instant("start", fields.get(6)),
                    instant("end", fields.get(7)),
                    epoch("covered epoch", fields.get(8)),
                    epoch("announced epoch", fields.get(9)),
                    tracks(fields.get(10)),
                    Digest.of(FIELDS.bytes("root", fields.get(11), Digest.LENGTH)),
                    parameterSets(fields.get(12)));
        } catch (CborException | IllegalArgumentException e) {
            throw new ManifestException.Malformed(e.getMessage() + " (sealed video, manifest)", e);
        }
    }

    private static Instant instant(String field, CborValue value) throws CborException {
        return Manifest.ofMicros(FIELDS.number(field, value, Manifest.MAX_MICROS));
    }

    private static CommittedEpoch epoch(String field, CborValue value) throws CborException {
        List<CborValue> pair = FIELDS.tuple(field, value, 2);
        return new CommittedEpoch(
                FIELDS.number(field, pair.get(0), U32),
                Commitment.of(FIELDS.bytes(field, pair.get(1), Commitment.LENGTH)));
    }

    private static List<Coverage> tracks(CborValue value) throws CborException {
        List<Coverage> tracks = new ArrayList<>();
        for (CborValue item : FIELDS.array("tracks", value, SealedTrack.values().length)) {
            List<CborValue> parts = FIELDS.tuple("track", item, 4);
            long number = FIELDS.number("track number", parts.get(0), SealedTrack.values().length);
            SealedTrack track = SealedTrack.ofNumber(number)
                    .orElseThrow(() -> CborException.structure("manifest: expected track 1 or 2"));
            long count = FIELDS.number("package count", parts.get(2), Coverage.MAX_COUNT);
            tracks.add(new Coverage(
                    track,
                    FIELDS.number("first package", parts.get(1), U32),
                    FIELDS.bytes("digests", parts.get(3), (int) count * Digest.SHORT_LENGTH)));
        }
        return tracks;
    }

    private static List<ShortDigest> parameterSets(CborValue value) throws CborException {
        byte[] bytes = FIELDS.bytesUpTo("parameter sets", value, ParameterSets.MAX * Digest.SHORT_LENGTH);
        if (bytes.length % Digest.SHORT_LENGTH != 0) {
            throw CborException.structure("manifest: parameter sets: expected 16 bytes each");
        }
        List<ShortDigest> digests = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; offset += Digest.SHORT_LENGTH) {
            digests.add(ShortDigest.at(ByteBuffer.wrap(bytes), offset));
        }
        return digests;
    }
}
