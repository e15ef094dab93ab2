package org.camseal.manifest;

import java.time.Instant;
import java.util.List;

/**
 * What a camera says of the packages since its last manifest, and of the epoch from here on (docs/spec/sealed-video.md, manifest).
 *
 * @param run the sender's start
 * @param number counts from 0 within the run, below 2^32; number 0 covers nothing
 * @param previous SHA-256 over the previous manifest as signed; zeros for number 0
 * @param start UTC of the first covered picture, whole microseconds: the end of the previous manifest
 * @param end UTC of the picture the manifest stands in front of, which is not covered; not before the start
 * @param covered the epoch of the packages covered; equals {@code announced} for number 0
 * @param announced the epoch in force from the manifest on
 * @param tracks what is covered, ascending by track, each track at most once
 * @param root SHA-256 over the whole digests of all covered packages, in the order of tracks and numbers
 * @param parameterSets short digests of the parameter sets in force from the manifest on, ascending, each once, at most 352
 */
public record Manifest(
        StreamId stream,
        RunId run,
        long number,
        Digest previous,
        Instant start,
        Instant end,
        CommittedEpoch covered,
        CommittedEpoch announced,
        List<Coverage> tracks,
        Digest root,
        List<ShortDigest> parameterSets) {
    /** Bytes an encoded and signed manifest can have at most. */
    public static final int MAX_LENGTH = 600_000;

    /** The last microsecond of the year 9999, counted from 1970. */
    static final long MAX_MICROS = 253_402_300_799_999_999L;

    public Manifest {
        tracks = List.copyOf(tracks);
        parameterSets = List.copyOf(parameterSets);
        require(number >= 0 && number <= 0xffff_ffffL, "number " + number);
        require(
                micros(start) >= 0 && micros(end) <= MAX_MICROS && !start.isAfter(end),
                "start " + start + ", end " + end);
        require(number > 0 || previous.equals(Digest.ZERO), "number 0 with a previous manifest");
        require(number > 0 || (tracks.isEmpty() && covered.equals(announced)), "number 0 that covers packages");
        for (int i = 1; i < tracks.size(); i++) {
            require(tracks.get(i).track().number() > tracks.get(i - 1).track().number(), "tracks that do not ascend");
        }
        require(parameterSets.size() <= ParameterSets.MAX, parameterSets.size() + " parameter sets");
        for (int i = 1; i < parameterSets.size(); i++) {
            require(parameterSets.get(i).compareTo(parameterSets.get(i - 1)) > 0, "parameter sets that do not ascend");
        }
    }

    private static void require(boolean kept, String seen) {
        if (!kept) {
            throw new IllegalArgumentException("manifest: " + seen);
        }
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    static Instant ofMicros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    /** The payload of the signed manifest: deterministic CBOR. */
    public byte[] encode() {
        return ManifestCodec.encode(this);
    }

    /**
     * Reads a payload.
     *
     * @throws ManifestException.Malformed if it is not the deterministic encoding of a manifest of version 1
     */
    public static Manifest decode(byte[] payload) throws ManifestException.Malformed {
        return ManifestCodec.decode(payload);
    }
}
