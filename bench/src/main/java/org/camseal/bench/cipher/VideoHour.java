package org.camseal.bench.cipher;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An hour of 4 Mbit/s video at 25 pictures a second, one slice each, a manifest every 2 seconds and an epoch every 120 seconds, for N
 * viewers: CPU seconds in the camera.
 *
 * <p>Sealing pays for the packages, their digests and the manifests' signatures once, and for a grant per viewer and epoch. TLS pays for all
 * bytes per viewer; its handshakes, and the framing of either, are not counted.
 */
final class VideoHour {
    /** Of one viewer's video. */
    static final int BITS_PER_SECOND = 4_000_000;

    static final int PICTURES_PER_SECOND = 25;
    static final int SECONDS = 3_600;
    /** Of each picture. */
    static final int PICTURE_BYTES = BITS_PER_SECOND / 8 / PICTURES_PER_SECOND;
    /** The most that a TLS record holds (RFC 8446 section 5.1). */
    static final int RECORD_BYTES = 16_384;

    static final int MANIFEST_SECONDS = 2;
    /** A manifest over 50 packages is about so long (sealed-video.md, size). */
    static final int MANIFEST_BYTES = 1_100;

    static final int EPOCH_SECONDS = 120;
    /** How many viewers the tables show. */
    static final List<Integer> VIEWERS = List.of(1, 10, 100, 1_000);

    private static final double PICTURES = (double) SECONDS * PICTURES_PER_SECOND;
    private static final double NANOS = 1e9;

    private final ToDoubleFunction<HourPart> nanos;

    /** @param nanos the time of each part */
    VideoHour(ToDoubleFunction<HourPart> nanos) {
        this.nanos = nanos;
    }

    /** CPU seconds to seal the hour's pictures once. */
    double packages() {
        return PICTURES * seconds(HourPart.PACKAGE);
    }

    /** CPU seconds for the manifests that let anyone check them: digests and signatures. TLS has nothing like it. */
    double manifests() {
        return PICTURES * seconds(HourPart.DIGEST) + (double) SECONDS / MANIFEST_SECONDS * seconds(HourPart.SIGNATURE);
    }

    /** CPU seconds for the grants of the hour's epochs. */
    double granting(int viewers) {
        return (double) SECONDS / EPOCH_SECONDS * viewers * seconds(HourPart.GRANT);
    }

    /** All that sealing costs. */
    double sealed(int viewers) {
        return packages() + manifests() + granting(viewers);
    }

    /** CPU seconds to encrypt the hour for each viewer apart, in full AES-256-GCM records. */
    double tlsAes(int viewers) {
        return records() * viewers * seconds(HourPart.TLS_AES_RECORD);
    }

    /** CPU seconds to encrypt the hour for each viewer apart, in full ChaCha20-Poly1305 records. */
    double tlsChacha(int viewers) {
        return records() * viewers * seconds(HourPart.TLS_CHACHA_RECORD);
    }

    private static double records() {
        return (double) BITS_PER_SECOND / 8 * SECONDS / RECORD_BYTES;
    }

    private double seconds(HourPart part) {
        return nanos.applyAsDouble(part) / NANOS;
    }
}
