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
    RECIPIENT(Purpose.RECIPIENT, Optional.of(Duration.ofDays(365)));

    /** RFC 5280 section 4.1.2.5: "no well-defined expiration date". */
    static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

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
        return purpose.domain() == Purpose.Domain.DEVICE;
    }

    int keyUsage() {
        return purpose.agrees() ? KeyUsage.keyAgreement : KeyUsage.digitalSignature;
    }

    Instant notAfter(Instant now) {
        return lifetime.map(now::plus).orElse(NO_END);
    }

    /** From then on a new certificate may replace the old one: two thirds of its life. */
    Instant renewableFrom(Instant notAfter) {
        return lifetime.map(life -> notAfter.minus(life.dividedBy(3))).orElse(NO_END);
    }
}
