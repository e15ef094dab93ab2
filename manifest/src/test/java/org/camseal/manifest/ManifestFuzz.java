package org.camseal.manifest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;

/** Entry points that take any bytes: each ends quietly, in a value or a refusal, or a rule is broken. */
public final class ManifestFuzz {
    private static final byte CUT = 0x5a;

    private ManifestFuzz() {}

    /** Signed manifests; what is read is written again to the byte. */
    public static void manifest(byte[] input) {
        try {
            requireSame(SignedManifest.parse(input).encoded(), input);
        } catch (ManifestException refused) {
            requireReason(refused);
        }
    }

    /** Session certificates; what is read is written again to the byte. */
    public static void certificate(byte[] input) {
        try {
            requireSame(SessionCertificate.verify(input).encoded(), input);
        } catch (ManifestException refused) {
            requireReason(refused);
        }
    }

    /** Own SEI, of both codecs. */
    public static void sei(byte[] input) {
        if (input.length < 2) {
            return;
        }
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            try {
                SealedSei.find(NalUnit.of(codec, input));
            } catch (ManifestException refused) {
                requireReason(refused);
            }
        }
    }

    /** The checker: the input is cut into NAL units and frames at the byte 5a. It answers with reports, never with an exception. */
    public static void checker(byte[] input) {
        List<AccessUnit> units = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == CUT) {
                units.add(unit(Arrays.copyOfRange(input, from, i), units.size()));
                from = i + 1;
            }
        }
        ManifestChecker checker = new ManifestChecker(FakeCamera.h264().tracks());
        units.forEach(checker::accept);
        checker.finish();
        checker.verdict();
    }

    private static AccessUnit unit(byte[] part, int index) {
        MediaTime time = MediaTime.video(3600L * index);
        return part.length == 0 || index % 3 == 2
                ? new AudioUnit(2, part, time, 1024, FakeCamera.START)
                : new VideoUnit(1, List.of(NalUnit.of(Codec.H264, part)), time, time, FakeCamera.START);
    }

    /** A film as {@link #checker} takes it. */
    public static byte[] film() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (AccessUnit unit : FakeCamera.h264().film("KPAPS KPAM kP")) {
            if (unit instanceof VideoUnit video) {
                for (NalUnit nal : video.nalUnits()) {
                    out.writeBytes(nal.bytes());
                    out.write(CUT);
                }
            }
        }
        return out.toByteArray();
    }

    private static void requireSame(byte[] written, byte[] read) {
        if (!Arrays.equals(written, read)) {
            throw new AssertionError("what was read is written otherwise");
        }
    }

    private static void requireReason(ManifestException refused) {
        if (refused.getMessage() == null || refused.getMessage().isBlank()) {
            throw new AssertionError("a refusal without a reason", refused);
        }
    }
}
