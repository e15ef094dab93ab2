package org.camseal.identity.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.camseal.peers.PeerProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** tpm2-pkcs11 when the power goes, and when its files are copied: each use is a process of its own, as the library holds its connection. */
class Tpm2Pkcs11PowerTest {
    @TempDir
    private Path home;

    @BeforeAll
    static void peers() {
        Tpm2Pkcs11.require();
    }

    private String used(Tpm2Pkcs11 stack, String pin) throws Exception {
        try (PeerProcess use = start(stack, pin)) {
            String said = told(use);
            use.process().destroyForcibly().waitFor();
            return said;
        }
    }

    private PeerProcess start(Tpm2Pkcs11 stack, String pin) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TokenUse.class.getName(),
                Tpm2Pkcs11.library().toString(),
                pin);
        builder.environment().putAll(stack.environment());
        return PeerProcess.start(home, builder);
    }

    private static String told(PeerProcess use) throws IOException, InterruptedException {
        for (int i = 0; i < 1_500 && use.isAlive(); i++) {
            String said = use.output();
            if (said.contains("DONE")) {
                return said;
            }
            Thread.sleep(20);
        }
        return use.output();
    }

    @Test
    void powerCutsInUseDoNotLockItWrongPinsDoAndACopyIsRefused() throws Exception {
        String pin = new String(Tpm2Pkcs11.PIN);
        String wrong = "00000000";
        Path first = home.resolve("first");
        try (Tpm2Pkcs11 stack = new Tpm2Pkcs11(first)) {
            stack.prepare();
            assertThat(used(stack, pin)).contains("SIGNED\n");
            for (int i = 0; i < 4; i++) { // this TPM locks after three wrong authorisations
                try (PeerProcess use = start(stack, pin)) {
                    assertThat(told(use)).as("after power cut %d", i).contains("SIGNED AGAIN");
                    use.process().destroyForcibly().waitFor();
                    stack.cutPower();
                }
            }

            Path second = home.resolve("second");
            try (Tpm2Pkcs11 other = new Tpm2Pkcs11(second)) {
                other.prepare();
                copy(first.resolve("store"), second.resolve("store"));
                assertThat(used(other, pin))
                        .as("a copy: the salt was made for another TPM, TPM_RC_VALUE of parameter 2")
                        .contains("0x000002c4")
                        .contains("REFUSED FAILED the token refused to be opened with CKR_GENERAL_ERROR")
                        .doesNotContain("SIGNED");
            }

            assertThat(used(stack, String.join(",", wrong, wrong, wrong, pin)))
                    .as("a right PIN after too many wrong ones, TPM_RC_LOCKOUT")
                    .contains("REFUSED WRONG_AUTHORISATION the token refused to be opened with CKR_PIN_INCORRECT")
                    .contains("0x00000921")
                    .contains("REFUSED LOCKED_OUT the token refused to be opened with CKR_PIN_LOCKED")
                    .doesNotContain("SIGNED");
            stack.clearLockout();
            assertThat(used(stack, pin))
                    .as("positive control: cleared by its owner")
                    .contains("SIGNED AGAIN");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
