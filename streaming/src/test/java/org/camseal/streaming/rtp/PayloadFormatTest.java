package org.camseal.streaming.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.Synthetic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadFormatTest {
    private static final AudioFormat AAC =
            new AudioFormat(Codec.AAC, 48_000, 2, HexFormat.of().parseHex("1190"));

    private static List<RtpPacket> packets(Track track, List<? extends AccessUnit> units) throws ProtocolException {
        List<RtpPacket> packets = new ArrayList<>();
        Packetizer packetizer = Packetizer.of(track);
        int sequence = 65_530;
        for (AccessUnit unit : units) {
            for (RtpPayload payload : packetizer.packetize(unit)) {
                byte[] bytes = new byte[12 + payload.length()];
                int timestamp = (int) unit.presentationTime().ticks();
                RtpPacket.writeHeader(bytes, 0, 96, payload.mark(), sequence++, timestamp, 7);
                System.arraycopy(payload.bytes(), 0, bytes, 12, payload.length());
                packets.add(RtpPacket.parse(bytes));
            }
        }
        return packets;
    }

    private static List<Received> received(Depacketizer depacketizer, List<RtpPacket> packets)
            throws ProtocolException {
        List<Received> received = new ArrayList<>();
        int expected = packets.getFirst().sequence();
        for (RtpPacket packet : packets) {
            if (packet.sequence() != expected) {
                depacketizer.lost();
            }
            expected = packet.sequence() + 1 & 0xffff;
            depacketizer.accept(packet, received::add);
        }
        depacketizer.end(received::add);
        return received;
    }

    private static List<NalUnit> nals(List<Received> received) {
        return received.stream()
                .flatMap(unit -> ((Received.Picture) unit).nalUnits().stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "H265"})
    void picturesOfAnySizeComeBackAsTheyWere(Codec codec) throws Exception {
        Synthetic source = new Synthetic(codec, 2);
        Random random = new Random(3);
        List<VideoUnit> units = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            units.add(source.picture(
                    random.nextInt(5) == 0 ? 'I' : 'P', 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000)));
        }
        List<RtpPacket> packets = packets(Synthetic.video(codec), units);
        assertThat(packets)
                .allSatisfy(packet -> assertThat(packet.payloadLength()).isBetween(1, Packetizer.MAX_PAYLOAD));
        assertThat(packets.stream().filter(RtpPacket::isMarked)).hasSize(units.size());
        List<Received> received =
                received(Depacketizer.of(Synthetic.video(codec).format(), AacLayout.HIGH_BIT_RATE), packets);
        assertThat(received).hasSize(units.size());
        for (int i = 0; i < units.size(); i++) {
            Received.Picture picture = (Received.Picture) received.get(i);
            assertThat(picture.nalUnits().equals(units.get(i).nalUnits()))
                    .as("picture %s", i)
                    .isTrue();
            assertThat(picture.wholeness()).isEqualTo(Received.Wholeness.WHOLE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "H265"})
    void everyLostPacketCostsItsOwnNalUnitsAndNoOther(Codec codec) throws Exception {
        List<VideoUnit> units = new Synthetic(codec, 4).pictures("IPP", 8_000);
        List<RtpPacket> packets = packets(Synthetic.video(codec), units);
        List<NalUnit> sent = Synthetic.nals(units);
        for (int lost = 0; lost < packets.size(); lost++) {
            List<RtpPacket> rest = new ArrayList<>(packets);
            rest.remove(lost);
            List<Received> received =
                    received(Depacketizer.of(Synthetic.video(codec).format(), AacLayout.HIGH_BIT_RATE), rest);
            List<NalUnit> nals = nals(received);
            assertThat(sent.containsAll(nals))
                    .as("lost packet %s of %s", lost, packets.size())
                    .isTrue();
            assertThat(nals.size()).isBetween(sent.size() - 5, sent.size() - 1);
        }
    }

    @Test
    void aPictureWhoseMarkerIsLostEndsWithTheNextTimestampAndIsDamaged() throws Exception {
        List<VideoUnit> units = new Synthetic(Codec.H264, 5).pictures("IP", 8_000);
        List<RtpPacket> packets = new ArrayList<>(packets(Synthetic.video(Codec.H264), units));
        int marked = 0;
        while (!packets.get(marked).isMarked()) {
            marked++;
        }
        packets.remove(marked);
        List<Received> received = received(new H264Depacketizer(), packets);
        assertThat(received).hasSize(2);
        assertThat(((Received.Picture) received.getFirst()).wholeness()).isEqualTo(Received.Wholeness.DAMAGED);
        assertThat(((Received.Picture) received.getLast())
                        .nalUnits()
                        .equals(units.getLast().nalUnits()))
                .isTrue();
    }

    @Test
    void h264PacketsAreThoseOfTheStandard() throws Exception {
        NalUnit sps = NalUnit.of(Codec.H264, HexFormat.of().parseHex("6742c01e"));
        NalUnit pps = NalUnit.of(Codec.H264, HexFormat.of().parseHex("28ce"));
        byte[] slice = new byte[1300];
        slice[0] = 0x65;
        VideoUnit unit = new VideoUnit(
                1,
                List.of(sps, pps, NalUnit.of(Codec.H264, slice)),
                MediaTime.video(0),
                MediaTime.video(0),
                Synthetic.START);
        List<RtpPayload> payloads = new H264Packetizer().packetize(unit);
        assertThat(payloads).hasSize(3);
        // STAP-A with the higher nal_ref_idc (RFC 6184 figure 7), then FU-A start and end (figure 14)
        assertThat(payloads.get(0).bytes()).isEqualTo(HexFormat.of().parseHex("7800046742c01e000228ce"));
        assertThat(payloads.get(1).bytes()).startsWith(0x7c, 0x85).hasSize(651);
        assertThat(payloads.get(2).bytes()).startsWith(0x7c, 0x45).hasSize(652);
    }

    @Test
    void nalUnitTypesThatRtpUsesItselfAreRefused() {
        for (int type : new int[] {0, 24, 28, 31}) {
            NalUnit nal = new Synthetic(Codec.H264, 6).nal(type, 20);
            VideoUnit unit = new VideoUnit(1, List.of(nal), MediaTime.video(0), MediaTime.video(0), Synthetic.START);
            assertThatThrownBy(() -> new H264Packetizer().packetize(unit))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("type " + type);
        }
    }

    @Test
    void aacFramesComeBackWholeOrInFragments() throws Exception {
        List<AudioUnit> units = new ArrayList<>();
        Random random = new Random(8);
        for (int size : new int[] {1, 200, 1196, 1197, 5000, 8191, 3}) {
            byte[] frame = new byte[size];
            random.nextBytes(frame);
            units.add(new AudioUnit(2, frame, new MediaTime(1024L * units.size(), 48_000), 1024, Synthetic.START));
        }
        Track track = new Track(2, AAC);
        List<RtpPacket> packets = packets(track, units);
        List<Received> received = received(Depacketizer.of(AAC, AacLayout.HIGH_BIT_RATE), packets);
        assertThat(received.stream().map(frame -> HexFormat.of().formatHex(((Received.Frame) frame).bytes())))
                .containsExactlyElementsOf(units.stream()
                        .map(unit -> HexFormat.of().formatHex(unit.frame()))
                        .toList());
        byte[] tooLong = new byte[8192];
        AudioUnit unit = new AudioUnit(2, tooLong, new MediaTime(0, 48_000), 1024, Synthetic.START);
        assertThatThrownBy(() -> Packetizer.of(track).packetize(unit)).hasMessageContaining("8192 bytes");
    }

    @Test
    void severalAacFramesInOnePacketGetTimesOfTheirOwn() throws Exception {
        byte[] payload = HexFormat.of().parseHex("0020" + "0010" + "0018" + "aabb" + "ccddee");
        byte[] packet = new byte[12 + payload.length];
        RtpPacket.writeHeader(packet, 0, 97, RtpPacket.Mark.MARKED, 1, 5_000, 1);
        System.arraycopy(payload, 0, packet, 12, payload.length);
        List<Received> received =
                received(Depacketizer.of(AAC, AacLayout.HIGH_BIT_RATE), List.of(RtpPacket.parse(packet)));
        assertThat(received.stream().map(Received::rtpTimestamp)).containsExactly(5_000, 6_024);
        assertThat(((Received.Frame) received.getLast()).bytes())
                .isEqualTo(HexFormat.of().parseHex("ccddee"));
    }

    @Test
    void aSealedG711FrameLastsAsLongAsItsSamplesNotItsBytes() throws Exception {
        Track track = Synthetic.audio();
        List<AudioUnit> units = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            units.add(new AudioUnit(2, new byte[160 + 53], new MediaTime(160L * i, 8_000), 160, Synthetic.START));
        }
        List<Received> received =
                received(Depacketizer.of(track.format(), AacLayout.HIGH_BIT_RATE), packets(track, units));
        assertThat(received)
                .hasSize(4)
                .allSatisfy(
                        frame -> assertThat(((Received.Frame) frame).samples()).isEqualTo(160));
    }
}
