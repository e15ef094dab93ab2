package org.camseal.identity.tpm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SignatureAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structures without a TPM: known answers, and what is not as it should be. */
class TpmStructureTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] U = filled(1);
    private static final byte[] V = filled(2);

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Computed with Python's hmac and hashlib. */
    @Test
    void derivesAsTheSpecificationSays() {
        assertThat(HEX.formatHex(TpmKdf.kdfa(KEY, "ATH", U, V, 32)))
                .isEqualTo("6c46de9b9d9375bd491deb36f60e806dfd466a1c731fd35477a4431061031896");
        assertThat(HEX.formatHex(TpmKdf.kdfa(KEY, "CFB", U, V, 32)))
                .isEqualTo("035ca6d84e661c89e19d6ab91afe8958c344b6853d43d7b6250196d42cc60f81");
        assertThat(HEX.formatHex(TpmKdf.kdfe(KEY, "SECRET", U, V)))
                .isEqualTo("5b02828d230713721152d8b4c346008adf937448e22b89d0d0221851b1149248");
    }

    @Test
    void asksForKeysThatStayAndSignWithOneSchemeOnly() {
        assertThat(HEX.formatHex(TpmTemplates.signing(KeySpec.P256)))
                .isEqualTo("0023000b" + "00040472" + "0000" + "0010" + "0018000b" + "0003" + "0010" + "00000000");
        assertThat(HEX.formatHex(TpmTemplates.signing(KeySpec.RSA2048)))
                .isEqualTo("0001000b" + "00040472" + "0000" + "0010" + "0016000b" + "0800" + "00000000" + "0000");
        assertThat(HEX.formatHex(TpmTemplates.attestation())).startsWith("0023000b" + "00050472");
    }

    @ParameterizedTest
    @CsvSource({
        "0x921, LOCKED_OUT, TPM_RC_LOCKOUT",
        "0x98e, WRONG_AUTHORISATION, 'TPM_RC_AUTH_FAIL, session 1'",
        "0x9a2, TAMPERED, 'TPM_RC_BAD_AUTH, session 1'",
        "0x1df, FOREIGN, 'TPM_RC_INTEGRITY, parameter 1'",
        "0x902, BUSY, TPM_RC_OBJECT_MEMORY",
        "0x2d2, UNSUPPORTED, 'TPM_RC_SCHEME, parameter 2'",
        "0x143, UNSUPPORTED, TPM_RC_COMMAND_CODE",
        "0x101, UNAVAILABLE, TPM_RC_FAILURE",
        "0x184, FAILED, 'TPM_RC_VALUE, handle 1'"
    })
    void codesAreNamed(String code, ElementFault fault, String text) {
        TpmCode read = new TpmCode(Integer.decode(code));
        assertThat(read.fault()).isEqualTo(fault);
        assertThat(read.text()).contains(text).contains(code);
    }

    @Test
    void addressesAreReadOrRefused() throws Exception {
        assertThat(TpmAddress.parse("/dev/tpmrm0")).isInstanceOf(TpmAddress.Device.class);
        assertThat(TpmAddress.parse("tcp:127.0.0.1:2321")).isEqualTo(new TpmAddress.Tcp("127.0.0.1", 2321));
        assertThat(TpmAddress.parse("unix:/run/tpm")).hasToString("unix:/run/tpm");
        for (String wrong : new String[] {"", "tcp:", "tcp:host", "tcp:host:0", "tcp:host:70000", "unix:x", "com1"}) {
            assertThatThrownBy(() -> TpmAddress.parse(wrong)).isInstanceOf(IdentityException.Element.class);
        }
    }

    private static byte[] goodArea() throws Exception {
        var keys = java.security.KeyPairGenerator.getInstance("EC");
        keys.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        var w = ((java.security.interfaces.ECPublicKey) keys.generateKeyPair().getPublic()).getW();
        byte[] template = TpmTemplates.signing(KeySpec.P256);
        return new TpmWriter()
                .raw(Arrays.copyOf(template, template.length - 4))
                .sized(w.getAffineX().toByteArray())
                .sized(w.getAffineY().toByteArray())
                .bytes();
    }

    @Test
    void publicAreasThatAreCutOrOffTheCurveAreRefused() throws Exception {
        byte[] good = goodArea();
        assertThat(TpmPublic.parse(good).fits(TpmTemplates.signing(KeySpec.P256)))
                .isTrue();
        assertThat(TpmPublic.parse(good).fits(TpmTemplates.attestation())).isFalse();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> TpmPublic.parse(cut)).isInstanceOf(IdentityException.Element.class);
        }
        byte[] off = good.clone();
        off[good.length - 1] ^= 1;
        assertThatThrownBy(() -> TpmPublic.parse(off)).hasMessageContaining("no public key");
    }

    @Test
    void anyBytesEndInAnAnswerOrAnErrorThatSaysWhere() throws Exception {
        Random random = new Random(20_260_101);
        byte[] good = goodArea();
        int understood = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = i % 3 == 0 ? new byte[random.nextInt(200)] : good.clone();
            if (i % 3 == 0) {
                random.nextBytes(bytes);
            } else {
                for (int n = random.nextInt(4); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            understood += parsed(bytes);
        }
        assertThat(understood).as("some are understood, or nothing was tested").isBetween(1, 29_999);
    }

    private static int parsed(byte[] bytes) {
        TpmCommand command = new TpmCommand("TPM2_GetCapability", 0x17a);
        int understood = 0;
        try {
            if (command.code(bytes).isSuccess()) {
                command.decode(bytes);
            }
            understood++;
        } catch (IdentityException.Element e) {
            assertThat(e.fault()).isEqualTo(ElementFault.TAMPERED);
        }
        try {
            TpmPublic.parse(bytes);
            understood++;
        } catch (IdentityException.Element e) {
            assertThat(e).hasMessageContaining("byte ");
        }
        try {
            TpmSignature.parse(bytes, SignatureAlgorithm.ES256);
            understood++;
        } catch (IdentityException.Element e) {
            assertThat(e.fault()).isEqualTo(ElementFault.TAMPERED);
        }
        return Math.min(understood, 1);
    }
}
