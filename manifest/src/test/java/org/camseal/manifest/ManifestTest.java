package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.camseal.manifest.TestKeys.EcKey;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborEncoder;
import org.camseal.manifest.cbor.CborException;
import org.camseal.manifest.cbor.CborValue;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests and session certificates as bytes, and the sender's recorder. */
class ManifestTest {
    @Test
    void manifestComesBack() throws Exception {
        Manifest manifest = Samples.content();
        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
        SignedManifest signed = Samples.manifest(Samples.SESSION);
        SignedManifest parsed = SignedManifest.parse(signed.encoded());
        assertThat(parsed.manifest()).isEqualTo(manifest);
        assertThat(parsed.digest()).isEqualTo(signed.digest());
        assertThat(parsed.isSignedBy(Samples.certificate(TestKeys.mediaKey("CS-0001"))))
                .isTrue();
        assertThat(parsed.isSignedBy(SessionCertificate.issue(
                        "CS-0002",
                        Samples.RUN,
                        Samples.SESSION,
                        TestKeys.mediaKey("CS-0002"),
                        new SessionCertificate.Validity(Instant.EPOCH, Instant.EPOCH))))
                .as("certified for another camera")
                .isFalse();
    }

    @Test
    void certificateComesBack() throws Exception {
        SessionCertificate issued = Samples.certificate(TestKeys.mediaKey("CS-0001"));
        SessionCertificate read = SessionCertificate.verify(issued.encoded());
        assertThat(read.signer()).isEqualTo(issued.signer());
        assertThat(read.run()).isEqualTo(Samples.RUN);
        assertThat(read.session()).isEqualTo(Samples.SESSION.id());
        assertThat(read.signer().chain()).hasSize(2);
        assertThat(read.signer().leaf().getSubjectX500Principal().getName()).isEqualTo("CN=CS-0001");
    }

    /** Everything cut short or with a flipped bit is refused, or does not verify. */
    @Test
    void nothingElseVerifies() throws Exception {
        SessionCertificate certificate = Samples.certificate(TestKeys.mediaKey("CS-0001"));
        byte[] manifest = Samples.manifest(Samples.SESSION).encoded();
        for (int length = 0; length < manifest.length; length++) {
            byte[] cut = Arrays.copyOf(manifest, length);
            assertThatThrownBy(() -> SignedManifest.parse(cut)).isInstanceOf(ManifestException.Malformed.class);
        }
        for (int i = 0; i < manifest.length; i++) {
            byte[] flipped = manifest.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            assertThat(verifies(flipped, certificate)).as("byte " + i).isFalse();
        }
        assertThat(verifies(manifest, certificate)).isTrue();
        byte[] encoded = certificate.encoded();
        for (int i = 0; i < encoded.length; i += i < 60 || i > encoded.length - 300 ? 1 : 17) {
            byte[] flipped = encoded.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            assertThat(isAccepted(flipped, certificate)).as("byte " + i).isFalse();
            assertThat(isAccepted(Arrays.copyOf(encoded, i), certificate)).isFalse();
        }
    }

    private static boolean verifies(byte[] manifest, SessionCertificate certificate) {
        try {
            return SignedManifest.parse(manifest).isSignedBy(certificate);
        } catch (ManifestException e) {
            return false;
        }
    }

    /** Accepted as this certificate's leaf and content; a changed intermediate is for the chain's judge to find. */
    private static boolean isAccepted(byte[] encoded, SessionCertificate original) {
        try {
            SessionCertificate read = SessionCertificate.verify(encoded);
            return read.signer().leaf().equals(original.signer().leaf())
                    && read.signer().chain().equals(original.signer().chain());
        } catch (ManifestException e) {
            return false;
        }
    }

    /** Each field of the payload replaced by something else that CBOR can say. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
    void fieldsOfAnotherKindAreRefused(int key) throws Exception {
        List<CborValue> others = List.of(
                new CborValue.Int(-1),
                new CborValue.Int(Long.MAX_VALUE),
                CborValue.Bytes.of(new byte[3]),
                new CborValue.Text(""),
                new CborValue.Text("a\nb"),
                CborValue.Array.of(CborValue.Array.of(new CborValue.Int(3))),
                new CborValue.Mapping(new TreeMap<>()));
        CborValue.Mapping map =
                (CborValue.Mapping) CborDecoder.decode(Samples.content().encode());
        for (CborValue other : others) {
            TreeMap<Long, CborValue> changed = new TreeMap<>(map.entries());
            changed.put((long) key, other);
            byte[] payload = CborEncoder.encode(new CborValue.Mapping(changed));
            assertThatThrownBy(() -> Manifest.decode(payload))
                    .as(other.toString())
                    .isInstanceOf(ManifestException.Malformed.class);
        }
        TreeMap<Long, CborValue> less = new TreeMap<>(map.entries());
        less.remove((long) key);
        byte[] payload = CborEncoder.encode(new CborValue.Mapping(less));
        assertThatThrownBy(() -> Manifest.decode(payload)).isInstanceOf(ManifestException.Malformed.class);
    }

    @Test
    void contradictionsInAManifestAreRefused() {
        Manifest good = Samples.content();
        CommittedEpoch epoch = good.covered();
        assertThatThrownBy(() -> copy(good, -1, good.start(), epoch, good.tracks()))
                .hasMessageContaining("number");
        assertThatThrownBy(() -> copy(good, 0, good.start(), epoch, List.of())).hasMessageContaining("number 0");
        assertThatThrownBy(() -> copy(good, 7, good.end().plusNanos(1000), epoch, good.tracks()))
                .hasMessageContaining("start");
        assertThatThrownBy(
                        () -> copy(good, 7, good.start(), epoch, good.tracks().reversed()))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> new Coverage(SealedTrack.VIDEO, 0xffff_ffffL, new byte[32]))
                .hasMessageContaining("2^32");
        assertThatThrownBy(() -> new Coverage(SealedTrack.VIDEO, 0, new byte[17]))
                .hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> new Coverage(SealedTrack.VIDEO, 0, new byte[16 * (Coverage.MAX_COUNT + 1)]))
                .hasMessageContaining("16 bytes");
    }

    private static Manifest copy(
            Manifest m, long number, Instant start, CommittedEpoch covered, List<Coverage> tracks) {
        return new Manifest(
                m.stream(),
                m.run(),
                number,
                m.previous(),
                start,
                m.end(),
                covered,
                m.announced(),
                tracks,
                m.root(),
                m.parameterSets());
    }

    @Test
    void pointOffTheCurveAndForeignAlgorithmsAreRefused() {
        byte[] point = Samples.SESSION.publicPoint();
        point[64] ^= 1;
        assertThatThrownBy(() -> P256.decode(point)).hasMessageContaining("does not lie");
        byte[] infinity = new byte[65];
        infinity[0] = 4;
        assertThatThrownBy(() -> P256.decode(infinity)).hasMessageContaining("does not lie");
        assertThatThrownBy(() -> P256.decode(new byte[33])).hasMessageContaining("65 bytes");
        assertThat(Signatures.fits(CoseAlgorithm.ES256, EcKey.onP384("other").publicKey()))
                .isFalse();
        assertThat(Signatures.fits(CoseAlgorithm.PS256, EcKey.named("other").publicKey()))
                .isFalse();
    }

    @Test
    void derIsReadStrictly() throws Exception {
        byte[] der = EcKey.named("der").der(new byte[] {1});
        assertThat(Signatures.fromDer(der, 32)).hasSize(64);
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            assertThatThrownBy(() -> Signatures.fromDer(cut, 32)).isInstanceOf(ManifestException.KeyFailed.class);
        }
        assertThatThrownBy(() -> Signatures.fromDer(der, 20)).isInstanceOf(ManifestException.KeyFailed.class);
        assertThatThrownBy(() -> Signatures.fromDer(Arrays.copyOf(der, der.length + 1), 32))
                .isInstanceOf(ManifestException.KeyFailed.class);
    }

    @Test
    void recorderAsksForAManifestEveryTwoSeconds() {
        ManifestRecorder recorder = new ManifestRecorder(FakeCamera.STREAM, Samples.RUN, Samples.SESSION);
        CommittedEpoch epoch = new CommittedEpoch(1, Samples.commitment(1));
        Random jitter = new Random(1);
        int manifests = 0;
        for (int i = 0; i < 501; i++) {
            Instant time = FakeCamera.START.plusMillis(40L * i + jitter.nextInt(5));
            if (recorder.beginPicture(time)) {
                recorder.close(time, epoch);
                manifests++;
            }
        }
        assertThat(manifests).isEqualTo(11);
    }

    @Test
    void recorderAsksForAManifestWhereParameterSetsChange() {
        ManifestRecorder recorder = new ManifestRecorder(FakeCamera.STREAM, Samples.RUN, Samples.SESSION);
        CommittedEpoch epoch = new CommittedEpoch(1, Samples.commitment(1));
        NalUnit pps = NalUnit.of(Codec.H264, new byte[] {0x68, (byte) 0xce, 1, (byte) 0x80});
        recorder.parameterSet(pps);
        assertThat(recorder.beginPicture(FakeCamera.START)).isTrue();
        recorder.close(FakeCamera.START, epoch);
        recorder.parameterSet(pps);
        assertThat(recorder.beginPicture(FakeCamera.START.plusMillis(40))).isFalse();
        recorder.parameterSet(NalUnit.of(Codec.H264, new byte[] {0x68, (byte) 0xce, 2, (byte) 0x80}));
        assertThat(recorder.beginPicture(FakeCamera.START.plusMillis(80))).isTrue();
    }

    @Test
    void recorderRefusesMisuse() {
        ManifestRecorder recorder = new ManifestRecorder(FakeCamera.STREAM, Samples.RUN, Samples.SESSION);
        CommittedEpoch epoch = new CommittedEpoch(1, Samples.commitment(1));
        assertThatThrownBy(() -> recorder.add(SealedTrack.VIDEO, 0, new byte[9]))
                .isInstanceOf(IllegalStateException.class);
        recorder.close(FakeCamera.START, epoch);
        assertThatThrownBy(() -> recorder.add(SealedTrack.VIDEO, 1, new byte[9]))
                .hasMessageContaining("0 expected");
        recorder.add(SealedTrack.VIDEO, 0, new byte[9]);
        recorder.close(FakeCamera.START.plusSeconds(1), epoch);
        assertThatThrownBy(() -> recorder.add(SealedTrack.VIDEO, 0, new byte[9]))
                .hasMessageContaining("1 expected");
        recorder.close(FakeCamera.START.plusSeconds(2), new CommittedEpoch(2, Samples.commitment(2)));
        recorder.add(SealedTrack.VIDEO, 0, new byte[9]);
    }

    @Test
    void timesOfARunDoNotGoBack() {
        ManifestRecorder recorder = new ManifestRecorder(FakeCamera.STREAM, Samples.RUN, Samples.SESSION);
        CommittedEpoch epoch = new CommittedEpoch(1, Samples.commitment(1));
        Manifest first = recorder.close(FakeCamera.START, epoch).manifest();
        Manifest second = recorder.close(FakeCamera.START.minus(Duration.ofMillis(300)), epoch)
                .manifest();
        assertThat(first.start()).isEqualTo(first.end()).isEqualTo(FakeCamera.START);
        assertThat(second.start()).isEqualTo(first.end());
        assertThat(second.end()).isEqualTo(first.end());
        assertThat(second.previous()).isNotEqualTo(Digest.ZERO);
        assertThat(second.number()).isEqualTo(1);
    }

    @Test
    void largestManifestCanBeRead() throws Exception {
        byte[] digests = new byte[16 * Coverage.MAX_COUNT];
        Manifest good = Samples.content();
        Manifest largest = copy(
                good,
                7,
                good.start(),
                good.covered(),
                List.of(new Coverage(SealedTrack.VIDEO, 0, digests), new Coverage(SealedTrack.AUDIO, 0, digests)));
        SignedManifest signed = SignedManifest.sign(largest, Samples.SESSION);
        assertThat(signed.encoded().length).isLessThan(Manifest.MAX_LENGTH);
        assertThat(SignedManifest.parse(signed.encoded()).manifest()).isEqualTo(largest);
    }

    /** COSE with unknown headers, other tags, or no tag. */
    @Test
    void otherCoseIsRefused() throws CborException {
        byte[] encoded = Samples.manifest(Samples.SESSION).encoded();
        CborValue.Tagged tagged = (CborValue.Tagged) CborDecoder.decode(encoded);
        CborValue.Array body = (CborValue.Array) tagged.content();
        TreeMap<Long, CborValue> extra = new TreeMap<>();
        extra.put(99L, new CborValue.Int(1));
        List<CborValue> others = List.of(
                body,
                new CborValue.Tagged(17, body),
                new CborValue.Tagged(18, new CborValue.Array(body.items().subList(0, 3))),
                new CborValue.Tagged(
                        18,
                        CborValue.Array.of(
                                body.items().get(0),
                                new CborValue.Mapping(extra),
                                body.items().get(2),
                                body.items().get(3))),
                new CborValue.Tagged(
                        18,
                        CborValue.Array.of(
                                CborValue.Bytes.of(CborEncoder.encode(new CborValue.Mapping(extra))),
                                body.items().get(1),
                                body.items().get(2),
                                body.items().get(3))));
        for (CborValue other : others) {
            byte[] bytes = CborEncoder.encode(other);
            assertThatThrownBy(() -> SignedManifest.parse(bytes)).isInstanceOf(ManifestException.Malformed.class);
        }
    }
}
