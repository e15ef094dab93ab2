package org.camseal.e2e;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.CameraSettings;
import org.camseal.camera.Delivery;
import org.camseal.camera.FileSource;
import org.camseal.camera.Sealing;
import org.camseal.camera.Surroundings;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.server.Authenticator;

/** A camera that plays a film, seals it and serves it over RTSPS, with the papers a witness needs beside it. */
final class SealingCamera implements AutoCloseable {
    static final String SERIAL = "CS-E2E-000001";
    static final String USER = "witness";
    static final String PASSWORD = "correct-horse";

    final Camera camera;
    final Path root;
    final Path viewerIdentity;

    private SealingCamera(Camera camera, Path root, Path viewerIdentity) {
        this.camera = camera;
        this.root = root;
        this.viewerIdentity = viewerIdentity;
    }

    static SealingCamera start(Path directory, Path film) throws Exception {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        DeviceAuthority maker = DeviceAuthority.openOrCreate(directory.resolve("maker"), "E2E maker", clock, random);
        SiteAuthority site = SiteAuthority.openOrCreate(directory.resolve("site"), "E2E site", clock, random);
        Identity own = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, random);
        maker.enrol(own, new CertificateSubject("E2E maker", "test camera", SERIAL));
        Identity viewer = Identity.openOrCreate(directory.resolve("viewer"), Role.PERSON, random);
        site.enrol(viewer, new CertificateSubject("E2E site", "test viewer", "viewer-1"));
        Path root = directory.resolve("root.pem");
        Pem.writeCertificates(root, List.of(maker.root()));
        Sealing sealing = new Sealing(
                List.of(viewer.recipient().chain().getFirst()),
                Sealing.to(viewer.recipient().chain()).suite(),
                Duration.ofSeconds(5)); // several epochs in a short recording
        Delivery delivery = new Delivery(
                InetAddress.getLoopbackAddress(),
                0,
                new Delivery.Protection.Tls(),
                Authenticator.digest("e2e", List.of(new Login(USER, PASSWORD)), LegacyDigest.MD5));
        Camera camera = Camera.start(
                CameraSettings.of(SERIAL, FileSource.of(film), sealing, delivery),
                CameraKeys.of(own),
                Surroundings.ofThisMachine(event -> {}));
        return new SealingCamera(camera, root, directory.resolve("viewer"));
    }

    /** With user and password, as ffmpeg wants it. */
    String addressWithLogin() {
        return camera.address().toString().replace("://", "://" + USER + ":" + PASSWORD + "@");
    }

    @Override
    public void close() {
        camera.close();
    }
}
