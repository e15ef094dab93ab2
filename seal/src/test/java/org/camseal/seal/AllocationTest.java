package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What sealing and opening leave to the garbage collector: the unit that comes out, and a constant, mostly of the JDK's ciphers, which make
 * new tables for each key.
 */
class AllocationTest {
    private static final long PER_NAL_UNIT = 4_096;
    // Lists, records, and the digests for the manifest; of opening, the trailer as the gate reads it.
    private static final long PER_PICTURE = 16_384;
    private static final int CLEAR_BYTES = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SecureRandom random = KernelRandom.open();
    private final EpochKey key =
            EpochKey.generate(new StreamId("CAM-0001", "main"), new EpochId(RunId.of(new byte[8]), 1), random);
    private Object last = "";

    @ParameterizedTest
    @CsvSource({
        "AES_256_GCM, 1024",
        "AES_256_GCM, 16384",
        "AES_256_GCM, 262144",
        "CHACHA20_POLY1305, 1024",
        "CHACHA20_POLY1305, 16384",
        "CHACHA20_POLY1305, 262144"
    })
    void aNalUnitCostsItselfAndAConstant(Suite suite, int size) throws Exception {
        NalUnit slice = nalUnit(0x65, size);
        NalUnit sei = nalUnit(6, size);
        NalUnitSealer sealer = new NalUnitSealer(new PackageCipher(key, 1, random), suite);
        for (int counters = 0; counters < 2; counters++) {
            // Once below, once above the counters whose trailer needs an emulation prevention byte.
            assertThat(perCall(() -> last = sealer.slice(slice, CLEAR_BYTES)))
                    .isBetween((long) size, size + PER_NAL_UNIT);
            assertThat(perCall(() -> last = sealer.wrapped(sei)))
                    .isBetween((long) size, size + size / 32 + PER_NAL_UNIT);
            while (sealer.nextCounter() < 1_024) {
                sealer.slice(nalUnit(0x65, CLEAR_BYTES + 1), CLEAR_BYTES);
            }
        }
        NalUnit sealed = sealer.slice(slice, CLEAR_BYTES);
        PackageCipher opening = new PackageCipher(key, 1, random);
        NalUnitOpener opener = new NalUnitOpener();
        assertThat(perCall(() -> last = opener.slice(opening, sealed, CLEAR_BYTES)))
                .isBetween((long) size, size + PER_NAL_UNIT);
    }

    /** Once in some million bytes chance puts a start code into ciphertext: then the unit is copied, once. */
    @Test
    void chanceCostsOneCopy() throws Exception {
        byte[] sealed = new byte[65_536];
        Arrays.fill(sealed, (byte) 9);
        sealed[30_000] = 0;
        sealed[30_001] = 0;
        sealed[30_002] = 1;
        assertThat(perCall(() -> last = NalUnitSealer.escaped(sealed.clone(), CLEAR_BYTES, sealed.length)))
                .isBetween(2L * sealed.length, 2L * sealed.length + 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 65_536, 262_144})
    void aPictureCostsItselfAndAConstant(int size) throws Exception {
        Journey journey = new Journey();
        Clips clip = Clips.letters("IP", Duration.ofMillis(1));
        Sealer sealer = journey.sealer(clip.tracks());
        Opener opener = journey.opener(clip.tracks());
        opener.open(sealer.seal(clip.units().getFirst()).unit());
        VideoUnit picture = large(clip.units().getLast(), size);
        assertThat(perCall(() -> last = sealer.seal(picture))).isBetween((long) size, size + PER_PICTURE);
        AccessUnit sealed = sealer.seal(picture).unit();
        assertThat(opener.open(sealed)).isEqualTo(new Opening.Opened(picture));
        assertThat(perCall(() -> last = opener.open(sealed))).isBetween((long) size, size + PER_PICTURE);
    }

    /** The picture with one slice of so many bytes. */
    private VideoUnit large(VideoUnit picture, int size) {
        NalUnit slice =
                picture.nalUnits().stream().filter(NalUnit::isSlice).findFirst().orElseThrow();
        byte[] bytes = nalUnit(0x41, size).bytes();
        System.arraycopy(slice.bytes(), 0, bytes, 0, slice.length());
        return picture.withNalUnits(List.of(NalUnit.of(Codec.H264, bytes)));
    }

    private NalUnit nalUnit(int header, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        bytes[0] = (byte) header;
        bytes[size - 1] = 1;
        return NalUnit.of(Codec.H264, bytes);
    }

    /** Bytes that a call allocates once it is compiled: the middle of many, since some calls meet chance or a cache that grows. */
    private static long perCall(Callable<?> call) throws Exception {
        for (int i = 0; i < 200; i++) {
            call.call();
        }
        long[] bytes = new long[31];
        for (int i = 0; i < bytes.length; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            call.call();
            bytes[i] = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        Arrays.sort(bytes);
        return bytes[bytes.length / 2];
    }
}
