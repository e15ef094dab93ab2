package org.camseal.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;

/**
 * A whole small world in one directory: a maker's authority, a site's authority, a camera, a recorder and a viewer, each with its own
 * directory and keys, as on machines of their own. What is there already is used again.
 *
 * <pre>
 *   device-authority/  site-authority/   device-root.pem
 *   camera/            recorder/         viewer/
 * </pre>
 *
 * @param deviceRoot the root certificate that cameras are judged by, for {@code camseal verify --root}
 */
public record DemoSite(Path directory, Identity camera, Identity recorder, Identity viewer, Path deviceRoot) {
    static final String CAMERA_SERIAL = "CS-DEMO-000001";
    static final String RECORDER_SERIAL = "demo-recorder";

    /** @param element the address of the secure element in which the camera's keys are */
    public static DemoSite openOrCreate(Path directory, String element, InstantSource clock, SecureRandom random)
            throws IdentityException, IOException {
        Files.createDirectories(directory);
        DeviceAuthority maker = DeviceAuthority.openOrCreate(
                directory.resolve("device-authority"), "CamSeal demonstration", clock, random);
        SiteAuthority site = SiteAuthority.openOrCreate(
                directory.resolve("site-authority"), "CamSeal demonstration site", clock, random);
        ElementAddress address = ElementAddress.parse(element);
        Identity camera = Identity.openOrCreate(
                directory.resolve("camera").resolve("identity"),
                Role.CAMERA,
                element,
                ElementAddress.preparing(address, random));
        Identity recorder =
                Identity.openOrCreate(directory.resolve("recorder").resolve("identity"), Role.RECORDER, random);
        Identity viewer = Identity.openOrCreate(directory.resolve("viewer").resolve("identity"), Role.PERSON, random);
        maker.enrol(camera, new CertificateSubject("CamSeal demonstration", "demo camera", CAMERA_SERIAL));
        site.enrol(recorder, new CertificateSubject("CamSeal demonstration site", "demo recorder", RECORDER_SERIAL));
        site.enrol(viewer, new CertificateSubject("CamSeal demonstration site", "demo viewer", "demo-viewer"));
        TrustRoots roots = TrustRoots.NONE.withDevice(maker.root()).withSite(site.root());
        recorder.trust(roots);
        viewer.trust(roots);
        Path deviceRoot = directory.resolve("device-root.pem");
        Pem.writeCertificates(deviceRoot, java.util.List.of(maker.root()));
        return new DemoSite(directory, camera, recorder, viewer, deviceRoot);
    }

    /** Gives the elements back: counts are written down, processes end. */
    void close() {
        camera.element().close();
        recorder.element().close();
        viewer.element().close();
    }

    Path recordings() {
        return directory.resolve("recorder").resolve("recordings");
    }

    Path viewerIdentity() {
        return directory.resolve("viewer").resolve("identity");
    }

    /** A password or token of 128 bits. */
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
