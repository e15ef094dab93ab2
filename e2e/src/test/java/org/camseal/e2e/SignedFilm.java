package org.camseal.e2e;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.ElementSigningKey;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.camseal.signing.MediaSigner;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningKey;
import org.camseal.signing.wire.VendorInfo;

/** A film, signed the way ONVIF Media Signing says by a camera's media key. */
record SignedFilm(Track track, List<VideoUnit> units) {
    static final SignerSettings SETTINGS = SignerSettings.of(new VendorInfo("1.0", "CS-E2E-000002", "E2E"));

    /** The media key of a camera of a maker of its own, whom nobody knows. */
    static SigningKey strangersKey(Path directory) throws Exception {
        SecureRandom random = new SecureRandom();
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory.resolve("stranger"), "Stranger", Clock.systemUTC(), random);
        Identity camera = Identity.openOrCreate(directory.resolve("strange-camera"), Role.CAMERA, random);
        maker.enrol(camera, new CertificateSubject("Stranger", "test camera", "CS-E2E-000002"));
        return ElementSigningKey.of(CameraKeys.of(camera).media());
    }

    static SignedFilm of(Path film, SignerSettings settings, SigningKey key) throws Exception {
        List<VideoUnit> signed = new ArrayList<>();
        try (UnitReader reader = MediaFiles.open(film)) {
            Track track = reader.tracks().stream()
                    .filter(one -> one.format().codec().isVideo())
                    .findFirst()
                    .orElseThrow();
            MediaSigner signer = new MediaSigner(track, settings, key, Runnable::run, System::nanoTime);
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (signer.sign(unit).unit() instanceof VideoUnit video) {
                    signed.add(video);
                }
            }
            signer.end().ifPresent(last -> signed.add((VideoUnit) last.unit()));
            return new SignedFilm(track, List.copyOf(signed));
        }
    }
}
