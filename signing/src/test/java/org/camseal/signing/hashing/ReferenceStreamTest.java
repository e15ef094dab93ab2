package org.camseal.signing.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.camseal.media.NalUnit;
import org.camseal.signing.ReferenceStreams;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.SigningSeiReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our hashes of the reference signer's streams are those that it wrote into them. */
class ReferenceStreamTest {
    @ParameterizedTest
    @CsvSource({
        "default_epb.264, SHA_256, 4, true",
        "hash_before_epb_escaped_after.264, SHA_256, 4, true",
        "low_bitrate_noeos.264, SHA_256, 4, false",
        "certsei.264, SHA_256, 4, true",
        "partial_10frames.264, SHA_256, 14, true",
        "freq2.264, SHA_256, 3, true",
        "sha512.264, SHA_512, 4, true",
        "sha256_ec384.264, SHA_256, 4, true",
        "rsa2048_pss.264, SHA_256, 4, true",
        "bframes_3slices.264, SHA_256, 3, true",
        "default.265, SHA_256, 3, true"
    })
    void ourHashesAreThoseInTheStream(String name, HashAlgorithm algorithm, int groups, boolean endOfStream)
            throws Exception {
        NalHasher hasher = new NalHasher(algorithm);
        List<Digest> hashes = new ArrayList<>();
        Deque<SigningSei> seis = new ArrayDeque<>();
        for (NalUnit nal : ReferenceStreams.read(name)) {
            NalClass nalClass = NalClass.of(nal);
            if (nalClass.isHashed()) {
                hashes.add(hasher.hash(nal, nalClass));
            } else if (SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei)) {
                seis.add(sei);
                if (sei.signature().isEmpty()) {
                    hashes.add(hasher.hash(sei));
                }
            } else {
                assertThat(SigningSeiReader.read(nal)).isInstanceOf(SeiReading.NotOurs.class);
            }
        }
        seis.removeIf(SigningSei::isCertificateSei);
        if (endOfStream) {
            seis.removeLast(); // the reference writes the hash of the group before into it
        }
        int at = 0;
        int checked = 0;
        for (SigningSei sei : seis) {
            General general = sei.content().general().orElseThrow();
            GroupHashes group = new GroupHashes(algorithm);
            for (int i = 0; i < general.hashCount(); i++) {
                group.addSlice(hashes.get(at + i));
            }
            assertThat(group.groupHash()).as(name + " " + sei).isEqualTo(general.groupHash());
            sei.content().hashList().ifPresent(list -> assertThat(list).isEqualTo(group.list()));
            at += general.hashCount();
            checked++;
        }
        assertThat(checked).isEqualTo(groups);
    }
}
