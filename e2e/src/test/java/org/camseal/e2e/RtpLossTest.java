package org.camseal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReport;
import org.camseal.streaming.rtp.AacLayout;
import org.camseal.streaming.rtp.Depacketizer;
import org.camseal.streaming.rtp.Packetizer;
import org.camseal.streaming.rtp.Received;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtp.RtpPayload;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed pictures of several packets each, on a network that loses one packet in twenty: never forged. */
class RtpLossTest {
    private static final int SEEDS = 20;
    private static final double LOSS = 0.05;
    private static final int FORGED = 3;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"libx264, HASH_LIST", "libx264, LOW_BITRATE", "libx265, HASH_LIST", "libx265, LOW_BITRATE"})
    void fivePercentOfThePacketsAreLost(String encoder, Detail detail) throws Exception {
        Path film = Film.encoded(encoder, Film.Sound.NONE);
        SignedFilm signed = SignedFilm.of(film, SignedFilm.SETTINGS.with(detail), SignedFilm.strangersKey(directory));
        List<byte[]> packets = packets(signed);
        assertThat(packets).hasSizeGreaterThan(2 * signed.units().size());
        assertThat(severity(judge(signed, packets, new Random(0), 0)))
                .as("nothing lost")
                .isZero();
        alteredBytesAreForged(signed, packets);

        for (int seed = 0; seed < SEEDS; seed++) {
            SigningReport report = judge(signed, packets, new Random(seed), LOSS);

            assertThat(report.forged()).as("seed %d: %s", seed, report).isZero();
            assertThat(severity(report)).as("seed %d: %s", seed, report).isBetween(1, FORGED - 1);
        }
    }

    /** The positive control: nothing is lost, and a bit in the middle of a packet is another. */
    private static void alteredBytesAreForged(SignedFilm signed, List<byte[]> packets) throws Exception {
        Random random = new Random(5);
        int tried = 0;
        for (int round = 0; round < SEEDS; round++) {
            // Behind the first picture, with which the encoder says its settings; the last signature has a tail behind
            // it.
            int at = 60 + random.nextInt(packets.size() - 80);
            byte[] packet = packets.get(at);
            if (packet.length < 400) {
                continue;
            }
            byte[] altered = packet.clone();
            altered[altered.length / 2] ^= (byte) (1 << random.nextInt(8));
            packets.set(at, altered);

            assertThat(severity(judge(signed, packets, new Random(0), 0)))
                    .as("packet %d", at)
                    .isEqualTo(FORGED);
            packets.set(at, packet);
            tried++;
        }
        assertThat(tried).isGreaterThan(SEEDS / 2);
    }

    private static int severity(SigningReport report) {
        return report.overall().orElseThrow().severity();
    }

    private static List<byte[]> packets(SignedFilm film) throws Exception {
        Packetizer packetizer = Packetizer.of(film.track());
        List<byte[]> packets = new ArrayList<>();
        for (VideoUnit unit : film.units()) {
            for (RtpPayload payload : packetizer.packetize(unit)) {
                byte[] packet = new byte[RtpPacket.HEADER_LENGTH + payload.length()];
                int time = (int) unit.presentationTime().ticks();
                RtpPacket.writeHeader(packet, 0, 96, payload.mark(), packets.size(), time, 7);
                System.arraycopy(payload.bytes(), 0, packet, RtpPacket.HEADER_LENGTH, payload.length());
                packets.add(packet);
            }
        }
        return packets;
    }

    private static SigningReport judge(SignedFilm film, List<byte[]> packets, Random random, double loss)
            throws Exception {
        VideoFormat format = (VideoFormat) film.track().format();
        MediaValidator validator = new MediaValidator(format);
        Depacketizer depacketizer = Depacketizer.of(format, AacLayout.HIGH_BIT_RATE);
        for (byte[] packet : packets) {
            if (random.nextDouble() < loss) {
                depacketizer.lost();
            } else {
                depacketizer.accept(RtpPacket.parse(packet), received -> validator.accept(unit(received)));
            }
        }
        depacketizer.end(received -> validator.accept(unit(received)));
        validator.finish();
        return validator.report();
    }

    private static VideoUnit unit(Received received) {
        Received.Picture picture = (Received.Picture) received;
        MediaTime time = MediaTime.video(picture.rtpTimestamp());
        return new VideoUnit(1, picture.nalUnits(), time, time, Instant.EPOCH.plus(time.toDuration()));
    }
}
