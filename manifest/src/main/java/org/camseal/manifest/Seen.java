package org.camseal.manifest;

/**
 * A package that came by: where, its number, its digest.
 *
 * @param key the digest as manifests list it
 * @param stamp how many manifests had come by before it
 */
record Seen(Position unit, long n, Digest digest, ShortDigest key, long stamp) {
    Position position() {
        return unit.withN(n);
    }
}
