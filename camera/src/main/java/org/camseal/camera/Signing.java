package org.camseal.camera;

import java.time.Duration;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.wire.VendorInfo;

/** Whether the clear video inside the sealed stream carries the camera's own signatures (ONVIF Media Signing), and how. */
public sealed interface Signing {
    /** Signed with the camera's media key, so that what somebody opens and hands on still shows whose it is. */
    record On(SignerSettings settings) implements Signing {}

    /** Sealed as it comes from the source; an opened copy shows nothing. */
    record Off() implements Signing {}

    /** Version of this program, as SEI say it. */
    String VERSION = "0.1.0";

    /**
     * Signed, hash lists, groups of at most two seconds, at most two signatures a second. Pictures of kinds that the format does not cover
     * stay in the stream: the manifests cover them.
     *
     * @param serial the camera's
     */
    static Signing by(String serial) {
        SignerSettings settings = SignerSettings.of(new VendorInfo(VERSION, serial, "CamSeal"));
        return new On(settings.with(SignerSettings.UncoveredPictures.PASS_UNSIGNED)
                .with(new SignerSettings.Waiting(8, Duration.ofSeconds(5)))
                .withSignaturesApart(Duration.ofMillis(500)));
    }
}
