package org.camseal.signing;

import org.camseal.signing.wire.HashAlgorithm;

/**
 * How a key signs, and with it how the whole stream is hashed: the format has one hash algorithm for both.
 *
 * @param hash SHA-256 with RSA if deployed readers shall follow; they know nothing else there
 */
public record SigningAlgorithm(KeyKind kind, HashAlgorithm hash) {}
