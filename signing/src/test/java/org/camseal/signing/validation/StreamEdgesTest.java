package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.KeyKind;
import org.camseal.signing.Letters;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningKey;
import org.camseal.signing.TestKeys;
import org.camseal.signing.hashing.GroupHashes;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.wire.Certificates;
import org.camseal.signing.wire.CryptoInfo;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.SeiContent;
import org.camseal.signing.wire.SigningSeiWriter;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams at the edges of the format: what changes nothing, and what only looks as if it did. */
class StreamEdgesTest {
    private static final SignerSettings SETTINGS = SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test"));
    private static final long LAST_COUNTER = 0xffff_ffffL;

    /** Adds signed SEI to a stream, with counters and algorithms that a signer would not choose. */
    private static final class Forge {
        private final List<NalUnit> stream = new ArrayList<>();
        private Optional<Digest> linked = Optional.empty();
        private OnvifTime start = OnvifTime.of(Letters.START);

        /** One group, its SEI right behind it. */
        Forge group(List<NalUnit> units, long counter, HashAlgorithm hash) throws Exception {
            SigningKey key = TestKeys.of(KeyKind.ECDSA_P256, hash);
            NalHasher hasher = new NalHasher(hash);
            GroupHashes hashes = new GroupHashes(hash);
            for (NalUnit nal : units) {
                hashes.addSlice(hasher.hash(nal, NalClass.of(nal)));
            }
            OnvifTime end = OnvifTime.of(start.toInstant().plus(Duration.ofMillis(160)));
            General general = new General(
                    General.VERSION_WITH_END,
                    General.SpecificationVersion.WRITTEN,
                    false,
                    start,
                    Optional.of(end),
                    counter,
                    hashes.count(),
                    hashes.groupHash(),
                    linked.filter(digest -> digest.size() == hash.size()).orElse(Digest.zero(hash)));
            SeiContent content = new SeiContent(
                    Optional.of(general),
                    Optional.of(hashes.list()),
                    Optional.of(CryptoInfo.of(hash)),
                    Optional.empty(),
                    List.of(Certificates.of(false, key.chain())),
                    Optional.empty());
            SigningSeiWriter.Draft draft = SigningSeiWriter.draft(Codec.H264, false, content, 72);
            stream.addAll(units);
            stream.add(draft.complete(key.sign(draft.document())));
            linked = hashes.firstSlice();
            start = end;
            return this;
        }
    }

    private static Forge forged(long firstCounter, HashAlgorithm... hashes) throws Exception {
        List<NalUnit> film = Letters.nalUnits(Codec.H264, "IPPP".repeat(hashes.length));
        Forge forge = new Forge();
        for (int i = 0; i < hashes.length; i++) {
            forge.group(film.subList(4 * i, 4 * i + 4), (firstCounter + i) & LAST_COUNTER, hashes[i]);
        }
        return forge;
    }

    private static List<NalUnit> withDelimiters(Codec codec, List<NalUnit> nalUnits) {
        byte[] bytes = codec == Codec.H265 ? new byte[] {35 << 1, 1, 0x50} : new byte[] {9, (byte) 0xf0};
        List<NalUnit> all = new ArrayList<>();
        for (NalUnit nal : nalUnits) {
            if (NalClass.of(nal).isPrimary()) {
                all.add(NalUnit.of(codec, bytes));
            }
            all.add(nal);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(SignerSettings.Detail.class)
    void delimitersComeAndGo(SignerSettings.Detail detail) throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            List<NalUnit> bare = Letters.nalUnits(codec, "VvIPPPIpPPIPPP");
            List<NalUnit> delimited = withDelimiters(codec, bare);
            for (List<NalUnit> film : List.of(bare, delimited)) {
                List<NalUnit> signed = Letters.sign(SETTINGS.with(detail), TestKeys.ec256(), Letters.pictures(film));
                List<NalUnit> without =
                        signed.stream().filter(nal -> !nal.isDelimiter()).toList();
                List<NalUnit> with = withDelimiters(codec, without);

                assertThat(Judged.of(without).worst()).isEqualTo("authentic COMPLETE");
                assertThat(Judged.of(with).worst()).isEqualTo("authentic COMPLETE");
                assertThat(Judged.of(Tampering.of(with, "~P5")).worst()).startsWith("forged");
            }
        }
    }

    @Test
    void theCounterWrapsAndTheStreamStaysAuthentic() throws Exception {
        HashAlgorithm hash = HashAlgorithm.SHA_256;
        List<NalUnit> stream = forged(LAST_COUNTER - 1, hash, hash, hash, hash).stream;

        Judged judged = Judged.of(stream);

        assertThat(judged.worst()).isEqualTo("authentic COMPLETE");
        assertThat(judged.report().authentic()).isEqualTo(4);
        assertThat(Judged.of(Tampering.of(stream, "-I3 -P7 -P8 -P9 -S3")).worst())
                .as("the group behind the wrap is missed")
                .isEqualTo("incomplete GROUPS_LOST");
        assertThat(Judged.of(Tampering.of(stream, "S2>S3")).worst()).isEqualTo("forged SEI_OUT_OF_ORDER");
    }

    @Test
    void oneStreamHasOneHashAlgorithm() throws Exception {
        HashAlgorithm first = HashAlgorithm.SHA_256;
        HashAlgorithm other = HashAlgorithm.SHA_512;

        assertThat(Judged.of(forged(1, first, first, first).stream).worst()).isEqualTo("authentic COMPLETE");
        assertThat(Judged.of(forged(1, other, other, other).stream).worst()).isEqualTo("authentic COMPLETE");
        assertThat(Judged.of(forged(1, first, other, other).stream).worst()).isEqualTo("forged HASH_ALGORITHM_CHANGED");
        assertThat(Judged.of(forged(1, first, other, first).stream).worst()).isEqualTo("forged HASH_ALGORITHM_CHANGED");
        assertThat(Judged.of(forged(1, other, first, other).stream).worst()).isEqualTo("forged HASH_ALGORITHM_CHANGED");
    }

    @Test
    void theNextGroupsParameterSetsProveNothingForThisOne() throws Exception {
        List<NalUnit> film = new ArrayList<>();
        List<NalUnit> sets = Letters.nalUnits(Codec.H264, "Vv");
        List<NalUnit> pictures = Letters.nalUnits(Codec.H264, "IPPPIPPPIPPP");
        for (int group = 0; group < 3; group++) {
            film.addAll(sets);
            film.addAll(pictures.subList(4 * group, 4 * group + 4));
        }
        List<NalUnit> signed = Letters.sign(SETTINGS, TestKeys.ec256(), Letters.pictures(film));
        NalUnit strange = Tampering.altered(sets.getFirst());
        List<NalUnit> atFirst = new ArrayList<>(signed);
        atFirst.set(0, strange);
        List<NalUnit> inside = new ArrayList<>(signed);
        inside.set(signed.lastIndexOf(sets.getFirst()), strange);
        List<NalUnit> andBack = new ArrayList<>(signed);
        andBack.addAll(5, sets);
        andBack.set(0, strange);

        assertThat(Judged.of(signed).worst()).isEqualTo("authentic COMPLETE");
        assertThat(Judged.of(atFirst).worst()).isEqualTo("forged PARAMETER_SETS_DIFFER");
        assertThat(Judged.of(inside).worst()).isEqualTo("forged PARAMETER_SETS_DIFFER");
        assertThat(Judged.of(andBack).worst()).isEqualTo("forged PARAMETER_SETS_DIFFER");
    }

    @Test
    void picturesThatRepeatEachOtherAreNotMistakenWhenAnSeiIsLost() throws Exception {
        List<NalUnit> keys = Letters.nalUnits(Codec.H264, "IIII");
        List<NalUnit> still = Letters.nalUnits(Codec.H264, "PPP");
        List<NalUnit> film = new ArrayList<>();
        for (NalUnit key : keys) {
            film.add(key);
            film.addAll(still);
        }
        List<NalUnit> signed = Letters.sign(SETTINGS, TestKeys.ec256(), Letters.pictures(film));

        assertThat(Judged.of(signed).worst()).isEqualTo("authentic COMPLETE");
        assertThat(Judged.of(Tampering.of(signed, "-S2")).worst()).isEqualTo("unsigned SEI_LOST");
        assertThat(Judged.of(Tampering.of(signed, "-S2 -S3")).worst()).isEqualTo("unsigned SEI_LOST");
        assertThat(Judged.of(Tampering.of(signed, "~I3")).worst()).startsWith("forged");
    }

    @Test
    void aRecordingMayEndWhereAShortGroupStillWaitsForTheNextSignature() throws Exception {
        SignerSettings apart = SETTINGS.withSignaturesApart(Duration.ofMillis(160));
        List<NalUnit> film = Letters.nalUnits(Codec.H264, "IPPPPPIPPPPPIPIPPPPPIPPPPP");
        List<NalUnit> signed = Letters.sign(apart, TestKeys.ec256(), Letters.pictures(film));
        List<NalUnit> withoutTheLast = Tampering.of(signed, "-S3 -S4");

        for (int end = 12; end <= signed.size(); end++) {
            assertThat(Judged.of(signed.subList(0, end)).worst())
                    .as("cut behind NAL unit %d", end)
                    .startsWith("authentic COMPLETE");
        }
        assertThat(Judged.of(withoutTheLast).worst()).startsWith("unsigned");
    }
}
