package org.camseal.identity.voucher;

import java.security.cert.X509Certificate;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;

/**
 * Who vouches for a certificate. What each of them proves is said by {@link Meaning}.
 *
 * @see <a href="https://cabforum.org/working-groups/server/baseline-requirements/documents/">CA/Browser Forum Baseline Requirements,
 *     section 7.1.6.1</a> for the levels of public authorities
 */
public sealed interface Voucher {
    /**
     * The maker, through a device root that was given.
     *
     * @param camera who it is, as the maker says
     * @param purpose {@link Purpose#DEVICE_TLS} or {@link Purpose#MEDIA_SIGNING}
     * @param root the device root
     */
    record Camera(CertificateSubject camera, Purpose purpose, X509Certificate root) implements Voucher {}

    /** The maker; but for another camera than the one that was asked for. */
    record OtherCamera(String expectedSerial, Camera found) implements Voucher {}

    /** A public authority, through a public root that was given. */
    sealed interface Public extends Voucher {
        X509Certificate root();
    }

    /** It saw that whoever asked controls the name (policy 2.23.140.1.2.1). */
    record Domain(X509Certificate root) implements Public {}

    /**
     * It saw that there is such an organization, and that it asked (2.23.140.1.2.2).
     *
     * @param organization the subject's O; empty if it has none, which is against the rules
     */
    record Organization(String organization, X509Certificate root) implements Public {}

    /**
     * It saw that there is such a person (2.23.140.1.2.3).
     *
     * @param person given name and surname, or the subject's O
     */
    record Individual(String person, X509Certificate root) implements Public {}

    /**
     * It examined the organization by the rules of extended validation (2.23.140.1.1).
     *
     * @param organization the subject's O
     * @param registration the subject's serialNumber: its number in the register of companies; empty if it has none
     */
    record Extended(String organization, String registration, X509Certificate root) implements Public {}

    /** A public authority that does not say, or may not say, how closely it looked. */
    record PublicOfUnknownLevel(X509Certificate root) implements Public {}

    /** Its own key, and nobody else. */
    record SelfSigned() implements Voucher {}

    /**
     * Nobody who is known here: it ends in no root that was given, or it names one and the chain is broken.
     *
     * @param reason the first rule that was broken
     * @param detail where, what was seen and what was expected
     */
    record Stranger(SignerTrust.Reason reason, String detail) implements Voucher {}
}
