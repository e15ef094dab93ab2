package org.camseal.signing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.signing.SignedClips.Grouping;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.SigningSeiReader;

/** Entry points that take any bytes: each ends quietly, in an answer, or a rule is broken. */
public final class SigningFuzz {
    private SigningFuzz() {}

    /** A NAL unit behind its header: read as SEI of both codecs; a document is a part of the unit. */
    public static void sei(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            byte[] bytes = new byte[NalUnit.headerLength(codec) + input.length];
            System.arraycopy(input, 0, bytes, bytes.length - input.length, input.length);
            bytes[0] = (byte) (codec == Codec.H264 ? 6 : 39 << 1);
            if (codec == Codec.H265) {
                bytes[1] = 1;
            }
            if (SigningSeiReader.read(NalUnit.of(codec, bytes)) instanceof SeiReading.Sei(SigningSei sei)
                    && sei.document().length > bytes.length) {
                throw new AssertionError("a document longer than its SEI");
            }
        }
    }

    /** A byte stream, judged: any bytes lead to a verdict. */
    public static void validator(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            List<NalUnit> nalUnits;
            try {
                nalUnits = AnnexB.split(codec, input);
            } catch (MediaException e) {
                continue; // no byte stream
            }
            if (nalUnits.isEmpty()) {
                continue;
            }
            MediaValidator validator =
                    new MediaValidator((VideoFormat) Letters.track(codec).format());
            for (AccessUnit unit : Letters.pictures(nalUnits)) {
                validator.accept((VideoUnit) unit);
            }
            validator.finish();
            validator.report();
        }
    }

    /** Signed byte streams of both codecs, in several ways, for {@link #validator}. */
    public static List<byte[]> streams() throws Exception {
        List<byte[]> streams = new ArrayList<>();
        for (List<NalUnit> stream : signed()) {
            streams.add(AnnexB.join(stream));
        }
        return streams;
    }

    /** Signing SEI without their NAL header, for {@link #sei}. */
    public static List<byte[]> seis() throws Exception {
        List<byte[]> seis = new ArrayList<>();
        for (List<NalUnit> stream : signed()) {
            for (NalUnit nal : stream) {
                if (SigningSeiReader.read(nal) instanceof SeiReading.Sei) {
                    int header = NalUnit.headerLength(nal.codec());
                    seis.add(Arrays.copyOfRange(nal.bytes(), header, nal.length()));
                }
            }
        }
        return seis;
    }

    private static List<List<NalUnit>> signed() throws Exception {
        List<List<NalUnit>> all = new ArrayList<>();
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (Grouping grouping : Grouping.values()) {
                all.add(SignedClips.sign(codec, SignedClips.settings(Detail.HASH_LIST, grouping), TestKeys.ec256()));
            }
        }
        return all;
    }
}
