package org.camseal.cli.command;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.camseal.camera.CameraException;
import org.camseal.camera.ElementSigningKey;
import org.camseal.factory.FactoryException;
import org.camseal.factory.FailureCause;
import org.camseal.factory.FrameTest;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.MediaSignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.MediaSigner;
import org.camseal.signing.SignedUnit;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningException;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.signing.wire.VendorInfo;

/** Has a camera's media key sign one grey picture of H.264, 64 by 64, and judges it as a witness would who knows the device root. */
public final class TestPicture implements FrameTest {
    private static final String SEQUENCE = "6742c00ad90426c044000003000400000300083c489920";
    private static final String PICTURE_PARAMETERS = "68cb80e4b2";
    private static final String KEY_PICTURE = "6588843f26e4e4e4ebaebaebaebaebaebaf0";

    private final InstantSource clock;

    /**
     * @param clock when the picture is taken, and judged
     */
    public TestPicture(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String signAndCheck(CertifiedKey media, X509Certificate deviceRoot) throws FactoryException.TestFailed {
        VideoFormat format = new VideoFormat(Codec.H264, 64, 64, List.of(nal(SEQUENCE), nal(PICTURE_PARAMETERS)));
        MediaValidator witness = new MediaValidator(format);
        try {
            signed(media, new Track(1, format)).forEach(unit -> witness.accept(unit));
        } catch (SigningException | CameraException e) {
            throw failed("the media key did not sign a picture: " + e.getMessage(), e);
        }
        witness.finish();
        SigningReport report = witness.report();
        SigningVerdict verdict = report.overall().orElseThrow(() -> failed("the signed picture has no verdict", null));
        if (!(verdict instanceof SigningVerdict.Authentic) || report.signers().size() != 1) {
            throw failed("the signed picture is " + verdict, null);
        }
        requireOurs(report.signers().getFirst().chain(), media, deviceRoot);
        return "authentic, signed by the media key";
    }

    private List<VideoUnit> signed(CertifiedKey media, Track track)
            throws SigningException, CameraException.UnfitIdentity {
        VendorInfo vendor = new VendorInfo("factory test", media.serial(), "");
        MediaSigner signer = new MediaSigner(
                track, SignerSettings.of(vendor), ElementSigningKey.of(media), Runnable::run, System::nanoTime);
        VideoUnit picture = new VideoUnit(
                1,
                List.of(nal(SEQUENCE), nal(PICTURE_PARAMETERS), nal(KEY_PICTURE)),
                MediaTime.video(0),
                MediaTime.video(0),
                clock.instant());
        SignedUnit first = signer.sign(picture);
        Optional<SignedUnit> last = signer.end();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), last.stream())
                .map(unit -> (VideoUnit) unit.unit())
                .toList();
    }

    private void requireOurs(List<X509Certificate> chain, CertifiedKey media, X509Certificate deviceRoot)
            throws FactoryException.TestFailed {
        Instant now = clock.instant();
        MediaSignerTrust trust = new TrustEvaluator(new TrustRoots(List.of(deviceRoot), List.of()))
                .evaluateMediaSigner(chain, now, now.plus(Duration.ofSeconds(1)), now);
        if (trust instanceof MediaSignerTrust.Untrusted untrusted) {
            throw failed("the signed picture's signer is a stranger: " + untrusted.detail(), null);
        }
        if (!chain.getFirst().equals(media.chain().getFirst())) {
            throw failed("the signed picture shows another certificate than the camera's", null);
        }
    }

    private static FactoryException.TestFailed failed(
            String message, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FactoryException.TestFailed(FailureCause.FRAME, message, cause);
    }

    private static NalUnit nal(String hex) {
        return NalUnit.of(Codec.H264, HexFormat.of().parseHex(hex));
    }
}
