package org.camseal.seal;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    private final Map<Digest, Grants> waiting = new LinkedHashMap<>();
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

    /** Keeps grants until there is a commitment to hold the key against; those seen before are passed over. */
    void offer(Grants offered) {
        Digest digest = Digest.sha256(offered.encode());
        if (key == null && !tried.contains(digest) && tried.size() + waiting.size() < MAX_TRIED) {
            waiting.put(digest, offered);
        }
    }

    /** Tries the grants kept, in the order in which they came, until one opens to the key committed to. */
    void tryGrants(List<RecipientKey> keys) {
        Word signed = word;
        if (signed == null) {
            return;
        }
        waiting.forEach((digest, offered) -> {
            if (key == null && tryGrants(offered, keys, signed)) {
                tried.add(digest);
            }
        });
        waiting.clear();
    }

    /** False if a key could not be used, so that the same grants are worth another try. */
    private boolean tryGrants(Grants offered, List<RecipientKey> keys, Word signed) {
        if (keys.stream().noneMatch(offered::isFor)) {
            obstacle = Opening.Obstacle.NO_GRANT_FOR_US;
            return true;
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
            return true;
        } catch (SealException.KeyFailed e) {
            obstacle = Opening.Obstacle.KEY_FAILED;
            return false;
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
        ciphers.values().forEach(PackageCipher::close);
    }
}
