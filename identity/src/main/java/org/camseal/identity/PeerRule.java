package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;

/**
 * Which TLS peer is the right one. Not by host name: by root, by purpose, and, where one particular peer is meant, by its serial.
 *
 * @param trust who counts as ours
 * @param purposes what the peer may be; any of these
 * @param serial the one peer that is meant; empty if any of ours will do
 * @param clock the time to judge at; on a device whose clock may be at 1970, one that never goes below the build's time
 */
public record PeerRule(TrustEvaluator trust, Set<Purpose> purposes, Optional<String> serial, InstantSource clock) {
    public PeerRule {
        purposes = Set.copyOf(purposes);
        if (purposes.isEmpty()) {
            throw new IllegalArgumentException("a peer rule without a purpose would refuse everybody");
        }
    }

    /** The camera with that serial. */
    public static PeerRule camera(TrustEvaluator trust, String serial, InstantSource clock) {
        return new PeerRule(trust, Set.of(Purpose.DEVICE_TLS), Optional.of(serial), clock);
    }

    /** The recorder with that serial. */
    public static PeerRule recorder(TrustEvaluator trust, String serial, InstantSource clock) {
        return new PeerRule(trust, Set.of(Purpose.RECORDER), Optional.of(serial), clock);
    }

    /** Any of ours that is for one of these purposes. */
    public static PeerRule anyOf(TrustEvaluator trust, Set<Purpose> purposes, InstantSource clock) {
        return new PeerRule(trust, purposes, Optional.empty(), clock);
    }

    /**
     * Why a peer is not the right one; empty if it is.
     *
     * @param shown its chain, as {@link TlsContexts#peerChain} gives it: TLS has proved that it has the key; empty for none
     */
    public Optional<String> complaint(List<X509Certificate> shown) {
        return switch (trust.evaluate(shown, clock.instant(), purposes)) {
            case Untrusted(SignerTrust.Reason reason, String detail) ->
                Optional.of("the TLS peer is not trusted as " + wanted() + ": " + reason + ": " + detail);
            case Trusted trusted -> {
                String expected = serial.orElse(trusted.serial());
                yield expected.equals(trusted.serial())
                        ? Optional.empty()
                        : Optional.of("the TLS peer is " + trusted.serial() + " (" + trusted.name() + "), but "
                                + expected + " was expected: wrong address, or another device answers there");
            }
        };
    }

    private String wanted() {
        return purposes.stream().sorted().map(Purpose::description).collect(Collectors.joining(" or "));
    }
}
