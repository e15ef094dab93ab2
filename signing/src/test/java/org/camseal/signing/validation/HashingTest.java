package org.camseal.signing.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.Letters;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.TestKeys;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;

/** Where pictures are hashed changes no answer, and no executor can hold a verdict back. */
class HashingTest {
    private static final Executor NEVER = task -> {};

    private static List<NalUnit> film() throws Exception {
        return Letters.sign(
                SignerSettings.of(new VendorInfo("1.0", "CS-0042", "Test")),
                TestKeys.ec256(),
                Letters.units(Codec.H264, "VvIPPPIPPPIPPPIPPP"));
    }

    @Test
    void noAnswerDependsOnTheExecutor() throws Exception {
        List<NalUnit> intact = film();
        List<NalUnit> altered = new ArrayList<>(intact);
        byte[] bytes = altered.get(7).bytes().clone();
        bytes[bytes.length / 2] ^= 0x10;
        altered.set(7, NalUnit.of(Codec.H264, bytes));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Executor executor : List.of(Runnable::run, threads, NEVER)) {
                ValidatorSettings settings = ValidatorSettings.DEFAULT.withHashing(executor);
                assertThat(Judged.of(intact, settings)).isEqualTo(Judged.of(intact));
                assertThat(Judged.of(altered, settings)).isEqualTo(Judged.of(altered));
            }
        }
        assertThat(Judged.of(intact).worst()).as("positive control").startsWith("authentic");
        assertThat(Judged.of(altered).worst()).startsWith("forged");
    }

    @Test
    void anInterruptedCallerGetsItsHashAndStaysInterrupted() {
        NalUnit nal = Letters.nalUnits(Codec.H264, "I").getFirst();
        Hashing hashing = new Hashing(NEVER, 1 << 20);
        Thread.currentThread().interrupt();
        assertThat(hashing.begin(HashAlgorithm.SHA_256, nal).get())
                .isEqualTo(new NalHasher(HashAlgorithm.SHA_256).own(nal));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void bytesThatWaitAreBounded() {
        NalUnit nal = NalUnit.of(Codec.H264, new byte[10_000]);
        ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        Hashing hashing = new Hashing(waiting::add, 50_000);
        List<Hashing.Pending> begun = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            begun.add(hashing.begin(HashAlgorithm.SHA_256, nal));
        }
        assertThat(begun.stream().filter(Hashing.Pending::isDone)).hasSize(15);
    }
}
