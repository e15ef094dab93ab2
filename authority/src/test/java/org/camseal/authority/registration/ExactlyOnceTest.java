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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Held;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.register.CertificateRow;
import org.camseal.identity.KeyDigest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever comes at once: one certificate for a serial, the same for whoever has its key. */
class ExactlyOnceTest {
    private static final int THREADS = 8;

    @TempDir
    private Path directory;

    private static List<EnrolmentAnswer> atOnce(List<Callable<EnrolmentAnswer>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Future<EnrolmentAnswer>> answers = new ArrayList<>();
            for (Callable<EnrolmentAnswer> call : calls) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<EnrolmentAnswer> all = new ArrayList<>();
            for (Future<EnrolmentAnswer> answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    @ParameterizedTest
    @EnumSource
    void eightAtOnceWithOneKeyGetTheSameBytesAndOneSignatureIsMade(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 100));
            AtomicInteger signatures = new AtomicInteger();
            RegistrationAuthority authority = RegistrationAuthority.open(
                    factory.register, factory.issuing, new java.security.SecureRandom(), step -> {
                        if (step == RegistrationAuthority.Step.SIGNED) {
                            signatures.incrementAndGet();
                        }
                    });
            for (int round = 0; round < 5; round++) {
                EnrolmentRequest wish = factory.wish("CS-100" + round);
                List<EnrolmentAnswer> answers =
                        atOnce(java.util.Collections.nCopies(THREADS, () -> authority.enrol(factory.line, wish)));
                assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOf(Issued.class));
                assertThat(new HashSet<>(answers.stream().map(Factory::issued).toList()))
                        .hasSize(1);
            }
            assertThat(signatures).hasValue(5);
            assertThat(factory.register.totals().issued()).isEqualTo(5);
            assertThat(factory.register.leaves().size()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoKeysAtOnceOneAtMostWinsAndBothAreQuarantined(Databases database) throws Exception {
        try (Factory factory = new Factory(directory, database.fresh(directory))) {
            factory.add(factory.order("PO-1", 100));
            RegistrationAuthority authority = factory.authority();
            for (int round = 0; round < 5; round++) {
                String serial = "CS-200" + round;
                EnrolmentRequest one = factory.wish(serial);
                EnrolmentRequest other = factory.wish(serial);
                List<Callable<EnrolmentAnswer>> calls = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    EnrolmentRequest wish = i % 2 == 0 ? one : other;
                    calls.add(() -> authority.enrol(factory.line, wish));
                }
                Set<BigInteger> given = new HashSet<>();
                List<EnrolmentAnswer> answers = atOnce(calls);
                answers.stream().filter(Issued.class::isInstance).forEach(answer -> given.add(Factory.number(answer)));
                assertThat(given).hasSizeLessThanOrEqualTo(1);
                assertThat(answers).anySatisfy(answer -> assertThat(answer).isInstanceOf(Held.class));
                List<CertificateRow> rows = factory.register.certificates(serial);
                assertThat(rows).hasSize(1);
                assertThat(rows.getFirst().key())
                        .isIn(
                                KeyDigest.of(one.request().publicKey()),
                                KeyDigest.of(other.request().publicKey()));
                assertThat(authority.enrol(factory.line, one)).isInstanceOf(Held.class);
                assertThat(authority.enrol(factory.line, other)).isInstanceOf(Held.class);
            }
            assertThat(factory.register.audit().check(Optional.empty()).entries())
                    .isPositive();
        }
    }
}
