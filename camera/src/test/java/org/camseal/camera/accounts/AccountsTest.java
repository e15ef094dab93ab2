package org.camseal.camera.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.camera.CameraException;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts in their file: what is kept, who is let in, and what is never left. */
class AccountsTest {
    private static final String GOOD = "violet tram under nine clouds";
    private static final String OTHER = "seven boats beneath an old bridge";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Path file;
    private final AtomicLong nanos = new AtomicLong();

    AccountsTest(@TempDir Path directory) {
        this.file = directory.resolve("accounts.json");
    }

    private Accounts open() throws CameraException.Store {
        return Accounts.open(file, "CS-0001", new PasswordCost(64, 1), new SecureRandom(), nanos::get);
    }

    private Accounts withAdministrator() throws CameraException {
        Accounts accounts = open();
        accounts.setFirst("anna", GOOD);
        return accounts;
    }

    @Test
    void aNewCameraLetsNobodyInUntilTheFirstAdministratorIsSet() throws Exception {
        Accounts accounts = open();
        assertThat(accounts.isFresh()).isTrue();
        assertThat(accounts.login("anna", GOOD, HERE)).isInstanceOf(LoginOutcome.Wrong.class);
        assertThat(accounts.digestSecret("anna", DigestAlgorithm.SHA_256)).isEmpty();
        accounts.setFirst("anna", GOOD);
        assertThat(accounts.login("anna", GOOD, HERE)).isInstanceOf(LoginOutcome.Accepted.class);
        assertThatThrownBy(() -> accounts.setFirst("mallory", OTHER))
                .isInstanceOf(CameraException.Refused.class)
                .hasMessageContaining("administrator already");
    }

    @Test
    void accountsOutliveARestartAndTheirFileIsForTheOwnerAlone() throws Exception {
        withAdministrator().add("ben", AccountRole.VIEWER, OTHER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("argon2id:").doesNotContain(GOOD, OTHER);
        Accounts again = open();
        assertThat(again.login("ben", OTHER, HERE))
                .isEqualTo(new LoginOutcome.Accepted(again.find("ben").orElseThrow()));
        assertThat(again.login("ben", GOOD, HERE)).isEqualTo(new LoginOutcome.Wrong());
        assertThat(again.find("ben").orElseThrow().role()).isEqualTo(AccountRole.VIEWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short words",
                "Password1234!",
                "P@ssw0rd2026!",
                "administrator2026",
                "camera-admin-123",
                "abcdefghijklmn",
                "1q2w3e4r5t6z7u",
                "qwertzuiopasdf",
                "abcabcabcabcabc",
                "abcdef123abcdef123",
                "aaaaaaaaaaaaaaaa",
                "i love CS-0001 much",
                "who else but annabelle anna",
            })
    void aPasswordThatIsTriedFirstIsRefused(String weak) throws Exception {
        Accounts accounts = open();
        assertThatThrownBy(() -> accounts.setFirst("anna", weak))
                .isInstanceOf(CameraException.Refused.class)
                .hasMessageContaining("the password")
                .hasMessageNotContaining(weak);
        assertThat(accounts.isFresh()).as("nothing was set").isTrue();
    }

    @Test
    void thereIsAlwaysAnAdministrator() throws Exception {
        Accounts accounts = withAdministrator();
        accounts.add("ben", AccountRole.OPERATOR, OTHER);
        assertThatThrownBy(() -> accounts.remove("anna")).hasMessageContaining("no administrator would be left");
        assertThatThrownBy(() -> accounts.setRole("anna", AccountRole.VIEWER))
                .hasMessageContaining("no administrator would be left");
        accounts.setRole("ben", AccountRole.ADMINISTRATOR);
        accounts.remove("anna");
        assertThat(accounts.all()).extracting(Account::name).containsExactly("ben");
    }

    @Test
    void programsLogInWithASecretThatTheCameraMadeAndNeverWithThePassword() throws Exception {
        Accounts accounts = withAdministrator();
        assertThat(accounts.digestSecret("anna", DigestAlgorithm.SHA_256))
                .as("a password alone opens no stream")
                .isEmpty();
        String secret =
                accounts.newStreamSecret("anna", Account.StreamSecret.DIGEST).orElseThrow();
        assertThat(secret).hasSize(32);
        DigestSecret kept =
                accounts.digestSecret("anna", DigestAlgorithm.SHA_256).orElseThrow();
        assertThat(kept.hex())
                .isEqualTo(DigestSecret.of(DigestAlgorithm.SHA_256, new Login("anna", secret), Accounts.REALM)
                        .hex())
                .isNotEqualTo(DigestSecret.of(DigestAlgorithm.SHA_256, new Login("anna", GOOD), Accounts.REALM)
                        .hex());
        assertThat(accounts.onvifSecret("anna")).as("not opened for ONVIF").isEmpty();
        assertThat(Files.readString(file)).doesNotContain(secret);
        String onvif =
                accounts.newStreamSecret("anna", Account.StreamSecret.ONVIF).orElseThrow();
        assertThat(open().onvifSecret("anna")).contains(onvif).isNotEqualTo(secret);
        accounts.newStreamSecret("anna", Account.StreamSecret.NONE);
        assertThat(accounts.digestSecret("anna", DigestAlgorithm.SHA_256)).isEmpty();
    }

    @Test
    void aDamagedFileLetsNobodyInAndDoesNotMakeTheCameraNew() throws Exception {
        withAdministrator();
        String whole = Files.readString(file);
        for (String damaged : new String[] {
            "",
            "{}",
            "[]",
            whole.substring(0, whole.length() - 2),
            whole.replace("administrator", "viewer"),
            "{\"version\":1,\"nextGeneration\":1,\"accounts\":[]}",
            whole.replace("argon2id", "plain")
        }) {
            Files.writeString(file, damaged);
            assertThatThrownBy(this::open)
                    .as(damaged)
                    .isInstanceOf(CameraException.Store.class)
                    .hasMessageContaining("damaged")
                    .hasMessageNotContaining("argon2id:");
        }
        Files.writeString(file, whole);
        assertThat(open().all()).hasSize(1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open).isInstanceOf(CameraException.Store.class).hasMessageContaining("chmod 600");
    }
}
