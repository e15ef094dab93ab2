package org.camseal.manifest;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborEncoder;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborFields;
import org.camseal.manifest.cbor.CborValue;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * The media key's word that a session key belongs to a camera's run (docs/spec/sealed-video.md, session certificate). An instance that
 * exists has been issued here, or its signature has been verified with the leaf it brings along; whether that leaf is to be trusted is
 * another question ({@link Signer}).
 */
public final class SessionCertificate {
    /** Bytes an encoded certificate can have at most. */
    public static final int MAX_LENGTH = 32_768;

    private static final int MAX_CHAIN = 4;
    private static final int MAX_X509_LENGTH = 8_192;
    private static final long MAX_SECONDS = 253_402_300_799L; // the last second of the year 9999
    private static final CborFields FIELDS = new CborFields("session certificate");

    private final byte[] encoded;
    private final Content content;
    private final List<X509Certificate> chain;

    /** What is signed. */
    private record Content(String camera, RunId run, ECPublicKey key, Instant notBefore, Instant notAfter) {
        byte[] encode() {
            TreeMap<Long, CborValue> map = new TreeMap<>();
            map.put(1L, new CborValue.Int(1));
            map.put(2L, new CborValue.Text(camera));
            map.put(3L, CborValue.Bytes.of(run.bytes()));
            map.put(4L, CborValue.Bytes.of(P256.encode(key)));
            map.put(5L, new CborValue.Int(notBefore.getEpochSecond()));
            map.put(6L, new CborValue.Int(notAfter.getEpochSecond()));
            return CborEncoder.encode(new CborValue.Mapping(map));
        }

        static Content decode(byte[] bytes) throws CborException, ManifestException.Malformed {
            List<CborValue> fields = FIELDS.record(CborDecoder.decode(bytes), 6);
            if (FIELDS.number("version", fields.get(0), Integer.MAX_VALUE) != 1) {
                throw CborException.structure("session certificate: expected version 1");
            }
            String camera = FIELDS.text("camera", fields.get(1));
            if (!StreamId.isCamera(camera)) {
                throw CborException.structure("session certificate: camera: expected 1 to 64 bytes of plain text");
            }
            Content content = new Content(
                    camera,
                    RunId.of(FIELDS.bytes("run", fields.get(2), RunId.LENGTH)),
                    P256.decode(FIELDS.bytes("session key", fields.get(3), P256.POINT_LENGTH)),
                    Instant.ofEpochSecond(FIELDS.number("not before", fields.get(4), MAX_SECONDS)),
                    Instant.ofEpochSecond(FIELDS.number("not after", fields.get(5), MAX_SECONDS)));
            if (content.notBefore.isAfter(content.notAfter)) {
                throw CborException.structure("session certificate: not before is later than not after");
            }
            return content;
        }
    }

    private SessionCertificate(byte[] encoded, Content content, List<X509Certificate> chain) {
        this.encoded = encoded;
        this.content = content;
        this.chain = chain;
    }

    /** Whole seconds of UTC a certificate counts for, both ends included. */
    public record Validity(Instant notBefore, Instant notAfter) {
        public Validity {
            if (notBefore.isAfter(notAfter) || notBefore.getEpochSecond() < 0) {
                throw new IllegalArgumentException("validity from " + notBefore + " to " + notAfter);
            }
        }
    }

    /**
     * Has the media key certify a session key.
     *
     * @throws ManifestException.KeyFailed if the media key cannot sign, or signs what its own leaf does not verify
     */
    public static SessionCertificate issue(
            String camera, RunId run, SessionKey session, MediaKey mediaKey, Validity validity)
            throws ManifestException {
        Content content = new Content(
                new StreamId(camera, "any").camera(),
                run,
                P256.decode(session.publicPoint()),
                Instant.ofEpochSecond(validity.notBefore().getEpochSecond()),
                Instant.ofEpochSecond(validity.notAfter().getEpochSecond()));
        CborValue.Mapping header = CoseSign1.header(mediaKey.algorithm(), null);
        CborValue.Bytes payload = CborValue.Bytes.of(content.encode());
        byte[] signature = Signatures.toCose(
                mediaKey.algorithm(), mediaKey.sign(CoseSign1.toBeSigned(CoseSign1.Use.SESSION, header, payload)));
        TreeMap<Long, CborValue> unprotected = new TreeMap<>();
        unprotected.put(CoseSign1.X5CHAIN, encodeChain(mediaKey.chain()));
        byte[] encoded = new CoseSign1(
                        header, new CborValue.Mapping(unprotected), payload, CborValue.Bytes.of(signature))
                .encode();
        try {
            return verify(
                    encoded); // a key and a chain that do not belong together must show at the camera, not in court
        } catch (ManifestException.Rejected e) {
            throw new ManifestException.KeyFailed("the media key's signature does not verify with its own leaf", e);
        }
    }

    /**
     * Reads a certificate and verifies its signature with the leaf it brings along.
     *
     * @throws ManifestException.Malformed if it breaks the format
     * @throws ManifestException.Rejected if the signature does not verify
     */
    public static SessionCertificate verify(byte[] encoded)
            throws ManifestException.Malformed, ManifestException.Rejected {
        if (encoded.length > MAX_LENGTH) {
            throw new ManifestException.Malformed(
                    "session certificate of " + encoded.length + " bytes; at most " + MAX_LENGTH + " expected");
        }
        try {
            CoseSign1 cose = CoseSign1.decode(encoded);
            CoseAlgorithm algorithm = cose.algorithm();
            if (!cose.protectedHeader().equals(CoseSign1.header(algorithm, null))
                    || cose.unprotectedHeader().entries().size() != 1) {
                throw CborException.structure(
                        "session certificate: expected the headers {1: algorithm} and {33: chain}");
            }
            List<X509Certificate> chain =
                    decodeChain(cose.unprotectedHeader().entries().get(CoseSign1.X5CHAIN));
            Content content = Content.decode(cose.payload().value());
            byte[] message = cose.toBeSigned(CoseSign1.Use.SESSION);
            if (!Signatures.verify(
                    algorithm,
                    chain.getFirst().getPublicKey(),
                    message,
                    cose.signature().value())) {
                throw new ManifestException.Rejected();
            }
            return new SessionCertificate(encoded.clone(), content, chain);
        } catch (CborException e) {
            throw new ManifestException.Malformed(e.getMessage(), e);
        }
    }

    /** One certificate is a byte string, several are an array (RFC 9360 section 2). */
    private static CborValue encodeChain(List<X509Certificate> chain) throws ManifestException.KeyFailed {
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new ManifestException.KeyFailed(
                    "the media key's chain has " + chain.size() + " certificates; 1 to " + MAX_CHAIN + " expected");
        }
        List<CborValue> items = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            try {
                items.add(CborValue.Bytes.of(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new ManifestException.KeyFailed("a certificate of the media key's chain has no encoding", e);
            }
        }
        return items.size() == 1 ? items.getFirst() : new CborValue.Array(items);
    }

    private static List<X509Certificate> decodeChain(@Nullable CborValue value)
            throws CborException, ManifestException.Malformed {
        List<CborValue> items = switch (value) {
            case CborValue.Bytes single -> List.of(single);
            case CborValue.Array array
            when array.items().size() >= 2 && array.items().size() <= MAX_CHAIN -> array.items();
            case null, default ->
                throw CborException.structure(
                        "session certificate: chain: expected one certificate or an array of 2 to 4");
        };
        List<X509Certificate> chain = new ArrayList<>();
        for (CborValue item : items) {
            byte[] der = FIELDS.bytesUpTo("certificate", item, MAX_X509_LENGTH);
            try {
                ByteArrayInputStream in = new ByteArrayInputStream(der);
                if (der.length == 0 || der[0] != 0x30) {
                    throw CborException.structure("session certificate: chain: expected certificates in DER");
                }
                chain.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(in));
                if (in.available() > 0) {
                    throw CborException.structure("session certificate: chain: bytes behind a certificate");
                }
            } catch (CertificateException e) {
                throw new ManifestException.Malformed("session certificate: chain: not an X.509 certificate", e);
            }
        }
        return chain;
    }

    /** The certificate's bytes, as they stand in the stream. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The SEI NAL unit that carries it. */
    public NalUnit toNalUnit(Codec codec) {
        return SealedSei.of(SealedSei.Kind.SESSION_CERTIFICATE, encoded.clone()).toNalUnit(codec);
    }

    /** The camera the leaf vouches for. */
    public String camera() {
        return content.camera();
    }

    /** The run the session key is for. */
    public RunId run() {
        return content.run();
    }

    /** The name of the session key. */
    public SessionId session() {
        return SessionKey.idOf(P256.encode(content.key()));
    }

    /** The times it counts for. */
    public Validity validity() {
        return new Validity(content.notBefore(), content.notAfter());
    }

    /** Who vouches, to be judged by whoever knows whom to trust. */
    public Signer signer() {
        return new Signer(chain, session(), content.camera(), content.notBefore(), content.notAfter());
    }

    ECPublicKey key() {
        return content.key();
    }
}
