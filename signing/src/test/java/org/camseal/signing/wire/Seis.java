package org.camseal.signing.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** Signing SEI for tests, made from a seed. */
final class Seis {
    private Seis() {}

    static Digest digest(HashAlgorithm algorithm, Random random) {
        byte[] bytes = new byte[algorithm.size()];
        random.nextBytes(bytes);
        return Digest.of(bytes);
    }

    static HashList hashList(HashAlgorithm algorithm, int count, Random random) {
        byte[] entries = new byte[count * algorithm.size()];
        random.nextBytes(entries);
        return HashList.of(entries, algorithm.size());
    }

    static General general(HashAlgorithm algorithm, long counter, int count, Random random) {
        OnvifTime start = OnvifTime.of(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(2 * counter));
        return new General(
                General.VERSION_WITH_END,
                General.SpecificationVersion.WRITTEN,
                random.nextBoolean(),
                start,
                Optional.of(new OnvifTime(start.ticks() + 20_000_000)),
                counter,
                count,
                digest(algorithm, random),
                digest(algorithm, random));
    }

    /** All tags that stand in a signed SEI by default. */
    static SeiContent content(HashAlgorithm algorithm, int count, Random random) {
        return new SeiContent(
                Optional.of(general(algorithm, 7, count, random)),
                count == 0 ? Optional.empty() : Optional.of(hashList(algorithm, count, random)),
                Optional.of(CryptoInfo.of(algorithm)),
                Optional.of(new VendorInfo("1.4.2", "CS-0042", "CamSeal")),
                List.of(new Certificates(false, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")),
                Optional.empty());
    }

    static SigningSei read(NalUnit nal) {
        return ((SeiReading.Sei) SigningSeiReader.read(nal)).sei();
    }

    /** A NAL unit of these payload bytes behind the UUID, without emulation prevention: it has only bytes above 3 where it counts. */
    static NalUnit raw(Codec codec, byte[] behindUuid) {
        return org.camseal.media.Sei.userDataUnregistered(codec, SigningSei.SEI_UUID, behindUuid);
    }
}
