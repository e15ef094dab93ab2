package org.camseal.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps events back while a manifest waits for its session certificate: a recording may begin up to ten seconds before the next one
 * passes. Then lets them go to the judge in order. A later manifest that verifies also vouches for those before it, by the hashes that
 * link them.
 */
final class HeldEvents {
    /** Bytes of manifests kept back at most. */
    private static final long MAX_MANIFEST_BYTES = 8_000_000;

    private final Signers signers;
    private final ManifestJudge judge;
    private final int limit;
    private final Deque<Event> held = new ArrayDeque<>();
    private final List<SignedManifest> manifests = new ArrayList<>();
    private final Map<Digest, Signer> vouched = new HashMap<>();
    private long manifestBytes;

    HeldEvents(Signers signers, ManifestJudge judge, int limit) {
        this.signers = signers;
        this.judge = judge;
        this.limit = limit;
    }

    /** Takes an event; hands it on, and all before it, as far as their signers are known. */
    void accept(Event event) {
        held.add(event);
        if (event instanceof Event.Manifested seen) {
            manifests.add(seen.signed());
            manifestBytes += seen.signed().encoded().length;
            vouchBackwards(manifests.size() - 1);
        }
        release();
        while (isTooMuch(event)) {
            handOn(held.removeFirst(), Optional.empty());
            release();
        }
    }

    /** A session certificate has come that was not known: what it vouches for can go on. */
    void certificateArrived() {
        for (int i = manifests.size() - 1; i >= 0; i--) {
            if (signers.certificate(manifests.get(i).session()).isPresent()) {
                vouchBackwards(i);
                break;
            }
        }
        release();
    }

    private boolean isTooMuch(Event latest) {
        return !held.isEmpty()
                && (held.size() >= limit
                        || manifestBytes > MAX_MANIFEST_BYTES
                        || (latest.unit().track() == SealedTrack.VIDEO
                                && ManifestJudge.isLonger(
                                        held.getFirst().unit(), latest.unit(), ManifestJudge.SILENCE)));
    }

    /** Hands everything on; manifests whose certificate never came go as unknown. */
    void finish() {
        release();
        while (!held.isEmpty()) {
            handOn(held.removeFirst(), Optional.empty());
            release();
        }
    }

    /** Hands on until a manifest is met whose signer is not known yet. */
    private void release() {
        while (!held.isEmpty()) {
            Event event = held.getFirst();
            Optional<Signer> signer = Optional.empty();
            if (event instanceof Event.Manifested seen) {
                try {
                    signer = signerOf(seen.signed());
                } catch (ManifestException.Rejected e) {
                    held.removeFirst();
                    forget(seen.signed());
                    judge.odd(new Event.Odd(
                            seen.unit(), new UnitScan.Oddity(Reason.BAD_SIGNATURE, "manifest: " + e.getMessage())));
                    continue;
                }
                if (signer.isEmpty()) {
                    return;
                }
            }
            handOn(held.removeFirst(), signer);
        }
    }

    private Optional<Signer> signerOf(SignedManifest manifest) throws ManifestException.Rejected {
        Signer known = vouched.get(manifest.digest());
        return known != null ? Optional.of(known) : signers.signer(manifest);
    }

    private void handOn(Event event, Optional<Signer> signer) {
        switch (event) {
            case Event.Sealed seen -> judge.add(seen);
            case Event.Manifested seen -> {
                forget(seen.signed());
                judge.manifest(seen, signer);
            }
            case Event.LateParameterSet late -> judge.odd(late);
            case Event.Odd odd -> judge.odd(odd);
        }
    }

    private void forget(SignedManifest manifest) {
        manifests.removeFirst();
        manifestBytes -= manifest.encoded().length;
        vouched.remove(manifest.digest());
    }

    /** If this manifest verifies, so do, by "previous", the ones kept back that lead to it without a break. */
    private void vouchBackwards(int index) {
        SignedManifest manifest = manifests.get(index);
        Optional<Signer> signer;
        try {
            signer = signers.signer(manifest);
        } catch (ManifestException.Rejected e) {
            return;
        }
        if (signer.isEmpty()) {
            return;
        }
        Digest wanted = manifest.manifest().previous();
        for (int i = index - 1; i >= 0; i--) {
            SignedManifest earlier = manifests.get(i);
            if (earlier.digest().equals(wanted)) {
                vouched.put(wanted, signer.get());
                wanted = earlier.manifest().previous();
            }
        }
    }
}
