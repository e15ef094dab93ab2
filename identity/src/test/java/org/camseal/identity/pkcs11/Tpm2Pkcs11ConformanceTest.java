package org.camseal.identity.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import org.camseal.identity.ElementConformance;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TPM as others reach it: through the PKCS#11 library of the TPM software stack. */
class Tpm2Pkcs11ConformanceTest extends ElementConformance {
    @TempDir
    private static Path home;

    private static @Nullable Tpm2Pkcs11 stack;

    @BeforeAll
    static void prepare() throws Exception {
        Tpm2Pkcs11.require();
        stack = new Tpm2Pkcs11(home);
        stack().prepare();
        stack().takeEnvironment();
    }

    @AfterAll
    static void end() {
        if (stack != null) {
            stack.close();
        }
    }

    private static Tpm2Pkcs11 stack() {
        return Objects.requireNonNull(stack);
    }

    @Override
    protected SecureElement open() throws Exception {
        return Tpm2Pkcs11.open();
    }

    /** The library holds its connection for as long as this process lives: see the test with processes of their own. */
    @Override
    protected void cutPower() {
        element().close();
    }

    @AfterEach
    void empty() throws Exception {
        stack().clearLockout();
        try (SecureElement all = Tpm2Pkcs11.open()) {
            for (Slot slot : Slot.values()) {
                all.destroy(slot);
            }
        }
    }

    @Test
    void aWrongPinIsRefused() throws Exception {
        element().generate(Slot.TLS, KeySpec.P256);
        element().close();
        char[] wrong = "00000000".toCharArray();
        assertThatThrownBy(() -> Pkcs11Element.open(Tpm2Pkcs11.token(), wrong, new SecureRandom()))
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).isEqualTo(ElementFault.WRONG_AUTHORISATION));
        try (SecureElement right = Tpm2Pkcs11.open()) {
            assertSigns(right.key(Slot.TLS).orElseThrow()); // positive control
        }
    }
}
