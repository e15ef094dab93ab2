package org.camseal.identity.element;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.Attestation;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementHealth;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;

/**
 * One worker in front of one element, for an element does one thing at a time and takes long for it. What is asked waits in a bounded
 * queue, video before TLS before keys; who has waited as long as he would is told so ({@link ElementFault#LATE}), and where the queue
 * is full, or the element has hung on one thing for longer than it may, the answer is no at once ({@link ElementFault#BUSY},
 * {@link ElementFault#UNAVAILABLE}).
 *
 * <p>Safe for use by any number of threads.
 */
public final class ElementWorker implements SecureElement {
    private final SecureElement element;
    private final Limits limits;
    private final PriorityBlockingQueue<Task<?>> queue = new PriorityBlockingQueue<>(
            16, Comparator.comparing((Task<?> task) -> task.rank).thenComparing(t -> t.order));
    private final Semaphore places;
    private final AtomicLong order = new AtomicLong();
    private final HealthCounter health = new HealthCounter();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param queued how many may wait, at least 1
     * @param stuckAfter how long one thing may take before new ones are refused at once
     */
    public record Limits(int queued, Duration stuckAfter) {
        /** 32 waiting, a minute for one thing: chips make RSA keys that long. */
        public static final Limits DEFAULT = new Limits(32, Duration.ofSeconds(60));

        public Limits {
            if (queued < 1 || stuckAfter.isNegative()) {
                throw new IllegalArgumentException("limits are positive");
            }
        }
    }

    /** Who goes first. */
    private enum Rank {
        VIDEO,
        TLS,
        KEYS
    }

    @FunctionalInterface
    private interface Work<T> {
        T done() throws IdentityException;
    }

    private static final class Task<T> {
        private final Rank rank;
        private final long order;
        private final long asked = System.nanoTime();
        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        Task(Rank rank, long order, Work<T> work) {
            this.rank = rank;
            this.order = order;
            this.work = work;
        }

        void run() {
            try {
                answer.complete(work.done());
            } catch (IdentityException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    /** Takes over an element; {@link #close()} closes it too. */
    public ElementWorker(SecureElement element, Limits limits) {
        this.element = element;
        this.limits = limits;
        this.places = new Semaphore(limits.queued());
        this.thread = Thread.ofPlatform().daemon().name("secure element").start(this::work);
    }

    private void work() {
        while (!closed) {
            try {
                Task<?> task = queue.take();
                places.release();
                if (task.answer.isDone()) {
                    continue; // who asked has gone
                }
                health.begun();
                task.run();
                health.ended(System.nanoTime() - task.asked, task.answer.isCompletedExceptionally());
            } catch (InterruptedException e) {
                break; // closed
            }
        }
    }

    private <T> T ask(Rank rank, Duration patience, Work<T> work) throws IdentityException {
        if (closed) {
            throw new IdentityException.Element(ElementFault.UNAVAILABLE, "the element was closed");
        }
        Duration busyFor = health.busyFor();
        if (busyFor.compareTo(limits.stuckAfter()) > 0) {
            health.refused();
            throw new IdentityException.Element(
                    ElementFault.UNAVAILABLE, "the element has hung for " + busyFor.toSeconds() + " s");
        }
        if (!places.tryAcquire()) {
            health.refused();
            throw new IdentityException.Element(
                    ElementFault.BUSY, limits.queued() + " requests wait for the element already");
        }
        Task<T> task = new Task<>(rank, order.getAndIncrement(), work);
        queue.add(task);
        try {
            return task.answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.answer.cancel(false);
            health.late();
            throw new IdentityException.Element(
                    ElementFault.LATE, "the element gave no answer in " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException.Element(ElementFault.LATE, "interrupted while waiting for the element", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static IdentityException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof IdentityException fault) {
            return fault;
        }
        throw new IllegalStateException("the element has a fault of its own", e.getCause());
    }

    @Override
    public Optional<ElementHealth> health() {
        return Optional.of(health.reading(limits.queued() - places.availablePermits()));
    }

    @Override
    public List<X509Certificate> makerCertificates() throws IdentityException {
        return ask(Rank.KEYS, keyPatience(), element::makerCertificates);
    }

    private KeyHandle queued(KeyHandle inner) {
        Rank rank = inner.slot().signsVideo() ? Rank.VIDEO : inner.slot().speaksTls() ? Rank.TLS : Rank.KEYS;
        return new SlotHandle(inner.slot(), inner.publicKey(), inner.algorithm(), new SlotHandle.Signer() {
            @Override
            public byte[] sign(byte[] message, Duration patience) throws IdentityException {
                byte[] own = message.clone(); // the caller may be gone before it is signed
                return ask(rank, patience, () -> inner.sign(own, patience));
            }

            @Override
            public byte[] signDigest(byte[] digest) throws IdentityException {
                byte[] own = digest.clone();
                return ask(rank, KeyHandle.PATIENCE, () -> inner.signDigest(own));
            }
        });
    }

    @Override
    public ElementInfo info() {
        return element.info();
    }

    private Duration keyPatience() {
        return limits.stuckAfter().plus(KeyHandle.PATIENCE);
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        return queued(ask(Rank.KEYS, keyPatience(), () -> element.generate(slot, spec)));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        return ask(Rank.KEYS, keyPatience(), () -> element.key(slot)).map(this::queued);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return queued(ask(Rank.KEYS, keyPatience(), () -> element.generateAgreement(spec)));
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return ask(Rank.KEYS, keyPatience(), element::agreementKey).map(this::queued);
    }

    private AgreementHandle queued(AgreementHandle inner) {
        return new QueuedAgreement(this, inner);
    }

    private record QueuedAgreement(ElementWorker worker, AgreementHandle inner) implements AgreementHandle {
        @Override
        public java.security.interfaces.ECPublicKey publicKey() {
            return inner.publicKey();
        }

        @Override
        public byte[] agree(java.security.interfaces.ECPublicKey peer) throws IdentityException {
            return worker.ask(Rank.VIDEO, KeyHandle.PATIENCE, () -> inner.agree(peer));
        }
    }

    @Override
    public void destroy(Slot slot) throws IdentityException {
        ask(Rank.KEYS, keyPatience(), () -> {
            element.destroy(slot);
            return slot;
        });
    }

    @Override
    public Attestation attest(Slot slot, byte[] nonce) throws IdentityException {
        byte[] own = nonce.clone();
        return ask(Rank.KEYS, keyPatience(), () -> element.attest(slot, own));
    }

    /** Ends the worker; who still waits is told that the element is closed. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        for (Task<?> task = queue.poll(); task != null; task = queue.poll()) {
            task.answer.completeExceptionally(
                    new IdentityException.Element(ElementFault.UNAVAILABLE, "the element was closed"));
        }
        element.close();
    }
}
