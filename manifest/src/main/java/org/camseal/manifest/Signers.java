package org.camseal.manifest;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The session certificates a stream has shown so far: what whoever verifies manifests keeps. Remembers the last 64 session keys; the same
 * certificate again costs one hash. Confined to one thread.
 */
public final class Signers {
    private static final int MAX_SESSIONS = 64;

    private final Map<SessionId, SessionCertificate> sessions = new LinkedHashMap<>();
    private final Map<SessionId, Digest> seen = new HashMap<>();

    /** Whether a certificate says something new. */
    public enum Accepted {
        /** A session key not seen before, or a later certificate of a known one by the same leaf. */
        NEW,
        /** The very certificate, again. */
        KNOWN,
        /** A known session key, but vouched for by another leaf, or for another camera or run. The first one stays. */
        CONFLICT
    }

    /**
     * Takes a certificate in.
     *
     * @param encoded the body of an SEI of kind SESSION_CERTIFICATE
     * @throws ManifestException.Malformed if it breaks the format
     * @throws ManifestException.Rejected if its signature does not verify
     */
    public Accepted accept(byte[] encoded) throws ManifestException.Malformed, ManifestException.Rejected {
        Digest digest = Digest.sha256(encoded);
        if (seen.containsValue(digest)) {
            return Accepted.KNOWN;
        }
        SessionCertificate certificate = SessionCertificate.verify(encoded);
        SessionCertificate known = sessions.get(certificate.session());
        if (known != null && !sameOwner(known, certificate)) {
            return Accepted.CONFLICT;
        }
        sessions.remove(certificate.session()); // so that it counts as the latest
        sessions.put(certificate.session(), certificate);
        seen.put(certificate.session(), digest);
        if (sessions.size() > MAX_SESSIONS) {
            SessionId eldest = sessions.keySet().iterator().next();
            sessions.remove(eldest);
            seen.remove(eldest);
        }
        return Accepted.NEW;
    }

    private static boolean sameOwner(SessionCertificate one, SessionCertificate other) {
        return one.camera().equals(other.camera())
                && one.run().equals(other.run())
                && one.key().equals(other.key())
                && one.signer()
                        .leaf()
                        .getPublicKey()
                        .equals(other.signer().leaf().getPublicKey());
    }

    /** The certificate of a session key, if it has been seen. */
    public Optional<SessionCertificate> certificate(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    /**
     * Who signed a manifest; empty if the session certificate it names has not been seen.
     *
     * @throws ManifestException.Rejected if it has been seen, and the signature does not verify with it
     */
    public Optional<Signer> signer(SignedManifest manifest) throws ManifestException.Rejected {
        SessionCertificate certificate = sessions.get(manifest.session());
        if (certificate == null) {
            return Optional.empty();
        }
        if (!manifest.isSignedBy(certificate)) {
            throw new ManifestException.Rejected();
        }
        return Optional.of(certificate.signer());
    }
}
