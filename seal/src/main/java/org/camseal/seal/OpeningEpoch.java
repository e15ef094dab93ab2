package org.camseal.seal;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camseal.manifest.Commitment;
import org.camseal.manifest.Digest;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * An epoch on the opener's side: what an accepted signer committed to, the grants seen, and the key once both agree. The key is used
 * only where its commitment is the signed one.
 */
final class OpeningEpoch implements AutoCloseable {
    // Grants are repeated unchanged; a stream that keeps changing them is no reason to keep calculating.
    private static final int MAX_TRIED = 64;

    private final EpochId id;
    private final Map<SealedTrack, PackageCipher> ciphers = new EnumMap<>(SealedTrack.class);
    private final Set<Digest> tried = new HashSet<>();
    private @Nullable Word word;
    private @Nullable Grants grants;
    private @Nullable EpochKey key;
    private Opening.@Nullable Obstacle obstacle = Opening.Obstacle.NO_GRANT_YET;

    /** What an accepted signer said. */
    private record Word(StreamId stream, Commitment commitment) {}

    OpeningEpoch(EpochId id) {
        this.id = id;
    }

    EpochId id() {
        return id;
    }

    /** What an accepted signer says of the epoch. The first word counts; one epoch has one key. */
    void commit(StreamId signedStream, Commitment signed) {
        if (word == null) {
            word = new Word(signedStream, signed);
        }
    }

    /** True if it is open already, or these grants have been tried. */
    boolean knows(Digest grantsDigest) {
        return key != null || tried.contains(grantsDigest) || tried.size() >= MAX_TRIED;
    }

    /** Keeps grants until they are needed. */
    void offer(Grants offered) {
        grants = offered;
    }

    /** Tries the grants kept, once there is a commitment to hold the key against. */
    void tryGrants(List<RecipientKey> keys) {
        Word signed = word;
        Grants offered = grants;
        if (key != null || signed == null || offered == null) {
            return;
        }
        grants = null;
        tried.add(Digest.sha256(offered.encode()));
        if (keys.stream().noneMatch(offered::isFor)) {
            obstacle = Opening.Obstacle.NO_GRANT_FOR_US;
            return;
        }
        try {
            Optional<EpochKey> opened = offered.open(signed.stream(), keys);
            if (opened.isEmpty()) {
                obstacle = Opening.Obstacle.GRANT_REFUSED;
            } else if (!opened.get().commitment().equals(signed.commitment())) {
                opened.get().close();
                obstacle = Opening.Obstacle.COMMITMENT_MISMATCH;
            } else {
                key = opened.get();
                obstacle = null;
            }
        } catch (SealException.KeyFailed e) {
            obstacle = Opening.Obstacle.KEY_FAILED;
            tried.clear(); // the token may come back
        }
    }

    /** Why there is no key; null where there is one. */
    Opening.@Nullable Obstacle obstacle() {
        return obstacle;
    }

    /** The key, its commitment checked. */
    Optional<EpochKey> key() {
        return Optional.ofNullable(key);
    }

    /** The cipher of a track; empty without a key. */
    Optional<PackageCipher> cipher(SealedTrack track) {
        EpochKey opened = key;
        return opened == null
                ? Optional.empty()
                : Optional.of(
                        ciphers.computeIfAbsent(track, t -> new PackageCipher(opened, t.number(), new SecureRandom())));
    }

    @Override
    public void close() {
        if (key != null) {
            key.close();
        }
    }
}
