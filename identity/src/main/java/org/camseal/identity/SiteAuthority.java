package org.camseal.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.List;

/**
 * A site's own root and issuing authority: it names the recorders and people of one owner, and can speak for no camera. A first form in
 * one directory and one process.
 */
public final class SiteAuthority {
    private final IssuingAuthority authority;

    private SiteAuthority(IssuingAuthority authority) {
        this.authority = authority;
    }

    /**
     * Opens the authority in that directory, or makes it there at first start.
     *
     * @param organization the site's name, in the authority's own certificates; used only when it is made
     * @throws IdentityException if the directory cannot be used, or holds something else
     */
    public static SiteAuthority openOrCreate(
            Path directory, String organization, InstantSource clock, SecureRandom random) throws IdentityException {
        return new SiteAuthority(IssuingAuthority.openOrCreate(
                new IssuingAuthority.Workshop(directory, Purpose.Domain.SITE, clock, random), organization));
    }

    /** What cameras, recorders and viewers of the site need to know each other: {@link TrustRoots#site()}. */
    public X509Certificate root() {
        return authority.root();
    }

    /** The authority between the root and recorders and people. */
    public X509Certificate issuing() {
        return authority.issuing();
    }

    /** Issues a recorder's certificate for one year: leaf first, without the root. The same request gets the same one again. */
    public List<X509Certificate> issueRecorder(CertificateRequest request, CertificateSubject recorder)
            throws IdentityException {
        return authority.issue(CertificateProfile.RECORDER, recorder, request.publicKey());
    }

    /** Issues a person's certificate for logging in, for one year: leaf first, without the root. */
    public List<X509Certificate> issuePerson(CertificateRequest request, CertificateSubject person)
            throws IdentityException {
        return authority.issue(CertificateProfile.PERSON, person, request.publicKey());
    }

    /**
     * Issues a person's certificate for opening video, for one year: leaf first, without the root. There is no proof of possession,
     * because such a key does not sign; a person who names another's key gets grants that only the other can open.
     */
    public List<X509Certificate> issueRecipient(ECPublicKey key, CertificateSubject person) throws IdentityException {
        return authority.issue(CertificateProfile.RECIPIENT, person, key);
    }

    /**
     * Lets another key have certificates of that profile for that serial. Certificates issued before stay valid until they end.
     *
     * @return true if there was something to release
     */
    public boolean release(CertificateProfile profile, String serial) throws IdentityException {
        return authority.release(profile, serial);
    }

    /**
     * Gives an identity in this process all a recorder or person needs: its keys if it has none yet, its certificates, and trust in
     * this authority's root. Repeating it renews certificates in the last third of their life.
     *
     * @throws IdentityException.Refused for a camera's identity: cameras are not the site's to name
     */
    public void enrol(Identity identity, CertificateSubject subject) throws IdentityException {
        switch (identity.role()) {
            case CAMERA, LINE, OPERATOR ->
                throw new IdentityException.Refused("a site authority names recorders and people only: cameras, lines"
                        + " and operators have their identity from the device authority");
            case RECORDER -> {
                CertificateRequest request = CertificateRequest.sign(identity.keyOrNew(Slot.TLS), subject);
                identity.install(Slot.TLS, issueRecorder(request, subject));
            }
            case PERSON -> {
                CertificateRequest request = CertificateRequest.sign(identity.keyOrNew(Slot.TLS), subject);
                identity.install(Slot.TLS, issuePerson(request, subject));
                identity.install(
                        Slot.RECIPIENT, issueRecipient(identity.agreementOrNew().publicKey(), subject));
            }
        }
        identity.trust(identity.roots().withSite(root()));
    }
}
