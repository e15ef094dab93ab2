package org.camseal.signing.validation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSei;

/** Lets only those SEI through to the judge whose signature is good, or which have none; says what is wrong with the others. */
final class SeiGate {
    /** SEI that are remembered, to know one that is sent twice. */
    private static final int REMEMBERED = 64;

    /** SEI that wait for the first certificate. */
    private static final int MOST_HELD = 64;

    private final Waiting waiting;
    private final Ledger ledger;
    private final GroupJudge judge;
    private final KeyRing keys;
    private final Set<Digest> remembered = new LinkedHashSet<>();
    private final Deque<HeldSei> held = new ArrayDeque<>();
    private long unchecked;
    private String uncheckedBecause = "";

    /** An SEI that cannot be checked yet. */
    private record HeldSei(SigningSei sei, Claim claim) {}

    SeiGate(Waiting waiting, Ledger ledger, GroupJudge judge) {
        this.waiting = waiting;
        this.ledger = ledger;
        this.judge = judge;
        this.keys = new KeyRing(ledger);
    }

    void malformed(SeiReading.Malformed reading, NalPosition position) {
        ledger.signingSei++;
        judge.spoil(new SigningVerdict.Forged(
                SigningReason.MALFORMED_SEI,
                "A signing SEI that breaks the format (" + reading.flaw() + "): " + reading.detail(),
                position));
    }

    /** @param parameterSets digests of the parameter sets in force */
    void accept(SigningSei sei, NalUnit nal, NalPosition position, ParameterSetWatch.InForce parameterSets) {
        ledger.signingSei++;
        if (isRepeated(nal)) {
            if (!sei.isCertificateSei()) {
                ledger.remark(
                        SigningRemark.Kind.SEI_REPEATED, "the same SEI once more, byte for byte: harmless", position);
            }
            return;
        }
        HashAlgorithm hash = algorithm(sei);
        Optional<General> general = sei.content().general();
        if (sei.isCertificateSei()) {
            certificate(sei, hash, position);
        } else if (general.isEmpty()) {
            use(hash);
            waiting.addSei(sei, position, null); // arbitrary data alone: hashed like any other unsigned SEI
        } else {
            Claim claim = new Claim(
                    general.get(),
                    sei.content().hashList(),
                    sei.content().vendorInfo(),
                    position,
                    waiting.nextSequence(),
                    parameterSets,
                    Claim.Trust.PROVISIONAL);
            claim(sei, hash, claim, position);
        }
    }

    private void claim(SigningSei sei, HashAlgorithm hash, Claim claim, NalPosition position) {
        if (sei.signature().isEmpty()) {
            use(hash);
            if (held.isEmpty()) {
                judge.accept(claim);
            } else {
                hold(new HeldSei(sei, claim));
            }
            waiting.addSei(sei, position, claim);
        } else {
            signed(sei, hash, claim);
        }
    }

    private void signed(SigningSei sei, HashAlgorithm hash, Claim claim) {
        switch (keys.verify(sei, hash)) {
            case KeyRing.Answer.Good good -> {
                releaseHeld();
                good(claim, hash, good.signer());
            }
            case KeyRing.Answer.OtherKey other -> {
                keyChanged(claim.position);
                good(claim, hash, other.signer());
            }
            case KeyRing.Answer.Bad bad ->
                judge.spoil(new SigningVerdict.Forged(
                        SigningReason.BAD_SIGNATURE, "The signature of an SEI does not verify", claim.position));
            case KeyRing.Answer.NoKey none -> {
                use(hash);
                uncheckedBecause = none.detail();
                hold(new HeldSei(sei, claim));
            }
            case KeyRing.Answer.Unsupported kind ->
                ledger.addFinding(
                        new SigningVerdict.Incomplete(SigningReason.KEY_UNSUPPORTED, kind.detail(), claim.position));
        }
    }

    private void good(Claim claim, HashAlgorithm hash, SignerTally signer) {
        Optional<HashAlgorithm> known = waiting.algorithm();
        if (known.isPresent() && known.get() != hash) {
            judge.spoil(new SigningVerdict.Forged(
                    SigningReason.HASH_ALGORITHM_CHANGED,
                    "From here on " + hash.jcaName() + " is used, and before it was "
                            + known.get().jcaName(),
                    claim.position));
        }
        waiting.use(hash);
        claim.trust = Claim.Trust.VERIFIED;
        claim.signer = signer;
        judge.accept(claim);
    }

    private void keyChanged(NalPosition position) {
        ledger.addFinding(new SigningVerdict.Forged(
                SigningReason.KEY_CHANGED,
                "another key signs from here on: put together from two recordings, or signed anew",
                position));
        judge.restart();
    }

    private void certificate(SigningSei sei, HashAlgorithm hash, NalPosition position) {
        switch (keys.verify(sei, hash)) {
            case KeyRing.Answer.Good good -> {
                use(hash);
                releaseHeld();
            }
            case KeyRing.Answer.OtherKey other -> {
                keyChanged(position);
                releaseHeld();
            }
            case KeyRing.Answer.Bad bad ->
                ledger.addFinding(new SigningVerdict.Forged(
                        SigningReason.BAD_SIGNATURE, "the signature of a certificate SEI does not verify", position));
            case KeyRing.Answer.NoKey none ->
                ledger.addFinding(new SigningVerdict.Incomplete(SigningReason.KEY_UNKNOWN, none.detail(), position));
            case KeyRing.Answer.Unsupported kind ->
                ledger.addFinding(
                        new SigningVerdict.Incomplete(SigningReason.KEY_UNSUPPORTED, kind.detail(), position));
        }
    }

    /** The first algorithm that is named counts; later ones only with a good signature. */
    private void use(HashAlgorithm hash) {
        if (waiting.algorithm().isEmpty()) {
            waiting.use(hash);
        }
    }

    private HashAlgorithm algorithm(SigningSei sei) {
        return sei.content()
                .cryptoInfo()
                .map(info -> info.hash())
                .or(() -> sei.content()
                        .general()
                        .flatMap(general ->
                                HashAlgorithm.ofSize(general.groupHash().size())))
                .or(waiting::algorithm)
                .orElse(HashAlgorithm.SHA_256);
    }

    private void hold(HeldSei sei) {
        held.add(sei);
        if (held.size() > MOST_HELD) {
            held.removeFirst();
            unchecked++;
        }
    }

    /** A key is known now: checks what waited for one. */
    private void releaseHeld() {
        while (!held.isEmpty()) {
            HeldSei next = held.removeFirst();
            if (next.sei().signature().isEmpty()) {
                judge.accept(next.claim());
            } else {
                signed(next.sei(), algorithm(next.sei()), next.claim());
            }
        }
    }

    private boolean isRepeated(NalUnit nal) {
        Digest digest = Digest.of(HashAlgorithm.SHA_256.newDigest().digest(nal.bytes()));
        if (!remembered.add(digest)) {
            return true;
        }
        if (remembered.size() > REMEMBERED) {
            remembered.remove(remembered.iterator().next());
        }
        return false;
    }

    /** Ends the video: what never found a key is said. */
    void finish(NalPosition place) {
        unchecked += held.size();
        if (unchecked > 0) {
            ledger.addFinding(new SigningVerdict.Incomplete(
                    SigningReason.KEY_UNKNOWN,
                    unchecked + " signatures cannot be checked: " + uncheckedBecause,
                    held.isEmpty() ? place : held.getFirst().claim().position));
        }
    }
}
