package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

/** Entry points for a fuzzer, each run here over a seeded corpus: any bytes end in a value or a checked exception. */
class FuzzTest {
    /** Signed manifests. */
    static final class ManifestBytes {
        static void fuzz(byte[] input) {
            try {
                assertThat(SignedManifest.parse(input).encoded()).isEqualTo(input);
            } catch (ManifestException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    /** Session certificates. */
    static final class CertificateBytes {
        static void fuzz(byte[] input) {
            try {
                assertThat(SessionCertificate.verify(input).encoded()).isEqualTo(input);
            } catch (ManifestException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    /** Own SEI, of both codecs. */
    static final class SeiBytes {
        static void fuzz(byte[] input) {
            if (input.length < 2) {
                return;
            }
            for (Codec codec : List.of(Codec.H264, Codec.H265)) {
                try {
                    assertThat(SealedSei.find(NalUnit.of(codec, input))).isNotNull();
                } catch (ManifestException refused) {
                    assertThat(refused.getMessage()).isNotEmpty();
                }
            }
        }
    }

    /** The checker: each input is cut into NAL units and frames at the byte 5a. */
    static final class CheckerBytes {
        static void fuzz(byte[] input) {
            FakeCamera camera = FakeCamera.h264();
            List<AccessUnit> units = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= input.length; i++) {
                if (i == input.length || input[i] == 0x5a) {
                    byte[] part = Arrays.copyOfRange(input, from, i);
                    units.add(unit(part, units.size()));
                    from = i + 1;
                }
            }
            assertThat(Judgement.of(camera.tracks(), units).reports()).isNotNull();
        }

        private static AccessUnit unit(byte[] part, int index) {
            MediaTime time = MediaTime.video(3600L * index);
            return part.length == 0 || index % 3 == 2
                    ? new AudioUnit(2, part, time, 1024, FakeCamera.START)
                    : new VideoUnit(1, List.of(NalUnit.of(Codec.H264, part)), time, time, FakeCamera.START);
        }
    }

    private static void run(Consumer<byte[]> target, int rounds, byte[]... seeds) {
        Random random = new Random(seeds[0].length);
        for (int i = 0; i < rounds; i++) {
            byte[] input = seeds[random.nextInt(seeds.length)].clone();
            for (int edits = random.nextInt(5); edits >= 0; edits--) {
                int at = random.nextInt(input.length);
                input[at] =
                        random.nextBoolean() ? (byte) random.nextInt() : (byte) (input[at] ^ (1 << random.nextInt(8)));
            }
            target.accept(random.nextInt(4) > 0 ? input : Arrays.copyOf(input, random.nextInt(input.length)));
        }
    }

    @Test
    void manifests() {
        run(ManifestBytes::fuzz, 20_000, Samples.manifest(Samples.SESSION).encoded());
    }

    @Test
    void certificates() throws Exception {
        run(
                CertificateBytes::fuzz,
                1_000,
                Samples.certificate(TestKeys.mediaKey("CS-0001")).encoded(),
                Samples.certificate(TestKeys.mediaKeyP384("CS-0001")).encoded());
    }

    @Test
    void sei() {
        run(
                SeiBytes::fuzz,
                20_000,
                SealedSei.of(SealedSei.Kind.GRANTS, new byte[40])
                        .toNalUnit(Codec.H264)
                        .bytes(),
                SealedSei.of(SealedSei.Kind.PACKAGE, new byte[80])
                        .toNalUnit(Codec.H265)
                        .bytes());
    }

    @Test
    void checker() {
        List<byte[]> seeds = new ArrayList<>();
        for (FakeCamera camera : List.of(FakeCamera.h264())) {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (AccessUnit unit : camera.film("KPAPS KPAM kP")) {
                if (unit instanceof VideoUnit video) {
                    for (NalUnit nal : video.nalUnits()) {
                        all.writeBytes(nal.bytes());
                        all.write(0x5a);
                    }
                }
            }
            seeds.add(all.toByteArray());
        }
        run(CheckerBytes::fuzz, 200, seeds.toArray(new byte[0][]));
    }
}
