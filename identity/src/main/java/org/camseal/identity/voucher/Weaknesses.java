package org.camseal.identity.voucher;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Purpose;
import org.camseal.identity.voucher.Weakness.Kind;

/** Finds what speaks against a certificate, whoever vouches for it. */
final class Weaknesses {
    private static final int RSA_BITS = 2048;
    private static final int CURVE_BITS = 256;
    private static final Duration SOON = Duration.ofDays(10);

    private final List<Weakness> found = new ArrayList<>();
    private final Instant now;

    private Weaknesses(Instant now) {
        this.now = now;
    }

    static List<Weakness> of(Shown shown, Voucher voucher, Instant now) {
        Weaknesses weaknesses = new Weaknesses(now);
        X509Certificate leaf = shown.leaf();
        int looked = Math.min(shown.chain().size(), VoucherJudge.MAX_CHAIN);
        for (X509Certificate certificate : shown.chain().subList(0, looked)) {
            boolean root = !certificate.equals(leaf)
                    && certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (!root) { // a root's signature over itself counts for nothing
                weaknesses.algorithms(certificate);
                weaknesses.validity(certificate);
            }
        }
        weaknesses.soon(leaf);
        weaknesses.host(shown, voucher);
        Lifetimes.tooLong(leaf, voucher).ifPresent(detail -> weaknesses.add(Kind.UNUSUAL_LIFETIME, detail));
        weaknesses.purpose(shown, voucher);
        if (leaf.getBasicConstraints() >= 0) {
            weaknesses.add(Kind.IS_AUTHORITY, "it may issue certificates itself: whoever has its key can name anybody");
        }
        if (shown.proof() == Shown.Proof.BROKEN_OFF) {
            weaknesses.add(
                    Kind.KEY_NOT_SHOWN,
                    "the server broke the handshake off after the certificate, which anyone may copy (perhaps it wants a client"
                            + " certificate)");
        }
        return List.copyOf(weaknesses.found);
    }

    private void add(Kind kind, String detail) {
        found.add(new Weakness(kind, detail));
    }

    private void algorithms(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (algorithm.contains("SHA1") || algorithm.contains("MD5") || algorithm.contains("MD2")) {
            add(Kind.WEAK_SIGNATURE, named(certificate) + " is signed with " + certificate.getSigAlgName());
        }
        Optional<String> shortKey = switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> shorter("RSA", rsa.getModulus().bitLength(), RSA_BITS);
            case ECPublicKey ec ->
                shorter("elliptic-curve", ec.getParams().getCurve().getField().getFieldSize(), CURVE_BITS);
            case DSAPublicKey _ -> Optional.of("a DSA key, which TLS uses no more");
            default -> Optional.empty(); // Ed25519 and what comes later
        };
        shortKey.ifPresent(detail -> add(Kind.SHORT_KEY, named(certificate) + " has " + detail));
    }

    private static Optional<String> shorter(String kind, int bits, int least) {
        return bits < least
                ? Optional.of("an " + kind + " key of " + bits + " bits; at least " + least + " are expected")
                : Optional.empty();
    }

    private void validity(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            add(Kind.NOT_YET_VALID, named(certificate) + " is valid from " + from + " on, and it is " + now);
        }
        if (now.isAfter(until)) {
            add(Kind.EXPIRED, named(certificate) + " was valid until " + until + ", and it is " + now);
        }
    }

    private void soon(X509Certificate leaf) {
        Instant until = leaf.getNotAfter().toInstant();
        if (now.isBefore(until) && now.plus(SOON).isAfter(until)) {
            add(Kind.ENDS_SOON, "it is valid until " + until + " only");
        }
    }

    /** Cameras are known by their serial: their certificates name no host. */
    private void host(Shown shown, Voucher voucher) {
        if (shown.host().isEmpty() || voucher instanceof Voucher.Camera || voucher instanceof Voucher.OtherCamera) {
            return;
        }
        HostNames names = HostNames.of(shown.leaf());
        if (names.isEmpty()) {
            add(Kind.NO_HOST, "it names no host in its subject alternative names");
        } else if (!names.include(shown.host().get())) {
            add(Kind.WRONG_HOST, "asked for " + shown.host().get() + ", it names " + names);
        }
    }

    private void purpose(Shown shown, Voucher voucher) {
        boolean mediaInFile = voucher instanceof Voucher.Camera(var _, Purpose purpose, var _)
                && purpose == Purpose.MEDIA_SIGNING
                && shown.proof() == Shown.Proof.NONE;
        if (mediaInFile) {
            return;
        }
        try {
            List<String> usages = shown.leaf().getExtendedKeyUsage();
            if (usages == null) {
                add(Kind.NOT_FOR_SERVERS, "it does not say what it is for (no extended key usage)");
            } else if (!usages.contains(KeyPurposeId.id_kp_serverAuth.getId())) {
                add(Kind.NOT_FOR_SERVERS, "serverAuth is not among its extended key usages");
            }
        } catch (CertificateParsingException e) {
            add(Kind.NOT_FOR_SERVERS, "its extended key usage cannot be read");
        }
    }

    private static String named(X509Certificate certificate) {
        return CertificateSubject.display(certificate.getSubjectX500Principal());
    }
}
