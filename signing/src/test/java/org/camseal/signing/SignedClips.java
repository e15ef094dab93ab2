package org.camseal.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.signing.SignerSettings.CertificatePlace;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.SignerSettings.Groups;
import org.camseal.signing.wire.VendorInfo;

/** Clips of real encoders, signed in every way there is. */
public final class SignedClips {
    /** Times that a clip of two groups is repeated. */
    private static final int REPETITIONS = 4;

    private SignedClips() {}

    /** How groups are made of pictures, by name. */
    public enum Grouping {
        WHOLE,
        PARTIAL,
        MULTI,
        CERTIFICATE_SEI
    }

    /** The settings of a combination. */
    public static SignerSettings settings(Detail detail, Grouping grouping) {
        SignerSettings whole =
                SignerSettings.of(new VendorInfo("1.4.2", "CS-0042", "CamSeal")).with(detail);
        return switch (grouping) {
            case WHOLE -> whole;
            case PARTIAL -> whole.with(new Groups(4, Duration.ofSeconds(2), 1, 32_768));
            case MULTI -> whole.with(new Groups(500, Duration.ofSeconds(2), 3, 32_768));
            case CERTIFICATE_SEI -> whole.with(CertificatePlace.CERTIFICATE_SEI);
        };
    }

    /** The clip of a codec, several times in a row: eight groups of three pictures, two slices each in H.264. */
    public static List<NalUnit> clip(Codec codec) throws IOException, MediaException {
        Path file = Path.of("../vectors/seal/clips", codec == Codec.H265 ? "h265.txt" : "h264.txt");
        String text = Files.readString(file, StandardCharsets.UTF_8);
        byte[] bytes =
                HexFormat.of().parseHex(text.substring(text.indexOf("\n\n")).replaceAll("\\s", ""));
        List<NalUnit> once = AnnexB.split(codec, bytes);
        List<NalUnit> all = new ArrayList<>();
        for (int i = 0; i < REPETITIONS; i++) {
            all.addAll(once);
        }
        return all;
    }

    /** A clip, signed. */
    public static List<NalUnit> sign(Codec codec, SignerSettings settings, SigningKey key) throws Exception {
        return Letters.sign(settings, key, Letters.pictures(clip(codec)));
    }

    /** Writes a byte stream. */
    public static void write(Path file, List<NalUnit> nalUnits) throws IOException {
        Files.write(file, AnnexB.join(nalUnits));
    }
}
