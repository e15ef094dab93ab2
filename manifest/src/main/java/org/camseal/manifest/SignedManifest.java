package org.camseal.manifest;

import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborValue;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/**
 * A manifest in its COSE_Sign1, as it stands in the stream. Read, but not believed: ask {@link #isSignedBy}.
 */
public final class SignedManifest {
    private final byte[] encoded;
    private final CoseSign1 cose;
    private final Manifest manifest;
    private final SessionId session;

    private SignedManifest(byte[] encoded, CoseSign1 cose, Manifest manifest, SessionId session) {
        this.encoded = encoded;
        this.cose = cose;
        this.manifest = manifest;
        this.session = session;
    }

    /** Signs. */
    public static SignedManifest sign(Manifest manifest, SessionKey key) {
        CborValue.Mapping header = CoseSign1.header(CoseAlgorithm.ES256, key.id());
        CborValue.Bytes payload = CborValue.Bytes.of(manifest.encode());
        byte[] signature = key.sign(CoseSign1.toBeSigned(CoseSign1.Use.MANIFEST, header, payload));
        CoseSign1 cose = new CoseSign1(header, CoseSign1.NO_HEADER, payload, CborValue.Bytes.of(signature));
        return new SignedManifest(cose.encode(), cose, manifest, key.id());
    }

    /**
     * Reads a signed manifest; does not verify it.
     *
     * @throws ManifestException.Malformed if it breaks the format
     */
    public static SignedManifest parse(byte[] encoded) throws ManifestException.Malformed {
        if (encoded.length > Manifest.MAX_LENGTH) {
            throw new ManifestException.Malformed(
                    "manifest of " + encoded.length + " bytes; at most " + Manifest.MAX_LENGTH + " expected");
        }
        try {
            CoseSign1 cose = CoseSign1.decode(encoded);
            if (cose.protectedHeader().entries().get(CoseSign1.KEY_ID) instanceof CborValue.Bytes keyId
                    && keyId.value().length == SessionId.LENGTH) {
                SessionId session = SessionId.of(keyId.value());
                if (cose.protectedHeader().equals(CoseSign1.header(CoseAlgorithm.ES256, session))
                        && cose.unprotectedHeader().equals(CoseSign1.NO_HEADER)) {
                    Manifest manifest = Manifest.decode(cose.payload().value());
                    return new SignedManifest(encoded.clone(), cose, manifest, session);
                }
            }
            throw CborException.structure("manifest: expected the headers {1: -7, 4: session id of 8 bytes} and {}");
        } catch (CborException e) {
            throw new ManifestException.Malformed(e.getMessage() + " (sealed video, manifest)", e);
        }
    }

    /** What it says. */
    public Manifest manifest() {
        return manifest;
    }

    /** Which session key it claims to be signed with. */
    public SessionId session() {
        return session;
    }

    /**
     * True if the certificate's session key made the signature, and the certificate is for this camera and run. Says nothing of the times
     * and of whom to trust.
     */
    public boolean isSignedBy(SessionCertificate certificate) {
        return certificate.session().equals(session)
                && certificate.camera().equals(manifest.stream().camera())
                && certificate.run().equals(manifest.run())
                && Signatures.verify(
                        CoseAlgorithm.ES256,
                        certificate.key(),
                        cose.toBeSigned(CoseSign1.Use.MANIFEST),
                        cose.signature().value());
    }

    /** SHA-256 over the whole signed manifest: what the next one calls "previous". */
    public Digest digest() {
        return Digest.sha256(encoded);
    }

    /** The bytes as they stand in the stream. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The SEI NAL unit that carries it. */
    public NalUnit toNalUnit(Codec codec) {
        return SealedSei.of(SealedSei.Kind.MANIFEST, encoded.clone()).toNalUnit(codec);
    }
}
