package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.manifest.Commitment;
import org.camseal.manifest.CommittedEpoch;
import org.camseal.manifest.CoseAlgorithm;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.ManifestRecorder;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.PackageTrailer;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.SessionCertificate;
import org.camseal.manifest.SessionKey;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * A camera that sends what looks sealed: true manifests and certificates over packages of random bytes, which is all that anybody without
 * a key can tell. Ten pictures a second, a key picture with a manifest each second.
 */
final class FakeCamera {
    static final int PICTURES_PER_SECOND = 10;
    static final Instant START = Instant.parse("2026-11-14T10:15:00Z");

    private static final NalUnit SPS = nal("6742c00cd901419f9f011000000300100000030320f142a480");
    private static final NalUnit PPS = nal("68cb83cb20");

    private final String serial;
    private final DeviceAuthority authority;
    private final Random random = new Random(11);
    private final SessionKey session = SessionKey.generate(new SecureRandom());
    private final RunId run = RunId.random(random);
    private final ManifestRecorder manifests;
    private final NalUnit certificate;
    private final CommittedEpoch epoch = new CommittedEpoch(1, Commitment.of(new byte[Commitment.LENGTH]));
    private long n;

    /** @param directory for the authority and the camera's keys; cameras of one directory are of one maker */
    FakeCamera(Path directory, String serial) throws IdentityException, ManifestException {
        this.serial = serial;
        SecureRandom secure = new SecureRandom();
        InstantSource clock = InstantSource.fixed(START);
        this.authority = DeviceAuthority.openOrCreate(directory.resolve("authority"), "Maker", clock, secure);
        Identity identity = Identity.openOrCreate(directory.resolve(serial), Role.CAMERA, secure);
        authority.enrol(identity, new CertificateSubject("Maker", "Model", serial));
        this.manifests = new ManifestRecorder(new StreamId(serial, "main"), run, session);
        byte[] encoded = SessionCertificate.issue(
                        serial,
                        run,
                        session,
                        new ElementKey(identity.media()),
                        new SessionCertificate.Validity(START, START.plus(Duration.ofHours(12))))
                .encoded();
        this.certificate =
                SealedSei.of(SealedSei.Kind.SESSION_CERTIFICATE, encoded).toNalUnit(Codec.H264);
    }

    String serial() {
        return serial;
    }

    X509Certificate root() {
        return authority.root();
    }

    List<Track> tracks() {
        return List.of(new Track(1, new VideoFormat(Codec.H264, 320, 180, List.of(SPS, PPS))));
    }

    /** The next pictures from the start: certificate at the first and every ten seconds, grants at the first and every five. */
    List<AccessUnit> seconds(int from, int count) {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = from * PICTURES_PER_SECOND; i < (from + count) * PICTURES_PER_SECOND; i++) {
            units.add(picture(i));
        }
        return units;
    }

    private VideoUnit picture(int i) {
        Instant at = START.plusMillis(i * 1000L / PICTURES_PER_SECOND);
        boolean key = i % PICTURES_PER_SECOND == 0;
        List<NalUnit> nalUnits = new ArrayList<>();
        if (key) {
            nalUnits.addAll(List.of(SPS, PPS));
            manifests.parameterSet(SPS);
            manifests.parameterSet(PPS);
        }
        manifests.beginPicture(at);
        if (key) {
            if (i % (10 * PICTURES_PER_SECOND) == 0) {
                nalUnits.add(certificate);
            }
            nalUnits.add(manifests.close(at, epoch).toNalUnit(Codec.H264));
            if (i % (5 * PICTURES_PER_SECOND) == 0) {
                nalUnits.add(SealedSei.of(SealedSei.Kind.GRANTS, new byte[] {1, 2, 3})
                        .toNalUnit(Codec.H264));
            }
        }
        NalUnit slice = slice(key);
        manifests.add(SealedTrack.VIDEO, n++, slice.bytes());
        nalUnits.add(slice);
        MediaTime time = MediaTime.video(i * (long) MediaTime.VIDEO_CLOCK_HZ / PICTURES_PER_SECOND);
        return new VideoUnit(1, nalUnits, time, time, at);
    }

    private NalUnit slice(boolean key) {
        byte[] body = new byte[key ? 2_000 : 500];
        random.nextBytes(body);
        body[0] = (byte) (key ? 0x65 : 0x41);
        byte[] share = new byte[32];
        byte[] tag = new byte[16];
        random.nextBytes(share);
        random.nextBytes(tag);
        byte[] trailer = new PackageTrailer(n, share, tag, Suite.ofCode(1).orElseThrow()).bytes();
        byte[] whole = new byte[body.length + trailer.length];
        System.arraycopy(body, 0, whole, 0, body.length);
        System.arraycopy(trailer, 0, whole, body.length, trailer.length);
        return NalUnit.of(Codec.H264, EmulationPrevention.escape(whole));
    }

    private static NalUnit nal(String hex) {
        return NalUnit.of(Codec.H264, HexFormat.of().parseHex(hex));
    }

    /** A feed of the given units, which then ends, or waits until it is closed. */
    CameraFeed feed(List<AccessUnit> units, boolean waitAtEnd) {
        return new Feed(tracks(), units, waitAtEnd);
    }

    private record ElementKey(CertifiedKey key) implements MediaKey {
        @Override
        public List<X509Certificate> chain() {
            return key.chain();
        }

        @Override
        public CoseAlgorithm algorithm() {
            return CoseAlgorithm.ES256;
        }

        @Override
        public byte[] sign(byte[] message) throws ManifestException.KeyFailed {
            try {
                return key.key().sign(message);
            } catch (IdentityException broken) {
                throw new ManifestException.KeyFailed("the test's key does not sign", broken);
            }
        }
    }

    private static final class Feed implements CameraFeed {
        private final List<Track> tracks;
        private final List<AccessUnit> units;
        private final boolean waitAtEnd;
        private int next;
        private boolean closed;

        Feed(List<Track> tracks, List<AccessUnit> units, boolean waitAtEnd) {
            this.tracks = tracks;
            this.units = units;
            this.waitAtEnd = waitAtEnd;
        }

        @Override
        public List<Track> tracks() {
            return tracks;
        }

        @Override
        public synchronized AccessUnit next() throws IOException {
            if (next < units.size() && !closed) {
                return units.get(next++);
            }
            try {
                while (waitAtEnd && !closed) {
                    wait();
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("the camera is gone");
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
