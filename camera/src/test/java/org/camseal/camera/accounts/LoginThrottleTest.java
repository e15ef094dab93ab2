package org.camseal.camera.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who tries passwords is slowed down; others are not. The clock is given. */
class LoginThrottleTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final LoginThrottle throttle = new LoginThrottle(nanos::get);

    private static InetAddress address(int number) {
        return InetAddress.ofLiteral("10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Optional<Duration> begin(String account, int network) {
        return throttle.begin(account, address(network));
    }

    @Test
    void theWaitDoublesWithEachWrongPassword() {
        for (int i = 0; i < LoginThrottle.FREE_TRIES; i++) {
            assertThat(begin("anna", 1)).as("try %d", i).isEmpty();
        }
        assertThat(begin("anna", 1)).contains(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));
        assertThat(begin("anna", 1)).isEmpty();
        assertThat(begin("anna", 1)).contains(Duration.ofSeconds(4));
        pass(Duration.ofSeconds(3));
        assertThat(begin("anna", 1)).as("asking too early costs nothing").contains(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(begin("anna", 1)).isEmpty();
    }

    @Test
    void theRightPasswordForgetsTheWrongOnes() {
        for (int i = 0; i < LoginThrottle.FREE_TRIES - 1; i++) {
            begin("anna", 1);
        }
        assertThat(begin("anna", 1)).isEmpty();
        throttle.succeeded("anna", address(1));
        for (int i = 0; i < LoginThrottle.FREE_TRIES; i++) {
            assertThat(begin("anna", 1)).isEmpty();
        }
    }

    @Test
    void aStrangerLocksNobodyElseOut() {
        for (int i = 0; i < 100; i++) {
            begin("anna", 1);
        }
        assertThat(begin("anna", 1)).as("the stranger waits").isPresent();
        assertThat(begin("anna", 2)).as("anna, from her own network").isEmpty();
        assertThat(begin("ben", 3)).isEmpty();
    }

    @Test
    void oneNetworkTriesNoLongListOfNames() {
        int tried = 0;
        for (int i = 0; i < 1000; i++) {
            tried += begin("name-" + i, 1).isEmpty() ? 1 : 0;
        }
        assertThat(tried).isEqualTo(LoginThrottle.TRIES_OF_NETWORK);
        pass(LoginThrottle.WINDOW.plusSeconds(1));
        assertThat(begin("name", 1)).as("after the window").isEmpty();
    }

    @Test
    void manyNetworksTryOneAccountOnlySoOftenAndItsOwnerStillGetsIn() {
        assertThat(begin("anna", 7)).isEmpty();
        throttle.succeeded("anna", address(7));
        int tried = 0;
        for (int i = 0; i < 1000; i++) {
            tried += begin("anna", 100 + i).isEmpty() ? 1 : 0;
        }
        assertThat(tried).isEqualTo(LoginThrottle.TRIES_OF_ACCOUNT);
        assertThat(begin("anna", 7)).as("where she logged in before").isEmpty();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 20_000; i++) {
            begin("name-" + i, i);
        }
        assertThat(throttle.size()).isLessThanOrEqualTo(4096);
    }

    @Test
    void anIpv6NetworkIsOneNeighbour() {
        int tried = 0;
        for (int i = 1; i < 200; i++) {
            tried += throttle.begin("anna", InetAddress.ofLiteral("2001:db8::" + Integer.toHexString(i)))
                            .isEmpty()
                    ? 1
                    : 0;
        }
        assertThat(tried).isEqualTo(LoginThrottle.FREE_TRIES);
    }
}
