package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.signing.SignerSettings.CertificatePlace;
import org.camseal.signing.SignerSettings.Groups;
import org.camseal.signing.SignerSettings.Waiting;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.VendorInfo;
import org.junit.jupiter.api.Test;

/** Keys that take their time, fail, or never answer. */
class SlowKeyTest {
    private static final SignerSettings DEFAULTS = SignerSettings.of(new VendorInfo("1.4.2", "CS-0042", "CamSeal"));

    private final AtomicLong nanoTime = new AtomicLong();
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private MediaSigner signer(SignerSettings settings, SigningKey key) {
        return new MediaSigner(Letters.track(Codec.H264), settings, key, tasks::add, nanoTime::get);
    }

    @Test
    void picturesDoNotWaitForTheKeyAndTheOrderOfSeiIsKept() throws Exception {
        MediaSigner signer = signer(DEFAULTS, TestKeys.ec256());
        List<SignedUnit> signed = new ArrayList<>();
        for (AccessUnit unit : Letters.units(Codec.H264, "IPIPIPIP")) {
            signed.add(signer.sign(unit));
        }
        assertThat(Letters.of(Letters.nalUnits(signed)))
                .as("the key has not answered yet")
                .isEqualTo("IPIPIPIP");
        List<Runnable> backwards = new ArrayList<>(tasks).reversed();
        tasks.clear();
        backwards.get(0).run();
        AccessUnit next = Letters.units(Codec.H264, "IP").getLast();
        assertThat(letters(signer.sign(next)))
                .as("the first is still being signed")
                .isEqualTo("P");
        backwards.get(2).run();
        assertThat(letters(signer.sign(next)))
                .as("the second is still being signed")
                .isEqualTo("SP");
        backwards.get(1).run();
        SignedUnit both = signer.sign(next);
        assertThat(letters(both)).isEqualTo("SSP");
        assertThat(Letters.seis(Letters.nalUnits(List.of(both))))
                .extracting(sei -> sei.content().general().orElseThrow().counter())
                .containsExactly(2L, 3L);
    }

    @Test
    void anUnsignedSeiWaitsBehindOneThatIsBeingSigned() throws Exception {
        SignerSettings everySecond = DEFAULTS.with(new Groups(500, Duration.ofSeconds(2), 2, 32_768));
        MediaSigner signer = signer(everySecond, TestKeys.ec256());
        List<SignedUnit> signed = new ArrayList<>();
        List<AccessUnit> units = Letters.units(Codec.H264, "IPIPIPIPPP");
        for (AccessUnit unit : units) {
            if (unit == units.get(8)) {
                tasks.remove().run();
            }
            signed.add(signer.sign(unit));
        }
        assertThat(Letters.of(Letters.nalUnits(signed))).isEqualTo("IPIsPIPIPSsPP");
        List<SigningSei> seis = Letters.seis(Letters.nalUnits(signed));
        assertThat(seis.get(2).signature()).isEmpty();
    }

    @Test
    void theStreamWaitsWhereTooManySeiWaitAndGoesOnWhenTheKeyDoes() throws Exception {
        Semaphore allowed = new Semaphore(0);
        SigningKey real = TestKeys.ec256();
        SigningKey slow = key(real, document -> {
            allowed.acquireUninterruptibly();
            return real.sign(document);
        });
        try (ExecutorService keyThread = Executors.newSingleThreadExecutor();
                ExecutorService source = Executors.newSingleThreadExecutor()) {
            SignerSettings two = DEFAULTS.with(new Waiting(2, Duration.ofMinutes(5)));
            MediaSigner signer = new MediaSigner(Letters.track(Codec.H264), two, slow, keyThread, nanoTime::get);
            List<AccessUnit> units = Letters.units(Codec.H264, "IIIII");
            List<SignedUnit> signed = new ArrayList<>();
            for (AccessUnit unit : units.subList(0, 3)) {
                signed.add(signer.sign(unit));
            }
            var third = source.submit(() -> signer.sign(units.get(3)));
            assertThat(third.isDone()).as("two SEI wait already").isFalse();
            allowed.release(100);
            signed.add(third.get());
            signed.add(signer.sign(units.get(4)));
            signed.add(signer.end().orElseThrow());
            String letters = Letters.of(Letters.nalUnits(signed));
            assertThat(letters.replace("S", "")).isEqualTo("IIIII");
            assertThat(letters.replace("I", "")).as("none was dropped").isEqualTo("SSSSS");
        }
    }

    @Test
    void aKeyThatFailsEndsInAStatedFault() throws Exception {
        SigningKey broken = key(TestKeys.ec256(), document -> {
            throw new SigningException.KeyFailed("the element was removed");
        });
        assertFails(broken, "the element was removed");
        assertFails(key(TestKeys.ec256(), document -> new byte[100]), "100 bytes");
        assertFails(
                key(TestKeys.ec256(), document -> {
                    throw new IllegalStateException("bug in a driver");
                }),
                "bug in a driver");
    }

    @Test
    void anExecutorThatTakesNothingMoreIsAFaultOfTheKey() throws Exception {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.close();
        MediaSigner signer =
                new MediaSigner(Letters.track(Codec.H264), DEFAULTS, TestKeys.ec256(), ended, nanoTime::get);
        List<AccessUnit> units = Letters.units(Codec.H264, "II");
        signer.sign(units.get(0));
        assertThatThrownBy(() -> signer.sign(units.get(1))).isInstanceOf(SigningException.KeyFailed.class);
        assertThatThrownBy(signer::end).isInstanceOf(SigningException.KeyFailed.class);
    }

    private void assertFails(SigningKey key, String message) throws Exception {
        MediaSigner signer = signer(DEFAULTS, key);
        List<AccessUnit> units = Letters.units(Codec.H264, "IIP");
        signer.sign(units.get(0));
        signer.sign(units.get(1));
        tasks.remove().run();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> signer.sign(units.get(2)))
                    .isInstanceOf(SigningException.KeyFailed.class)
                    .hasMessageContaining(message);
        }
        assertThatThrownBy(signer::end).isInstanceOf(SigningException.KeyFailed.class);
    }

    @Test
    void aKeyThatHangsEndsInAStatedFault() throws Exception {
        SignerSettings oneSecond = DEFAULTS.with(new Waiting(1, Duration.ofSeconds(1)));
        MediaSigner signer = signer(oneSecond, TestKeys.ec256());
        List<AccessUnit> units = Letters.units(Codec.H264, "IIIP");
        signer.sign(units.get(0));
        signer.sign(units.get(1));
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        signer.sign(units.get(3));
        nanoTime.addAndGet(1_000_000);
        assertThatThrownBy(() -> signer.sign(units.get(2)))
                .isInstanceOf(SigningException.KeyTimedOut.class)
                .hasMessageContaining("1001 ms");
        assertThatThrownBy(signer::end).isInstanceOf(SigningException.KeyTimedOut.class);
    }

    @Test
    void aHangingKeyFreesTheWaitingStreamWithTheFault() throws Exception {
        SignerSettings impatient =
                DEFAULTS.with(CertificatePlace.CERTIFICATE_SEI).with(new Waiting(1, Duration.ofMillis(1)));
        MediaSigner signer =
                new MediaSigner(Letters.track(Codec.H264), impatient, TestKeys.ec256(), tasks::add, System::nanoTime);
        List<AccessUnit> units = Letters.units(Codec.H264, "II");
        signer.sign(units.get(0));
        assertThatThrownBy(() -> signer.sign(units.get(1))).isInstanceOf(SigningException.KeyTimedOut.class);
    }

    private static String letters(SignedUnit unit) {
        return Letters.of(Letters.nalUnits(List.of(unit)));
    }

    private interface Signing {
        byte[] sign(byte[] document) throws SigningException.KeyFailed;
    }

    private static SigningKey key(SigningKey like, Signing signing) {
        return new SigningKey() {
            @Override
            public SigningAlgorithm algorithm() {
                return like.algorithm();
            }

            @Override
            public List<X509Certificate> chain() {
                return like.chain();
            }

            @Override
            public byte[] sign(byte[] document) throws SigningException.KeyFailed {
                return signing.sign(document);
            }
        };
    }
}
