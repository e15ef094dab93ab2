package org.camseal.signing.validation;

import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import org.camseal.signing.wire.Certificates;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.SigningSei;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose signatures verified. A certificate counts from the moment a signature of its key was good, not from the moment it was
 * shown.
 */
final class KeyRing {
    /** What came of an SEI's signature. */
    sealed interface Answer {
        /** It verifies with the key known, or is the first to verify. */
        record Good(SignerTally signer) implements Answer {}

        /** It verifies, but with another key than those before. */
        record OtherKey(SignerTally signer) implements Answer {}

        record Bad() implements Answer {}

        /** No certificate that could be read was there so far. */
        record NoKey(String detail) implements Answer {}

        record Unsupported(String detail) implements Answer {}
    }

    private final Ledger ledger;
    private @Nullable SignerTally signer;
    private @Nullable Certificates lastRead;
    private @Nullable SignerTally lastChain;

    KeyRing(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Verifies an SEI that has a signature. */
    Answer verify(SigningSei sei, HashAlgorithm hash) {
        byte[] document = sei.document();
        byte[] signature = sei.signature().orElseThrow().bytes();
        SignerTally known = signer;
        List<SignerTally> shown = new ArrayList<>(2);
        String trouble = "no certificate was there so far";
        for (Certificates certificates : sei.content().certificates()) {
            try {
                shown.add(read(certificates));
            } catch (CertificateException e) {
                trouble = "its certificates cannot be read";
            }
        }
        if (known != null && shown.stream().noneMatch(chain -> chain.chain.equals(known.chain))) {
            shown.addFirst(known);
        }
        if (shown.isEmpty()) {
            return new Answer.NoKey(trouble);
        }
        boolean unsupported = true;
        for (SignerTally candidate : shown) {
            PublicKey key = candidate.chain.getFirst().getPublicKey();
            switch (SignatureCheck.verify(key, hash, document, signature)) {
                case GOOD -> {
                    return good(sei, candidate);
                }
                case BAD -> unsupported = false;
                case UNSUPPORTED -> trouble = "a key of " + key.getAlgorithm() + " that is not checked here";
            }
        }
        return unsupported ? new Answer.Unsupported(trouble) : new Answer.Bad();
    }

    private Answer good(SigningSei sei, SignerTally candidate) {
        SignerTally before = signer;
        SignerTally now = ledger.signer(candidate);
        sei.content().vendorInfo().ifPresent(vendor -> now.vendor = java.util.Optional.of(vendor));
        signer = now;
        boolean other = before != null
                && !before.chain
                        .getFirst()
                        .getPublicKey()
                        .equals(now.chain.getFirst().getPublicKey());
        return other ? new Answer.OtherKey(now) : new Answer.Good(now);
    }

    /** Reads a chain once, not with each SEI that repeats it. */
    private SignerTally read(Certificates certificates) throws CertificateException {
        if (lastChain == null || !certificates.equals(lastRead)) {
            lastChain = new SignerTally(certificates.chain(), certificates.userProvisioned());
            lastRead = certificates;
        }
        return lastChain;
    }
}
