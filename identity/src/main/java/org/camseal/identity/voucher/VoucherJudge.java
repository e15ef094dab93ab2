package org.camseal.identity.voucher;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/**
 * Says who vouches for a certificate, by the roots that were given and no others. It asks no network, so it knows of no revocation. Work
 * and memory are bounded by {@link #MAX_CHAIN}. Immutable.
 */
public final class VoucherJudge {
    /** Most certificates of one chain that are looked at. */
    public static final int MAX_CHAIN = 10;

    private static final List<Purpose> CAMERAS = List.of(Purpose.DEVICE_TLS, Purpose.MEDIA_SIGNING);

    private final TrustRoots device;
    private final List<X509Certificate> publicRoots;
    private final Optional<String> expectedSerial;
    private final InstantSource clock;

    /**
     * @param device roots of cameras; may be empty
     * @param publicRoots roots of public authorities; may be empty
     * @param expectedSerial the camera it should be; empty if any may answer
     * @param clock to judge validity at
     */
    public VoucherJudge(
            List<X509Certificate> device,
            List<X509Certificate> publicRoots,
            Optional<String> expectedSerial,
            InstantSource clock) {
        this.device = new TrustRoots(device, List.of());
        this.publicRoots = List.copyOf(publicRoots);
        this.expectedSerial = expectedSerial;
        this.clock = clock;
    }

    /** Says who vouches, and what speaks against it. */
    public Judgement judge(Shown shown) {
        Instant now = clock.instant();
        Voucher voucher = shown.chain().size() > MAX_CHAIN
                ? new Voucher.Stranger(
                        Reason.CHAIN_TOO_LONG,
                        shown.chain().size() + " certificates; at most " + MAX_CHAIN + " are looked at")
                : voucher(shown.chain(), now);
        return new Judgement(voucher, Weaknesses.of(shown, voucher, now));
    }

    private Voucher voucher(List<X509Certificate> chain, Instant now) {
        SignerTrust maker = new TrustEvaluator(device).evaluate(chain, now, CAMERAS);
        return switch (maker) {
            case SignerTrust.Trusted trusted -> camera(chain.getFirst(), trusted);
            case SignerTrust.Untrusted refusal ->
                namesOneOf(chain, device.device())
                        ? new Voucher.Stranger(refusal.reason(), refusal.detail())
                        : notACamera(chain, now);
        };
    }

    private Voucher camera(X509Certificate leaf, SignerTrust.Trusted trusted) {
        CertificateSubject subject = CertificateSubject.of(leaf)
                .orElseThrow(() -> new IllegalStateException("a trusted camera has a serial number"));
        Voucher.Camera camera = new Voucher.Camera(subject, trusted.purpose(), trusted.root());
        return expectedSerial
                .filter(serial -> !serial.equals(subject.serial()))
                .<Voucher>map(serial -> new Voucher.OtherCamera(serial, camera))
                .orElse(camera);
    }

    private Voucher notACamera(List<X509Certificate> chain, Instant now) {
        PublicPath.Answer answer = PublicPath.of(chain, publicRoots, now);
        return switch (answer) {
            case PublicPath.Answer.Found found -> PublicLevel.of(chain.getFirst(), found);
            case PublicPath.Answer.None none -> {
                X509Certificate leaf = chain.getFirst();
                if (!leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
                    yield new Voucher.Stranger(none.reason(), none.detail());
                }
                yield vouchesForItself(leaf)
                        ? new Voucher.SelfSigned()
                        : new Voucher.Stranger(
                                Reason.BAD_SIGNATURE,
                                "it says that it signed itself, but its signature does not match its own key");
            }
        };
    }

    private static boolean vouchesForItself(X509Certificate certificate) {
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether some certificate says that one of those issued it: then what is wrong with it is worth telling. */
    private static boolean namesOneOf(List<X509Certificate> chain, List<X509Certificate> roots) {
        List<Object> names = new ArrayList<>();
        roots.forEach(root -> names.add(root.getSubjectX500Principal()));
        return chain.stream().anyMatch(certificate -> names.contains(certificate.getIssuerX500Principal()));
    }
}
