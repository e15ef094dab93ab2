package org.camseal.authority;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;

/**
 * Says who asks, from a certificate chain whose key the asker has proved to have: in the TLS handshake, or by signing the message. A line is
 * known by the operations root, a camera by the device root; whoever is neither is a stranger, an operator too, because operators ask for no
 * certificates of cameras. Whether a line was taken off, or a camera's certificate revoked, is the register's to say. Immutable.
 */
public final class RequesterCheck {
    /** Longest part of a stranger's own words that is written down. */
    private static final int MAX_NAME = 120;

    private final TrustEvaluator trust;
    private final InstantSource clock;

    /**
     * @param trust the device roots and operations roots of this authority
     * @param clock the time to judge at
     */
    public RequesterCheck(TrustEvaluator trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /** Who has shown that chain in a TLS handshake; leaf first, empty if nothing was shown. A media key is nobody in TLS. */
    public Requester ofTls(List<X509Certificate> chain) {
        return of(chain, Set.of(Purpose.DEVICE_TLS));
    }

    /** Who has signed a message with the key of that chain; leaf first. A camera's media key may speak about its own certificate. */
    public Requester ofSignature(List<X509Certificate> chain) {
        return of(chain, Set.of(Purpose.DEVICE_TLS, Purpose.MEDIA_SIGNING));
    }

    private Requester of(List<X509Certificate> chain, Set<Purpose> camera) {
        if (chain.isEmpty()) {
            return new Requester.Stranger("no certificate");
        }
        X509Certificate leaf = chain.getFirst();
        return switch (trust.evaluate(chain, clock.instant(), Purpose.LINE)) {
            case SignerTrust.Trusted line -> new Requester.Line(line.serial(), leaf);
            case SignerTrust.Untrusted noLine ->
                switch (trust.evaluate(chain, clock.instant(), camera)) {
                    case SignerTrust.Trusted _ -> new Requester.Device(leaf);
                    case SignerTrust.Untrusted noCamera -> new Requester.Stranger(seen(leaf, noLine, noCamera));
                };
        };
    }

    /** What is written down of a stranger: the refusal that says most, and the certificate's own words, cut short. */
    private static String seen(X509Certificate leaf, SignerTrust.Untrusted noLine, SignerTrust.Untrusted noCamera) {
        boolean unknownToOperations = noLine.reason() == SignerTrust.Reason.UNKNOWN_ROOT;
        SignerTrust.Untrusted telling = unknownToOperations ? noCamera : noLine;
        String subject = leaf.getSubjectX500Principal().getName();
        String name = subject.length() <= MAX_NAME ? subject : subject.substring(0, MAX_NAME) + "...";
        return "a certificate of \"" + name.replaceAll("\\p{Cntrl}", "?") + "\": " + telling.reason();
    }
}
