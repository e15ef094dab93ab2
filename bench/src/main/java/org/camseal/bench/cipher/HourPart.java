package org.camseal.bench.cipher;

/** What an hour of video is made of, sealed or sent through TLS. */
enum HourPart {
    /** Sealing one picture of {@link VideoHour#PICTURE_BYTES}, with the suite that a sealer takes here. */
    PACKAGE,
    /** SHA-256 over one package, for the manifest. */
    DIGEST,
    /** ECDSA on P-256 over one manifest. */
    SIGNATURE,
    /** One epoch key for one recipient, by HPKE on P-256. */
    GRANT,
    /** One full TLS record, AES-256-GCM. */
    TLS_AES_RECORD,
    /** One full TLS record, ChaCha20-Poly1305. */
    TLS_CHACHA_RECORD
}
