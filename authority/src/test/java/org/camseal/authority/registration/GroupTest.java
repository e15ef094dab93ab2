package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.Condition;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Held;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentAnswer.Refused;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.register.About;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Ledger;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Works that are written in one transaction do not know of each other, and nothing may slip through between them. */
class GroupTest {
    @TempDir
    private Path directory;

    /** Has them wait until the writer has them all before it, and gives their answers. */
    private static <T> List<T> together(Factory factory, List<Callable<T>> calls) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FutureTask<Boolean> holder = new FutureTask<>(() -> factory.register.write(ledger -> {
            held.countDown();
            await(go);
            return true;
        }));
        List<FutureTask<T>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            Thread.ofPlatform().daemon().start(holder);
            await(held);
            for (Callable<T> call : calls) {
                FutureTask<T> answer = new FutureTask<>(call);
                answers.add(answer);
                threads.add(Thread.ofPlatform().daemon().start(answer));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < end
                    && threads.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
                Thread.sleep(5); // what is asserted holds for any grouping; this makes it one group nearly always
            }
        } finally {
            go.countDown();
        }
        List<T> all = new ArrayList<>();
        for (FutureTask<T> answer : answers) {
            all.add(answer.get(60, TimeUnit.SECONDS));
        }
        assertThat(holder.get(60, TimeUnit.SECONDS)).isTrue();
        return all;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRefused(EnrolmentAnswer answer, RefusalReason reason) {
        return answer instanceof Refused refused && refused.reason() == reason;
    }

    @ParameterizedTest
    @EnumSource
    void oneKeyForTwoCamerasAndTwoKeysForOneAreFoundWithinAGroup(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 100));
            RegistrationAuthority authority = factory.authority();
            KeyHandle shared = factory.key(Slot.TLS, KeySpec.P256);
            List<EnrolmentRequest> wishes = new ArrayList<>();
            for (String serial : List.of("CS-0001", "CS-0002")) {
                wishes.add(Factory.wish(Factory.camera(serial), CertificateProfile.DEVICE_TLS, shared));
            }
            wishes.add(factory.wish("CS-0003"));
            wishes.add(factory.wish("CS-0003"));
            EnrolmentRequest twice = factory.wish("CS-0004");
            wishes.add(twice);
            wishes.add(twice);
            List<EnrolmentAnswer> answers = together(
                    factory,
                    wishes.stream()
                            .map(wish -> (Callable<EnrolmentAnswer>) () -> authority.enrol(factory.line, wish))
                            .toList());

            assertThat(answers.subList(0, 2))
                    .as("one key")
                    .areExactly(1, condition(Issued.class::isInstance))
                    .areExactly(1, condition(answer -> isRefused(answer, RefusalReason.KEY_REFUSED)));
            assertThat(answers.subList(2, 4))
                    .as("two keys")
                    .areAtLeast(1, condition(Held.class::isInstance))
                    .areAtMost(1, condition(Issued.class::isInstance));
            assertThat(Factory.issued(answers.get(4))).isEqualTo(Factory.issued(answers.get(5)));
            assertThat(factory.register.certificates("CS-0003")).hasSize(1);
            assertThat(factory.register.openDispute("CS-0003")).isPresent();
            assertThat(factory.register.totals().issued()).isEqualTo(3);
            assertThat(factory.register.leaves().size()).isEqualTo(3);
            assertThat(factory.register.audit().check(Optional.empty()).entries())
                    .isEqualTo(factory.register.totals().auditEntries());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrdersQuantityIsNotExceededByAGroup(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 5));
            RegistrationAuthority authority = factory.authority();
            List<Callable<EnrolmentAnswer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                EnrolmentRequest wish = factory.wish("CS-100" + i);
                calls.add(() -> authority.enrol(factory.line, wish));
            }
            List<EnrolmentAnswer> answers = together(factory, calls);
            assertThat(answers)
                    .areExactly(5, condition(Issued.class::isInstance))
                    .areExactly(3, condition(answer -> isRefused(answer, RefusalReason.QUANTITY_USED)));
            assertThat(factory.register.order("PO-1").orElseThrow().used()).isEqualTo(5);
            Set<BigInteger> numbers = new HashSet<>();
            answers.stream().filter(Issued.class::isInstance).forEach(answer -> numbers.add(Factory.number(answer)));
            assertThat(numbers).hasSize(5);
        }
    }

    /** What no rule of ours looks at: two certificates of one number. The database finds it, and only the one at fault has none. */
    @ParameterizedTest
    @EnumSource
    void aConstraintThatIsBrokenWithinAGroupFailsOneOfItAlone(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 100));
            RegistrationAuthority _ = factory.authority(); // the register knows its issuer from here on
            List<Callable<Optional<CertificateRow>>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                EnrolmentRequest wish = factory.wish("CS-200" + i);
                BigInteger number = BigInteger.valueOf(i < 2 ? 77 : 100 + i);
                calls.add(() -> intended(factory, wish, number));
            }
            List<Optional<CertificateRow>> intents = together(factory, calls);
            assertThat(intents.subList(0, 2)).areExactly(1, condition(Optional::isPresent));
            assertThat(intents.subList(2, 4)).allMatch(Optional::isPresent);
            assertThat(factory.register.intents(0, 10)).hasSize(3);
            assertThat(factory.register.order("PO-1").orElseThrow().used()).isEqualTo(4);
        }
    }

    private static Optional<CertificateRow> intended(Factory factory, EnrolmentRequest wish, BigInteger number)
            throws Exception {
        KeyDigest key = KeyDigest.of(wish.request().publicKey());
        String serial = wish.subject().serial();
        return factory.register.write(new About(serial, key), ledger -> {
            if (ledger.device(serial).isPresent()
                    || ledger.byKey(key).isPresent()
                    || !ledger.addDevice(serial, "PO-1")) {
                throw new IllegalStateException("nothing was there");
            }
            Ledger.Wish made = new Ledger.Wish(key, number, 1, "test", Optional.empty());
            byte[] publicKey = wish.request().publicKey().getEncoded();
            return ledger.intend(wish.subject(), wish.profile(), publicKey, made);
        });
    }

    private static <T> Condition<T> condition(Predicate<T> predicate) {
        return new Condition<>(predicate, "as expected");
    }
}
