package org.camseal.factory;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyDigest;

/**
 * What the line knows of a camera that is ready: {@code report.json} beside its identity.
 *
 * @param organization the maker
 * @param model the model
 * @param serial the camera's serial
 * @param line the line's id
 * @param element what the keys are in
 * @param assurance {@code HARDWARE} or {@code SOFTWARE}, as the element says
 * @param tls the TLS certificate
 * @param media the media-signing certificate
 * @param handshake the protocol and cipher suite of the test handshake
 * @param frame what was found of the signed test picture
 * @param tested when, by the station's clock
 */
public record CameraReport(
        String organization,
        String model,
        String serial,
        String line,
        String element,
        String assurance,
        Certificate tls,
        Certificate media,
        String handshake,
        String frame,
        Instant tested) {
    /**
     * One certificate.
     *
     * @param number its serial number, in hexadecimal digits
     * @param sha256 of its DER, in hexadecimal digits
     * @param keySha256 of its public key (SubjectPublicKeyInfo), in hexadecimal digits
     * @param algorithm of its key
     */
    public record Certificate(String number, String sha256, String keySha256, String algorithm) {
        public Certificate {
            Objects.requireNonNull(number);
            Objects.requireNonNull(sha256);
            Objects.requireNonNull(keySha256);
            Objects.requireNonNull(algorithm);
        }
    }

    public CameraReport {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(model);
        Objects.requireNonNull(serial);
        Objects.requireNonNull(line);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(media);
        Objects.requireNonNull(tested);
    }

    /** What the line itself found: who it is, what its tests gave, and when. */
    record Findings(String line, String handshake, String frame, Instant tested) {}

    /** The report of a camera whose identity is whole. */
    static CameraReport of(CertificateSubject subject, Identity identity, Findings findings) throws IdentityException {
        ElementInfo element = identity.element().info();
        return new CameraReport(
                subject.organization(),
                subject.name(),
                subject.serial(),
                findings.line(),
                element.name(),
                element.assurance().name(),
                described(identity.tls()),
                described(identity.media()),
                findings.handshake(),
                findings.frame(),
                findings.tested());
    }

    private static Certificate described(CertifiedKey key) {
        X509Certificate leaf = key.chain().getFirst();
        try {
            return new Certificate(
                    leaf.getSerialNumber().toString(16),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded())),
                    KeyDigest.of(leaf.getPublicKey()).toString(),
                    key.key().algorithm().name());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
