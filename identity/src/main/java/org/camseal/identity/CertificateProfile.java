package org.camseal.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What the end certificates of each purpose look like: how long they live and what their key may do. */
public enum CertificateProfile {
    /** IEEE 802.1AR device certificate: lives as long as the device. */
    DEVICE_TLS(Purpose.DEVICE_TLS, Optional.empty()),
    /** The media key's certificate: recordings outlive devices, so it does not end either. */
    MEDIA_SIGNING(Purpose.MEDIA_SIGNING, Optional.empty()),
    /** A recorder's: one year, renewed from two thirds on. */
    RECORDER(Purpose.RECORDER, Optional.of(Duration.ofDays(365))),
    /** A person's, for logging in: one year. */
    PERSON(Purpose.PERSON, Optional.of(Duration.ofDays(365))),
    /** A person's, for opening video: one year. */
    RECIPIENT(Purpose.RECIPIENT, Optional.of(Duration.ofDays(365))),
    /** A production line's: 30 days, because it may ask for any camera of its orders. */
    LINE(Purpose.LINE, Optional.of(Duration.ofDays(30))),
    /** An operator's of the device authority: 30 days. */
    OPERATOR(Purpose.OPERATOR, Optional.of(Duration.ofDays(30))),
    /** The device authority's own HTTPS server: one year. */
    AUTHORITY_SERVER(Purpose.AUTHORITY_SERVER, Optional.of(Duration.ofDays(365))),
    /** A signer of status answers: 30 days, because nobody asks for its own status (RFC 6960 section 4.2.2.2.1). */
    OCSP_SIGNER(Purpose.OCSP_SIGNER, Optional.of(Duration.ofDays(30)));

    /** RFC 5280 section 4.1.2.5: "no well-defined expiration date". */
    public static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    private final Purpose purpose;
    private final Optional<Duration> lifetime;

    CertificateProfile(Purpose purpose, Optional<Duration> lifetime) {
        this.purpose = purpose;
        this.lifetime = lifetime;
    }

    public Purpose purpose() {
        return purpose;
    }

    /** Its name in paths, files and messages: {@code device-tls}, {@code media-signing} ... */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How long from its issuance; empty if it has no end. */
    public Optional<Duration> lifetime() {
        return lifetime;
    }

    /** True if its subject is a device, whose serial stands in the subject alternative name too (RFC 4108). */
    boolean namesDevice() {
        return purpose.domain() == Purpose.Domain.DEVICE && purpose != Purpose.OCSP_SIGNER;
    }

    int keyUsage() {
        return purpose.agrees() ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
    }

    /** When a certificate issued now ends. */
    public Instant notAfter(Instant now) {
        return lifetime.map(now::plus).orElse(NO_END);
    }

    /** From then on a new certificate may replace the old one: two thirds of its life. */
    public Instant renewableFrom(Instant notAfter) {
        return lifetime.map(life -> notAfter.minus(life.dividedBy(3))).orElse(NO_END);
    }
}
