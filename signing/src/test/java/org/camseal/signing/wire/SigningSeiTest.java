package org.camseal.signing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read back, in every form. */
class SigningSeiTest {
    private static final byte[] SIGNATURE = {0x30, 0, 0, 1, 2, 3};

    @ParameterizedTest
    @EnumSource(HashAlgorithm.class)
    void readsWhatItWrote(HashAlgorithm algorithm) {
        Random random = new Random(1);
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            SeiContent content = Seis.content(algorithm, 60, random);
            SigningSeiWriter.Draft draft = SigningSeiWriter.draft(codec, false, content, 72);
            NalUnit nal = draft.complete(SIGNATURE);
            SigningSei sei = Seis.read(nal);
            assertThat(sei.content()).isEqualTo(content);
            assertThat(sei.signature()).get().returns(72, SignatureField::fieldSize);
            assertThat(sei.signature().orElseThrow().bytes()).isEqualTo(SIGNATURE);
            assertThat(sei.document()).isEqualTo(draft.document());
            assertThat(sei.isEscapedBeforeHashing()).isTrue();
            assertThat(sei.isCertificateSei()).isFalse();
        }
    }

    @Test
    void readsAnUnsignedOneAndItsHashedBytes() {
        SeiContent content = Seis.content(HashAlgorithm.SHA_256, 3, new Random(2));
        NalUnit nal = SigningSeiWriter.unsigned(Codec.H265, content);
        SigningSei sei = Seis.read(nal);
        assertThat(sei.signature()).isEmpty();
        assertThat(sei.hashedBytes()).isEqualTo(nal.bytes());
        assertThat(sei.content()).isEqualTo(content);
    }

    @Test
    void itsPayloadSizeIsThatOfTheStandardSei() throws Exception {
        SeiContent content = Seis.content(HashAlgorithm.SHA_384, 20, new Random(3));
        NalUnit nal = SigningSeiWriter.draft(Codec.H264, false, content, 104).complete(SIGNATURE);
        List<Sei> messages = Sei.parse(nal);
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().isUserData(SigningSei.SEI_UUID)).isTrue();
        assertThat(messages.getFirst().payload()).hasSize(SigningSeiWriter.payloadSize(content, 104));
    }

    /** A document that ends in two zero bytes gets a prevention byte in front of the signature's tag, which is 3: not signed. */
    @Test
    void theEmulationPreventionByteInFrontOfTheSignatureIsNotPartOfTheDocument() {
        Random random = new Random(4);
        byte[] zeroEnd = new byte[2 * 32];
        Arrays.fill(zeroEnd, (byte) 9);
        zeroEnd[62] = 0;
        zeroEnd[63] = 0;
        SeiContent content = new SeiContent(
                Optional.of(Seis.general(HashAlgorithm.SHA_256, 1, 2, random)),
                Optional.of(HashList.of(zeroEnd, 32)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        SigningSeiWriter.Draft draft = SigningSeiWriter.draft(Codec.H264, false, content, 72);
        NalUnit nal = draft.complete(SIGNATURE);
        int end = draft.document().length;
        assertThat(Arrays.copyOfRange(nal.bytes(), end - 2, end + 2)).isEqualTo(new byte[] {0, 0, 3, 3});
        assertThat(Seis.read(nal).document()).isEqualTo(draft.document());
    }

    /** Some signers write the SEI into MP4 without any emulation prevention: its length alone tells. */
    @Test
    void doesNotUnescapeWhereTheLengthSaysThatNothingWasEscaped() {
        SeiContent content = Seis.content(HashAlgorithm.SHA_256, 2, new Random(5));
        NalUnit escaped = SigningSeiWriter.draft(Codec.H264, false, content, 72).complete(SIGNATURE);
        byte[] unescaped = org.camseal.media.EmulationPrevention.unescape(escaped.bytes());
        assertThat(unescaped.length).as("positive control").isLessThan(escaped.length());
        int flags = 2 + SigningSeiWriter.payloadSize(content, 72) / 0xff + 1 + 16;
        unescaped[flags] = 0;
        SigningSei sei = Seis.read(NalUnit.of(Codec.H264, unescaped));
        assertThat(sei.content()).isEqualTo(content);
        assertThat(sei.isEscapedBeforeHashing()).isFalse();
        assertThat(sei.document()).isEqualTo(Arrays.copyOf(unescaped, sei.document().length));
    }

    @Test
    void trailingZeroBytesMakeNoDifference() {
        SeiContent content = Seis.content(HashAlgorithm.SHA_256, 2, new Random(6));
        NalUnit nal = SigningSeiWriter.draft(Codec.H264, false, content, 72).complete(SIGNATURE);
        NalUnit longer = NalUnit.of(Codec.H264, Arrays.copyOf(nal.bytes(), nal.length() + 3));
        assertThat(Seis.read(longer).document()).isEqualTo(Seis.read(nal).document());
    }

    @Test
    void tellsAxisAndForeignOnesApart() {
        byte[] data = {1, 2, 3};
        NalUnit axis = Sei.userDataUnregistered(Codec.H264, SigningSeiReader.AXIS_UUID, data);
        NalUnit foreign = Sei.userDataUnregistered(Codec.H264, new java.util.UUID(1, 2), data);
        NalUnit slice = NalUnit.of(Codec.H264, new byte[] {0x65, (byte) 0x80});
        assertThat(SigningSeiReader.read(axis)).isInstanceOf(SeiReading.Axis.class);
        assertThat(SigningSeiReader.read(foreign)).isInstanceOf(SeiReading.NotOurs.class);
        assertThat(SigningSeiReader.read(slice)).isInstanceOf(SeiReading.NotOurs.class);
    }
}
