package org.camseal.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/**
 * The device root and its issuing authority: it gives cameras their identity, and signs nothing else. A first form in one directory and
 * one process, for a small maker or a demonstration.
 *
 * <p>Root P-384, issuing authority P-256 over end certificates only; both and the certificates begin one day before the authority was
 * made, so that a camera whose clock is a little behind is not "not yet valid".
 */
public final class DeviceAuthority {
    private final IssuingAuthority authority;

    private DeviceAuthority(IssuingAuthority authority) {
        this.authority = authority;
    }

    /**
     * Opens the authority in that directory, or makes it there at first start.
     *
     * @param organization the maker's name, in the authority's own certificates; used only when it is made
     * @throws IdentityException if the directory cannot be used, or holds something else
     */
    public static DeviceAuthority openOrCreate(
            Path directory, String organization, InstantSource clock, SecureRandom random) throws IdentityException {
        return new DeviceAuthority(IssuingAuthority.openOrCreate(
                new IssuingAuthority.Workshop(directory, Purpose.Domain.DEVICE, clock, random), organization));
    }

    /** What everybody else needs to know cameras: {@link TrustRoots#device()}. */
    public X509Certificate root() {
        return authority.root();
    }

    /** The authority between the root and the cameras. */
    public X509Certificate issuing() {
        return authority.issuing();
    }

    /**
     * Issues a camera's TLS certificate; the same request gets the same certificate again.
     *
     * @return leaf first, without the root
     * @throws IdentityException.Refused if that serial has a certificate for another key
     */
    public List<X509Certificate> issueTls(CertificateRequest request, CertificateSubject camera)
            throws IdentityException {
        return authority.issue(CertificateProfile.DEVICE_TLS, camera, request.publicKey());
    }

    /**
     * Issues a camera's media-signing certificate; the same request gets the same certificate again.
     *
     * @return leaf first, without the root
     * @throws IdentityException.Refused if that serial has a certificate for another key
     */
    public List<X509Certificate> issueMedia(CertificateRequest request, CertificateSubject camera)
            throws IdentityException {
        return authority.issue(CertificateProfile.MEDIA_SIGNING, camera, request.publicKey());
    }

    /**
     * Lets another key have certificates for that serial. For an operator who knows that the old keys are lost or retired: certificates
     * issued before stay valid, because nothing here revokes.
     *
     * @return true if there was something to release
     */
    public boolean release(String serial) throws IdentityException {
        boolean tls = authority.release(CertificateProfile.DEVICE_TLS, serial);
        boolean media = authority.release(CertificateProfile.MEDIA_SIGNING, serial);
        return tls || media;
    }

    /**
     * Gives an identity in this process all a camera needs: its keys if it has none yet, its two certificates, and trust in this
     * authority's root. May be repeated.
     */
    public void enrol(Identity identity, CertificateSubject camera) throws IdentityException {
        identity.requireRole(Role.CAMERA);
        KeyHandle tls = identity.keyOrNew(Slot.TLS);
        KeyHandle media = identity.keyOrNew(Slot.MEDIA);
        identity.install(Slot.TLS, issueTls(CertificateRequest.sign(tls, camera), camera));
        identity.install(Slot.MEDIA, issueMedia(CertificateRequest.sign(media, camera), camera));
        identity.trust(identity.roots().withDevice(root()));
    }
}
