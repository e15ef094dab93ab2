package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackageCipherTest {
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");
    private static final EpochId EPOCH = new EpochId(RunId.of(Hex.bytes("0102030405060708")), 7);
    private static final byte[] CLEAR = Hex.bytes("65888040");

    private final SecureRandom random = new DeterministicRandom("package cipher");
    private final EpochKey key = EpochKey.generate(STREAM, EPOCH, random);

    @ParameterizedTest
    @EnumSource(Suite.class)
    void opensWhatItSealedAtEveryLength(Suite suite) throws Exception {
        PackageCipher sealer = new PackageCipher(key, 1, random);
        PackageCipher opener = new PackageCipher(key, 1, random);
        for (int length = 0; length < 200; length++) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            byte[] sealed = seal(sealer, suite, payload);
            assertThat(sealed).hasSize(length + 53).endsWith((byte) suite.code());
            assertThat(BigEndian.getInt(sealed, length)).isEqualTo(length);
            assertThat(open(opener, CLEAR, sealed)).hasValue(payload);
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void refusesEveryFlippedBitAndEveryMissingByte(Suite suite) throws Exception {
        byte[] payload = new byte[70];
        byte[] sealed = seal(new PackageCipher(key, 1, random), suite, payload);
        PackageCipher opener = new PackageCipher(key, 1, random);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] bad = sealed.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(opener, CLEAR, bad)).as("bit %d", bit).isEmpty();
        }
        for (int lost = 0; lost <= payload.length; lost++) {
            assertThat(open(opener, CLEAR, Arrays.copyOfRange(sealed, lost, sealed.length))
                            .isPresent())
                    .isEqualTo(lost == 0);
        }
        assertThat(open(opener, CLEAR, sealed)).hasValue(payload);
    }

    /** Whoever has the epoch key and all but a few bytes cannot open, wherever the bytes are missing: C, n, S, T or the suite. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void opensNothingWhileBytesAreWithheld(Suite suite) throws Exception {
        byte[] payload = new byte[96];
        random.nextBytes(payload);
        byte[] sealed = seal(new PackageCipher(key, 1, random), suite, payload);
        PackageCipher opener = new PackageCipher(key, 1, random);
        for (int withheld : new int[] {1, 2, 16, 32, 53}) {
            for (int at = 0; at + withheld <= sealed.length; at++) {
                byte[] zeroed = sealed.clone();
                Arrays.fill(zeroed, at, at + withheld, (byte) 0);
                byte[] guessed = sealed.clone();
                for (int i = at; i < at + withheld; i++) {
                    guessed[i] ^= (byte) (1 + random.nextInt(255));
                }
                boolean zerosAreRight = Arrays.equals(zeroed, sealed);
                assertThat(open(opener, CLEAR, zeroed).isPresent()).isEqualTo(zerosAreRight);
                assertThat(open(opener, CLEAR, guessed)).isEmpty();
            }
        }
        assertThat(open(opener, CLEAR, sealed)).hasValue(payload);
    }

    /**
     * What all-or-nothing means for a single withheld byte of C: K is off in one byte, in 256 equally likely ways, so even the
     * first keystream byte of the bulk is out of reach without trying them.
     */
    @Test
    void eachWithheldByteLeavesThatMuchOfTheKeyOpen() throws Exception {
        byte[] sealed = seal(new PackageCipher(key, 1, random), Suite.AES_256_GCM, new byte[64]);
        PackageCipher opener = new PackageCipher(key, 1, random);
        int opened = 0;
        for (int guess = 0; guess < 256; guess++) {
            byte[] attempt = sealed.clone();
            attempt[10] = (byte) guess;
            opened += open(opener, CLEAR, attempt).isPresent() ? 1 : 0;
        }
        assertThat(opened).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void refusesAPackageMovedElsewhere(Suite suite) throws Exception {
        byte[] payload = "picture".getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = seal(new PackageCipher(key, 1, random), suite, payload);
        assertThat(open(new PackageCipher(key, 1, random), CLEAR, sealed)).hasValue(payload);

        assertThat(open(new PackageCipher(key, 2, random), CLEAR, sealed))
                .as("track")
                .isEmpty();
        assertThat(open(new PackageCipher(key, 1, random), Hex.bytes("65888041"), sealed))
                .as("header")
                .isEmpty();
        assertThat(open(new PackageCipher(key, 1, random), Hex.bytes("658880"), sealed))
                .as("shorter header")
                .isEmpty();
        Binding otherKind = new Binding(PackageKind.OTHER_NAL_UNIT, Span.of(CLEAR));
        assertThat(open(new PackageCipher(key, 1, random), otherKind, sealed))
                .as("kind")
                .isEmpty();
        byte[] otherCounter = sealed.clone();
        otherCounter[payload.length + 3]++;
        assertThat(open(new PackageCipher(key, 1, random), CLEAR, otherCounter))
                .as("counter")
                .isEmpty();
        byte[] otherSuite = sealed.clone();
        otherSuite[sealed.length - 1] ^= 3;
        assertThat(open(new PackageCipher(key, 1, random), CLEAR, otherSuite))
                .as("suite")
                .isEmpty();
        for (EpochKey other : new EpochKey[] {
            of(new StreamId("CAM-0002", "main"), EPOCH),
            of(new StreamId("CAM-0001", "sub"), EPOCH),
            of(new StreamId("CAM-0001main", "x"), EPOCH),
            of(STREAM, new EpochId(EPOCH.run(), 8)),
            of(STREAM, new EpochId(RunId.of(new byte[8]), 7)),
            EpochKey.generate(STREAM, EPOCH, random)
        }) {
            assertThat(open(new PackageCipher(other, 1, random), CLEAR, sealed))
                    .as(other.toString())
                    .isEmpty();
        }
    }

    /** Nothing can be sealed so that two epoch keys open it: whatever the second key makes of the bytes, the tag refuses. */
    @ParameterizedTest
    @EnumSource(Suite.class)
    void noTwoEpochKeysOpenOnePackage(Suite suite) throws Exception {
        byte[] sealed = seal(new PackageCipher(key, 1, random), suite, new byte[40]);
        int opened = 0;
        for (int i = 0; i < 2_000; i++) {
            EpochKey other = EpochKey.generate(STREAM, EPOCH, random);
            assertThat(other.commitment()).isNotEqualTo(key.commitment());
            opened += open(new PackageCipher(other, 1, random), CLEAR, sealed).isPresent() ? 1 : 0;
        }
        assertThat(opened).isZero();
    }

    /**
     * What a counter used twice under one share key gives away (a snapshot restored, say): S1 xor S2 cancels the pad, so that
     * K1 xor K2 follows from the sealed bytes. Both K are random and hashed before use, so no picture follows.
     */
    @Test
    void aRepeatedCounterShowsTheXorOfTwoRandomKeysAndNoMore() throws Exception {
        RecordingRandom recording = new RecordingRandom();
        byte[] payload = new byte[64];
        byte[] first = seal(new PackageCipher(key, 1, recording), Suite.AES_256_GCM, payload);
        byte[] k1 = recording.last();
        byte[] second = seal(new PackageCipher(key, 1, recording), Suite.AES_256_GCM, payload);
        byte[] k2 = recording.last();

        byte[] visible = new byte[32];
        for (byte[] sealed : new byte[][] {first, second}) {
            byte[] bulk = Arrays.copyOf(sealed, 64 + 16);
            System.arraycopy(sealed, 64 + 36, bulk, 64, 16);
            new Fold().into(visible, bulk, 0, bulk.length);
            Fold.xor(visible, Arrays.copyOfRange(sealed, 64 + 4, 64 + 36));
        }

        byte[] keys = k1.clone();
        Fold.xor(keys, k2);
        assertThat(visible).isEqualTo(keys);
        assertThat(Arrays.copyOf(first, 64)).as("same payload, other bulk").isNotEqualTo(Arrays.copyOf(second, 64));
        assertThat(open(new PackageCipher(EpochKey.of(STREAM, EPOCH, visible), 1, random), CLEAR, first))
                .isEmpty();
    }

    /** The pad of format 1 by another road: AES-256 over the block of the specification. */
    @Test
    void thePadIsAesOfTrackAndCounter() throws Exception {
        byte[] shareKey = key.shareKey(2);
        byte[] pad = new byte[32];
        new SharePad(shareKey, 2).of(0x01020304, pad);
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(shareKey, "AES"));
        assertThat(pad)
                .isEqualTo(aes.doFinal(
                        Hex.bytes("63733100 02 00 000000000000 01020304 63733100 02 01 000000000000 01020304")));
    }

    @Test
    void aBrokenSourceOfRandomnessStopsIt() throws Exception {
        PackageCipher cipher = new PackageCipher(key, 1, new StuckRandom());
        assertThatThrownBy(() -> seal(cipher, Suite.AES_256_GCM, CLEAR))
                .isInstanceOf(SealException.SelfTestFailed.class)
                .hasMessageContaining("randomness");
    }

    private EpochKey of(StreamId stream, EpochId epoch) {
        return EpochKey.of(stream, epoch, key.secret());
    }

    private static byte[] seal(PackageCipher cipher, Suite suite, byte[] payload) throws SealException {
        byte[] out = new byte[payload.length + PackageCipher.TRAILER_BYTES];
        cipher.seal(suite, new Binding(PackageKind.SLICE, Span.of(CLEAR)), Span.of(payload), Span.of(out));
        return out;
    }

    private static Optional<byte[]> open(PackageCipher cipher, byte[] clear, byte[] sealed) {
        return open(cipher, new Binding(PackageKind.SLICE, Span.of(clear)), sealed);
    }

    private static Optional<byte[]> open(PackageCipher cipher, Binding binding, byte[] sealed) {
        if (sealed.length < PackageCipher.TRAILER_BYTES) {
            return Optional.empty();
        }
        byte[] out = new byte[sealed.length - PackageCipher.TRAILER_BYTES];
        boolean opened = cipher.open(binding, Span.of(sealed.clone()), Span.of(out));
        if (!opened) {
            assertThat(out).as("nothing of the payload is left").isEqualTo(new byte[out.length]);
        }
        return opened ? Optional.of(out) : Optional.empty();
    }

    /** Remembers what it gave. */
    private static final class RecordingRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        private byte[] last = {};

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            last = bytes.clone();
        }

        byte[] last() {
            return last;
        }
    }

    private static final class StuckRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
