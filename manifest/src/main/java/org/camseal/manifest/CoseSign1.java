package org.camseal.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborEncoder;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborFields;
import org.camseal.manifest.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * COSE_Sign1 (RFC 9052 section 4.2), tagged, payload inside, in deterministic CBOR. What is signed is tied to its use by external_aad.
 *
 * @param protectedHeader by label
 * @param unprotectedHeader by label
 */
record CoseSign1(
        CborValue.Mapping protectedHeader,
        CborValue.Mapping unprotectedHeader,
        CborValue.Bytes payload,
        CborValue.Bytes signature) {
    static final long ALGORITHM = 1; // RFC 9052 section 3.1
    static final long KEY_ID = 4; // RFC 9052 section 3.1
    static final long X5CHAIN = 33; // RFC 9360 section 2
    static final CborValue.Mapping NO_HEADER = new CborValue.Mapping(new TreeMap<>());

    private static final long TAG = 18;

    /** What a signature is for: its text is external_aad, so that no signature counts for another purpose. */
    enum Use {
        MANIFEST("camseal 1 manifest"),
        SESSION("camseal 1 session certificate");

        private final String externalAad;

        Use(String externalAad) {
            this.externalAad = externalAad;
        }
    }

    /** The protected header with the algorithm, and the key id where there is one. */
    static CborValue.Mapping header(CoseAlgorithm algorithm, @Nullable SessionId keyId) {
        SortedMap<Long, CborValue> entries = new TreeMap<>();
        entries.put(ALGORITHM, new CborValue.Int(algorithm.code()));
        if (keyId != null) {
            entries.put(KEY_ID, CborValue.Bytes.of(keyId.bytes()));
        }
        return new CborValue.Mapping(entries);
    }

    /** Sig_structure (RFC 9052 section 4.4): the bytes the signature is made over. */
    static byte[] toBeSigned(Use use, CborValue.Mapping protectedHeader, CborValue.Bytes payload) {
        return CborEncoder.encode(CborValue.Array.of(
                new CborValue.Text("Signature1"),
                CborValue.Bytes.of(CborEncoder.encode(protectedHeader)),
                CborValue.Bytes.of(use.externalAad.getBytes(StandardCharsets.US_ASCII)),
                payload));
    }

    byte[] toBeSigned(Use use) {
        return toBeSigned(use, protectedHeader, payload);
    }

    byte[] encode() {
        return CborEncoder.encode(new CborValue.Tagged(
                TAG,
                CborValue.Array.of(
                        CborValue.Bytes.of(CborEncoder.encode(protectedHeader)),
                        unprotectedHeader,
                        payload,
                        signature)));
    }

    static CoseSign1 decode(byte[] bytes) throws CborException {
        if (!(CborDecoder.decode(bytes) instanceof CborValue.Tagged tagged) || tagged.tag() != TAG) {
            throw CborException.structure("COSE_Sign1: expected tag " + TAG);
        }
        List<CborValue> items = new CborFields("COSE_Sign1").tuple("body", tagged.content(), 4);
        if (items.get(0) instanceof CborValue.Bytes header
                && CborDecoder.decode(header.value()) instanceof CborValue.Mapping protectedHeader
                && items.get(1) instanceof CborValue.Mapping unprotectedHeader
                && items.get(2) instanceof CborValue.Bytes payload
                && items.get(3) instanceof CborValue.Bytes signature) {
            return new CoseSign1(protectedHeader, unprotectedHeader, payload, signature);
        }
        throw CborException.structure(
                "COSE_Sign1: expected [protected header, unprotected header, payload, signature]");
    }

    /** The algorithm of the protected header. */
    CoseAlgorithm algorithm() throws CborException {
        if (protectedHeader.entries().get(ALGORITHM) instanceof CborValue.Int code) {
            return CoseAlgorithm.ofCode(code.value())
                    .orElseThrow(() -> CborException.structure("COSE_Sign1: algorithm " + code.value()
                            + "; -7 (ES256), -35 (ES384) or -37 (PS256) expected"));
        }
        throw CborException.structure("COSE_Sign1: the protected header names no algorithm");
    }
}
