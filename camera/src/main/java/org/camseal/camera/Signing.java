package org.camseal.camera;

import java.time.Duration;
import java.util.function.Supplier;
import org.camseal.identity.CertifiedKey;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.wire.VendorInfo;

/** Whether the clear video inside the sealed stream carries the camera's own signatures (ONVIF Media Signing), and how. */
public sealed interface Signing {
    /** Signed with the camera's media key, so that what somebody opens and hands on still shows whose it is. */
    record On(SignerSettings settings) implements Signing {}

    /**
     * Signed with the key that is chosen at the moment: the maker's, or the owner's under a certificate of theirs. With another key the stream begins
     * anew, at the next key picture, because no reader can tell a change of keys within a stream from a forgery.
     *
     * @param key asked at each key picture; must return soon
     */
    record Chosen(SignerSettings settings, Supplier<CertifiedKey> key) implements Signing {}

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
        return new On(settings(serial));
    }

    /** As {@link #by(String)}, with the key that is chosen. */
    static Signing by(String serial, Supplier<CertifiedKey> key) {
        return new Chosen(settings(serial), key);
    }

    private static SignerSettings settings(String serial) {
        SignerSettings settings = SignerSettings.of(new VendorInfo(VERSION, serial, "CamSeal"));
        return settings.with(SignerSettings.UncoveredPictures.PASS_UNSIGNED)
                .with(new SignerSettings.Waiting(8, Duration.ofSeconds(5)))
                .withSignaturesApart(Duration.ofMillis(500));
    }
}
