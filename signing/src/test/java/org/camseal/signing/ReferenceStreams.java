package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.SharedVectors;

/**
 * Streams that the reference signer made, where they are there.
 */
public final class ReferenceStreams {
    private ReferenceStreams() {}

    /** The directory; the test goes on only where it is there. */
    public static Path directory() {
        return SharedVectors.require("vectors/media-signing/generated");
    }

    /** The NAL units of one. */
    public static List<NalUnit> read(String name) throws IOException, MediaException {
        Codec codec = name.endsWith("5") ? Codec.H265 : Codec.H264;
        List<NalUnit> units = AnnexB.split(codec, Files.readAllBytes(directory().resolve(name)));
        assertThat(units).isNotEmpty();
        return units;
    }
}
