package org.camseal.identity.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camseal.identity.CountedElement;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementHealth;
import org.camseal.identity.ForwardingElement;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.SignatureCounts;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.SoftwareSecureElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElementWorkerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private Holding inner;
    private ElementWorker worker;

    /** An element that holds its answers back while it is told to, and writes down the order of what it did. */
    private static final class Holding extends ForwardingElement {
        private final List<Slot> signed = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile CountDownLatch entered = new CountDownLatch(0);

        Holding(SecureElement real) {
            super(real);
        }

        void hold() {
            entered = new CountDownLatch(1);
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        @Override
        public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
            return wrapped(super.generate(slot, spec));
        }

        @Override
        public Optional<KeyHandle> key(Slot slot) throws IdentityException {
            return super.key(slot).map(this::wrapped);
        }

        private KeyHandle wrapped(KeyHandle key) {
            return new SlotHandle(key.slot(), key.publicKey(), key.algorithm(), (message, patience) -> {
                try {
                    entered.countDown();
                    gate.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                signed.add(key.slot());
                return key.sign(message, patience);
            });
        }
    }

    @BeforeEach
    void start() throws Exception {
        inner = new Holding(SoftwareSecureElement.open(directory.resolve("element"), new SecureRandom()));
        worker = new ElementWorker(inner, new ElementWorker.Limits(3, LONG));
    }

    @AfterEach
    void end() {
        inner.release();
        worker.close();
    }

    private static void assertRefused(ElementFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    private ElementHealth health() {
        return worker.health().orElseThrow();
    }

    private static Thread signing(KeyHandle key) {
        return Thread.ofVirtual().start(() -> {
            try {
                key.sign(new byte[1], LONG);
            } catch (IdentityException e) {
                // what it became is asked elsewhere
            }
        });
    }

    private void awaitWaiting(int count) throws InterruptedException {
        for (int i = 0; i < 1_000 && health().waiting() != count; i++) {
            Thread.sleep(5);
        }
        assertThat(health().waiting()).isEqualTo(count);
    }

    @Test
    void videoGoesBeforeTlsBeforeTheRest() throws Exception {
        KeyHandle tls = worker.generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = worker.generate(Slot.MEDIA, KeySpec.P256);
        KeyHandle issuing = worker.generate(Slot.ISSUING, KeySpec.P256);
        inner.hold();
        Thread first = signing(issuing);
        assertThat(inner.entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread a = signing(issuing);
        awaitWaiting(1);
        Thread b = signing(tls);
        awaitWaiting(2);
        Thread c = signing(media);
        awaitWaiting(3);
        assertRefused(ElementFault.BUSY, () -> media.sign(new byte[1])); // the queue is full: no waiting at all
        assertThat(health().refused()).isEqualTo(1);
        inner.release();
        for (Thread thread : List.of(first, a, b, c)) {
            thread.join();
        }
        assertThat(inner.signed).containsExactly(Slot.ISSUING, Slot.MEDIA, Slot.TLS, Slot.ISSUING);
    }

    @Test
    void whoHasWaitedLongEnoughIsToldAndTheNextGetsHisOwnAnswer() throws Exception {
        KeyHandle tls = worker.generate(Slot.TLS, KeySpec.P256);
        inner.hold();
        Thread first = signing(tls);
        assertThat(inner.entered.await(10, TimeUnit.SECONDS)).isTrue();
        assertRefused(ElementFault.LATE, () -> tls.sign(new byte[1], Duration.ofMillis(30)));
        inner.release();
        first.join();
        byte[] message = {7};
        assertThat(SlotHandle.verifies(tls.publicKey(), tls.algorithm(), message, tls.sign(message)))
                .as("not the late answer")
                .isTrue();
        assertThat(inner.signed).as("who had gone was not signed for").hasSize(2);
        assertThat(health().late()).isEqualTo(1);
    }

    @Test
    void aHungElementIsRefusedAtOnce() throws Exception {
        worker.close();
        worker = new ElementWorker(inner, new ElementWorker.Limits(3, Duration.ofMillis(200)));
        KeyHandle tls = inner.generate(Slot.TLS, KeySpec.P256);
        KeyHandle queued = worker.key(Slot.TLS).orElseThrow();
        assertThat(tls.publicKey()).isEqualTo(queued.publicKey());
        inner.hold();
        Thread first = signing(queued);
        assertThat(inner.entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(250); // from now on it counts as hung
        assertRefused(ElementFault.UNAVAILABLE, () -> queued.sign(new byte[1]));
        inner.release();
        first.join();
    }

    @Test
    void healthTellsHowLongItTook() throws Exception {
        KeyHandle tls = worker.generate(Slot.TLS, KeySpec.P256);
        tls.sign(new byte[1]);
        assertRefused(ElementFault.SLOT_TAKEN, () -> worker.generate(Slot.TLS, KeySpec.P256));
        for (int i = 0; i < 1_000 && health().done() < 3; i++) {
            Thread.sleep(5); // the answer is there a moment before it is counted
        }
        assertThat(health().done()).isEqualTo(3);
        assertThat(health().failed()).isEqualTo(1);
        assertThat(health().slowest()).isGreaterThanOrEqualTo(health().median());
    }

    @Test
    void digestsPassTheWorkerAndTheCountInFrontOfIt() throws Exception {
        Path place = directory.resolve("counted");
        SecureElement files = SoftwareSecureElement.open(place, new SecureRandom());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(new byte[9]);
        try (SecureElement counted = new CountedElement(
                new ElementWorker(files, ElementWorker.Limits.DEFAULT),
                new SignatureCounts(place, 2, InstantSource.system()))) {
            KeyHandle issuing = counted.generate(Slot.ISSUING, KeySpec.P256);
            byte[] signature = issuing.signDigest(digest);
            assertThat(SlotHandle.verifies(issuing.publicKey(), issuing.algorithm(), new byte[9], signature))
                    .isTrue();
            issuing.signDigest(digest);
            assertRefused(ElementFault.BUDGET_SPENT, () -> issuing.signDigest(digest));
        }
    }

    @Test
    void closedIsClosed() throws Exception {
        KeyHandle tls = worker.generate(Slot.TLS, KeySpec.P256);
        worker.close();
        assertRefused(ElementFault.UNAVAILABLE, () -> tls.sign(new byte[1]));
        assertRefused(ElementFault.UNAVAILABLE, () -> worker.key(Slot.TLS));
    }
}
