package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.pages.Sessions.Attendance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a login counts. The clock is given. */
class SessionsTest {
    private static final String GOOD = "violet tram under nine clouds";

    private final AtomicLong nanos = new AtomicLong();
    private final Accounts accounts;
    private final Account anna;
    private final Sessions sessions;

    SessionsTest(@TempDir Path directory) throws Exception {
        accounts = Accounts.open(
                directory.resolve("accounts.json"), "CS-0001", new PasswordCost(64, 1), new SecureRandom(), nanos::get);
        anna = accounts.setFirst("anna", GOOD);
        sessions = new Sessions(accounts, new SecureRandom(), nanos::get, PageWorld.LoginLimits.STANDARD);
    }

    private boolean counts(String token, Attendance attendance) {
        return sessions.find(token, attendance).isPresent();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatABrowserCameWithIsNotWhatItGetsAndEnds() {
        assertThat(counts("chosen-by-somebody-else", Attendance.SOMEBODY)).isFalse();
        String first = sessions.begin(anna, Optional.of("chosen-by-somebody-else"));
        assertThat(first).isNotEqualTo("chosen-by-somebody-else").hasSize(43);
        assertThat(counts("chosen-by-somebody-else", Attendance.SOMEBODY)).isFalse();
        String second = sessions.begin(anna, Optional.of(first));
        assertThat(second).isNotEqualTo(first);
        assertThat(counts(first, Attendance.SOMEBODY))
                .as("the token before the login")
                .isFalse();
        assertThat(counts(second, Attendance.SOMEBODY)).isTrue();
    }

    @Test
    void itIsOverAfterATimeWithoutRequestsAndAPageThatAsksByItselfIsNone() {
        String token = sessions.begin(anna, Optional.empty());
        pass(Duration.ofMinutes(14));
        assertThat(counts(token, Attendance.SOMEBODY)).isTrue();
        pass(Duration.ofMinutes(14));
        assertThat(counts(token, Attendance.NOBODY)).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(counts(token, Attendance.SOMEBODY)).isFalse();
    }

    @Test
    void itIsOverAfterATimeInAnyCase() {
        String token = sessions.begin(anna, Optional.empty());
        for (int i = 0; i < 72; i++) {
            pass(Duration.ofMinutes(10));
            assertThat(counts(token, Attendance.SOMEBODY))
                    .as("%d minutes", 10 * i)
                    .isTrue();
        }
        pass(Duration.ofMinutes(1));
        assertThat(counts(token, Attendance.SOMEBODY)).isFalse();
    }

    @Test
    void aChangeOfTheAccountEndsIt() throws Exception {
        accounts.add("ben", AccountRole.ADMINISTRATOR, GOOD);
        Account ben = accounts.find("ben").orElseThrow();
        String annas = sessions.begin(anna, Optional.empty());
        String bens = sessions.begin(ben, Optional.empty());
        accounts.setRole("ben", AccountRole.VIEWER);
        assertThat(counts(bens, Attendance.SOMEBODY)).as("with the role before").isFalse();
        assertThat(counts(annas, Attendance.SOMEBODY)).isTrue();
        accounts.setPassword("anna", "seven boats beneath an old bridge");
        assertThat(counts(annas, Attendance.SOMEBODY)).isFalse();
        String again = sessions.begin(accounts.find("ben").orElseThrow(), Optional.empty());
        accounts.remove("ben");
        assertThat(counts(again, Attendance.SOMEBODY)).isFalse();
        accounts.add("ben", AccountRole.VIEWER, GOOD);
        assertThat(counts(again, Attendance.SOMEBODY))
                .as("another user of the same name")
                .isFalse();
    }

    @Test
    void thereAreOnlySoManyAndOneAccountPushesOutItsOwn() throws Exception {
        accounts.add("ben", AccountRole.VIEWER, GOOD);
        String bens = sessions.begin(accounts.find("ben").orElseThrow(), Optional.empty());
        List<String> annas = new ArrayList<>();
        for (int i = 0; i < 2 * Sessions.MOST; i++) {
            annas.add(sessions.begin(anna, Optional.empty()));
        }
        assertThat(annas.stream().filter(token -> counts(token, Attendance.SOMEBODY)))
                .hasSize(Sessions.MOST_OF_ACCOUNT);
        assertThat(counts(bens, Attendance.SOMEBODY)).isTrue();
    }
}
