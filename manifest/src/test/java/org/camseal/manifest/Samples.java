package org.camseal.manifest;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.camseal.manifest.TestKeys.EcKey;

/** One manifest and one session certificate, always the same. */
final class Samples {
    static final RunId RUN = RunId.of(new byte[] {0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18});
    static final SessionKey SESSION = EcKey.named("sample session").toSessionKey();

    private Samples() {}

    static Commitment commitment(int filling) {
        byte[] value = new byte[Commitment.LENGTH];
        Arrays.fill(value, (byte) filling);
        return Commitment.of(value);
    }

    private static byte[] digests(int count, int filling) {
        byte[] value = new byte[count * Digest.SHORT_LENGTH];
        Arrays.fill(value, (byte) filling);
        return value;
    }

    static Manifest content() {
        return new Manifest(
                new StreamId("CS-0001", "main"),
                RUN,
                7,
                Digest.sha256(new byte[] {6}),
                Instant.parse("2026-11-05T08:00:00.040Z"),
                Instant.parse("2026-11-05T08:00:02.040Z"),
                new CommittedEpoch(1, commitment(0xc1)),
                new CommittedEpoch(2, commitment(0xc2)),
                List.of(
                        new Coverage(SealedTrack.VIDEO, 350, digests(2, 0xd1)),
                        new Coverage(SealedTrack.AUDIO, 650, digests(1, 0xd2))),
                Digest.sha256(new byte[] {7}),
                List.of(new ShortDigest(1, 2), new ShortDigest(3, 4)));
    }

    static SignedManifest manifest(SessionKey key) {
        return SignedManifest.sign(content(), key);
    }

    static SessionCertificate certificate(MediaKey mediaKey) throws ManifestException {
        return SessionCertificate.issue(
                "CS-0001",
                RUN,
                SESSION,
                mediaKey,
                new SessionCertificate.Validity(
                        Instant.parse("2026-11-05T07:59:00Z"), Instant.parse("2026-11-06T08:00:00Z")));
    }
}
