package org.camseal.seal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.Manifest;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.SignedManifest;
import org.camseal.manifest.Signer;
import org.camseal.manifest.Signers;
import org.jspecify.annotations.Nullable;

/**
 * What an opener has learned of a stream: who signs, which epochs are committed to, which of them it can open, and which is in force.
 * Keeps the last 1 024 epochs.
 */
final class Epochs implements AutoCloseable {
    private static final int MAX_EPOCHS = 1_024;

    private final List<RecipientKey> keys;
    private final Predicate<Signer> accepted;
    private final Signers signers = new Signers();
    private final Map<EpochId, OpeningEpoch> epochs = new LinkedHashMap<>();
    private @Nullable OpeningEpoch current;
    private Opening.Obstacle withoutEpoch = Opening.Obstacle.NO_MANIFEST_YET;

    Epochs(List<RecipientKey> keys, Predicate<Signer> accepted) {
        this.keys = List.copyOf(keys);
        this.accepted = accepted;
    }

    /** Takes in what a unit says, without going to its place in the stream. */
    void learn(SealedUnit unit) {
        manifests(unit);
    }

    /** Takes in what a unit says; its manifest's epoch is in force from here on. */
    void advance(SealedUnit unit) {
        manifests(unit).forEach(manifest -> current = epoch(announced(manifest)));
    }

    /** Learns certificates, manifests and grants, in this order; returns the manifests that count. */
    private List<Manifest> manifests(SealedUnit unit) {
        unit.ownSei(SealedSei.Kind.SESSION_CERTIFICATE).forEach(sei -> learnCertificate(sei.body()));
        List<Manifest> counting = unit.ownSei(SealedSei.Kind.MANIFEST).stream()
                .flatMap(sei -> learnManifest(sei.body()).stream())
                .toList();
        unit.ownSei(SealedSei.Kind.GRANTS).forEach(sei -> learnGrants(sei.body()));
        return counting;
    }

    private void learnCertificate(byte[] encoded) {
        try {
            signers.accept(encoded);
        } catch (ManifestException e) {
            // A certificate that does not verify vouches for nothing; the checker reports it.
        }
    }

    /** The manifest, if an accepted signer made it; its epochs are committed to then. */
    private Optional<Manifest> learnManifest(byte[] encoded) {
        try {
            SignedManifest signed = SignedManifest.parse(encoded);
            Optional<Signer> signer = signers.signer(signed);
            if (signer.isEmpty()) {
                withoutEpoch = Opening.Obstacle.NO_CERTIFICATE_YET;
                return Optional.empty();
            }
            if (!accepted.test(signer.get())) {
                withoutEpoch = Opening.Obstacle.SIGNER_NOT_ACCEPTED;
                return Optional.empty();
            }
            Manifest manifest = signed.manifest();
            commit(manifest, new EpochId(manifest.run(), manifest.covered().number()));
            commit(manifest, announced(manifest));
            return Optional.of(manifest);
        } catch (ManifestException e) {
            return Optional.empty(); // says nothing that counts; the checker reports it
        }
    }

    private static EpochId announced(Manifest manifest) {
        return new EpochId(manifest.run(), manifest.announced().number());
    }

    private void commit(Manifest manifest, EpochId id) {
        OpeningEpoch epoch = epoch(id);
        epoch.commit(
                manifest.stream(),
                id.number() == manifest.announced().number()
                        ? manifest.announced().commitment()
                        : manifest.covered().commitment());
        epoch.tryGrants(keys);
    }

    private void learnGrants(byte[] encoded) {
        try {
            learn(Grants.parse(encoded));
        } catch (SealException.MalformedGrants e) {
            // Nothing can be opened with them; those that can be read come again.
        }
    }

    /** Takes in grants from the stream or from beside it. */
    void learn(Grants grants) {
        OpeningEpoch epoch = epoch(grants.epoch());
        epoch.offer(grants);
        epoch.tryGrants(keys);
    }

    private OpeningEpoch epoch(EpochId id) {
        OpeningEpoch epoch = epochs.computeIfAbsent(id, OpeningEpoch::new);
        if (epochs.size() > MAX_EPOCHS) {
            OpeningEpoch eldest = epochs.values().stream()
                    .filter(one -> one != epoch && one != current)
                    .findFirst()
                    .orElseThrow();
            epochs.remove(eldest.id());
            eldest.close();
        }
        return epoch;
    }

    /** The epoch in force at this place of the stream; null while no accepted manifest has said. */
    @Nullable
    OpeningEpoch current() {
        return current;
    }

    /** Why there is no current epoch. */
    Opening.Obstacle withoutEpoch() {
        return withoutEpoch;
    }

    /** The current one, then its neighbours: containers interleave sound and pictures loosely. */
    List<OpeningEpoch> aroundCurrent() {
        List<OpeningEpoch> around = new ArrayList<>(3);
        OpeningEpoch middle = current;
        if (middle != null) {
            EpochId id = middle.id();
            around.add(middle);
            for (long number : new long[] {id.number() - 1, id.number() + 1}) {
                OpeningEpoch neighbour = number < 1 ? null : epochs.get(new EpochId(id.run(), number));
                if (neighbour != null) {
                    around.add(neighbour);
                }
            }
        }
        return around;
    }

    /** Keys of all epochs that opened. */
    List<EpochKey> openKeys() {
        return epochs.values().stream().flatMap(epoch -> epoch.key().stream()).toList();
    }

    @Override
    public void close() {
        epochs.values().forEach(OpeningEpoch::close);
    }
}
