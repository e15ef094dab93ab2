package org.camseal.viewer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.manifest.CoseAlgorithm;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.segment.FreeSpace;
import org.camseal.recorder.CameraEntry;
import org.camseal.recorder.CameraFeed;
import org.camseal.recorder.Recorder;
import org.camseal.recorder.RecorderSettings;
import org.camseal.seal.Recipient;
import org.camseal.seal.RecipientKey;
import org.camseal.seal.SealException;
import org.camseal.seal.Sealer;
import org.camseal.seal.SealerSettings;
import org.camseal.web.Access;
import org.camseal.web.SessionToken;
import org.camseal.web.WebSettings;

/**
 * A camera with a test pattern, a recorder and what a viewer of it needs, in one process, without the network between camera and
 * recorder. The camera makes its first seconds at once and then goes on in real time.
 */
final class Rig implements AutoCloseable {
    static final String SERIAL = "CS-DEMO-0001";

    private final SecureRandom random = new SecureRandom();
    private final DeviceAuthority authority;
    private final Identity camera;
    private final KeyPair recipient = pair();
    private final Recorder recorder;
    private final SessionToken token = SessionToken.random(random);
    private final int secondsAtOnce;

    Rig(Path directory, Duration segmentLength, int secondsAtOnce, TestPatternSettings pattern)
            throws IdentityException, IOException {
        this.secondsAtOnce = secondsAtOnce;
        InstantSource clock = InstantSource.system();
        authority = DeviceAuthority.openOrCreate(directory.resolve("authority"), "Maker", clock, random);
        camera = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, random);
        authority.enrol(camera, new CertificateSubject("Maker", "Model", SERIAL));
        CameraEntry entry = new CameraEntry(
                "yard", URI.create("rtsps://camera.example/main"), null, SERIAL, List.of(authority.root()));
        recorder = new Recorder(
                new RecorderSettings(
                        directory.resolve("recordings"),
                        WebSettings.loopback(0, new Access.WithToken(token)),
                        List.of(entry),
                        new RecorderSettings.Storage(segmentLength, 1_000_000)),
                clock,
                ignored -> new PatternFeed(pattern),
                FreeSpace.OF_FILE_STORE);
        recorder.start();
    }

    static TestPatternSettings smallPattern() {
        return new TestPatternSettings(new VideoEncoderSettings(320, 180, 10, 300_000, 10), true);
    }

    /** Large enough to look at. */
    static TestPatternSettings pagePattern() {
        return new TestPatternSettings(VideoEncoderSettings.of(640, 360, 15, 800_000), true);
    }

    Recorder recorder() {
        return recorder;
    }

    X509Certificate deviceRoot() {
        return authority.root();
    }

    RecipientKey recipientKey() {
        return keyOf(recipient);
    }

    static RecipientKey strangersKey() {
        return keyOf(pair());
    }

    /** Settings of a viewer of this recorder. */
    ViewerSettings viewer(List<X509Certificate> roots, List<RecipientKey> keys, int port) {
        return new ViewerSettings(
                new ViewerSettings.RecorderAddress(recorder.address(), Optional.empty(), Optional.of(token)),
                roots,
                Map.of(),
                keys,
                WebSettings.loopback(port, new Access.WithToken(SessionToken.random(random))));
    }

    private static RecipientKey keyOf(KeyPair pair) {
        try {
            return RecipientKey.of(pair.getPrivate(), pair.getPublic());
        } catch (SealException.UnfitRecipient unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public void close() throws IOException {
        recorder.close();
    }

    /** Seals a test pattern; time begins some seconds ago. */
    private final class PatternFeed implements CameraFeed {
        private final TestPattern pattern;
        private final Sealer sealer;
        private volatile boolean closed;

        PatternFeed(TestPatternSettings settings) throws IOException {
            try {
                Instant start = Instant.now().minusSeconds(secondsAtOnce);
                pattern = TestPattern.open(settings, start);
                sealer = new Sealer(
                        pattern.tracks(),
                        SealerSettings.of(new StreamId(SERIAL, "main"), List.of(Recipient.of(recipient.getPublic())))
                                .withEpochLength(Duration.ofSeconds(20)),
                        new ElementKey(camera.media()),
                        random);
            } catch (IdentityException | SealException | org.camseal.ffmpeg.FFmpegException broken) {
                throw new IOException(broken);
            }
        }

        @Override
        public List<Track> tracks() {
            return pattern.tracks();
        }

        @Override
        public AccessUnit next() throws IOException {
            while (true) {
                try {
                    AccessUnit unit = pattern.next();
                    Duration early = Duration.between(Instant.now(), unit.capturedAt());
                    if (closed) {
                        throw new IOException("closed");
                    }
                    if (early.isPositive()) {
                        Thread.sleep(early);
                    }
                    return sealer.seal(unit).unit();
                } catch (SealException.NotStarted inFront) {
                    // sound in front of the first picture: left out
                } catch (SealException | org.camseal.ffmpeg.FFmpegException | InterruptedException broken) {
                    throw new IOException(broken);
                }
            }
        }

        @Override
        public void close() {
            closed = true;
        }
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
}
