package org.camseal.identity.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.ElementConformance;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftHsmConformanceTest extends ElementConformance {
    @TempDir
    private static Path home;

    @BeforeAll
    static void prepare() throws Exception {
        SoftHsm.require();
        SoftHsm.prepare(home);
    }

    @Override
    protected SecureElement open() throws Exception {
        return SoftHsm.open();
    }

    /** The library is in this process: closing and opening is all there is. */
    @Override
    protected void cutPower() {
        element().close();
    }

    @AfterEach
    void empty() throws Exception {
        try (SecureElement all = SoftHsm.open()) {
            for (Slot slot : Slot.values()) {
                all.destroy(slot);
            }
        }
    }

    @Test
    void aWrongPinIsToldFromAMissingToken() throws Exception {
        element().generate(Slot.TLS, KeySpec.P256);
        element().close();
        SecureRandom random = new SecureRandom();
        assertRefused(
                ElementFault.WRONG_AUTHORISATION,
                () -> Pkcs11Element.open(SoftHsm.token(), "00000000".toCharArray(), random));
        assertThatThrownBy(() -> Pkcs11Element.open(SoftHsm.token(), "00000000".toCharArray(), random))
                .hasMessageContaining("CKR_PIN_INCORRECT");
        assertRefused(
                ElementFault.UNAVAILABLE,
                () -> Pkcs11Element.open(
                        new Pkcs11Token(SoftHsm.LIBRARY, 7, AssuranceLevel.SOFTWARE, 1), SoftHsm.PIN, random));
        assertRefused(
                ElementFault.UNAVAILABLE,
                () -> Pkcs11Element.open(
                        new Pkcs11Token(Path.of("/nowhere.so"), 0, AssuranceLevel.SOFTWARE, 1), SoftHsm.PIN, random));
        try (Pkcs11Element right = SoftHsm.open()) {
            assertSigns(right.key(Slot.TLS).orElseThrow()); // positive control
        }
    }

    @Test
    void aClosedElementSignsNoMore() throws Exception {
        KeyHandle key = element().generate(Slot.TLS, KeySpec.P256);
        assertSigns(key);
        element().close();
        assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IdentityException.Element.class);
    }

    @Test
    void aKeyThatCouldBeReadOutIsNotUsed() throws Exception {
        KeyHandle good = element().generate(Slot.TLS, KeySpec.P256);
        assertSigns(good); // positive control: made as demanded
        // somebody put an extractable key under our name into the token
        String loose = SoftHsm.token()
                .configuration("loose", Pkcs11Token.Use.SIGN)
                .replace("CKA_SENSITIVE = true", "CKA_SENSITIVE = false")
                .replace("CKA_EXTRACTABLE = false", "CKA_EXTRACTABLE = true");
        Provider provider = Security.getProvider("SunPKCS11").configure(loose);
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, SoftHsm.PIN);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        assertThat(pair.getPrivate().getEncoded()).as("it can be read out").isNotEmpty();
        X500Name name = new X500Name("CN=loose");
        store.setKeyEntry("camseal-media", pair.getPrivate(), null, new Certificate[] {
            new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(Instant.EPOCH),
                                    Date.from(Instant.now().plusSeconds(3600)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                    .setProvider(provider)
                                    .build(pair.getPrivate())))
        });
        restart();
        assertRefused(ElementFault.EXPOSED, () -> element().key(Slot.MEDIA));
        assertSigns(element().key(Slot.TLS).orElseThrow());
    }

    @Test
    void theTokenWrapsNoKeyOfOurs() throws Exception {
        element().generate(Slot.TLS, KeySpec.P256);
        String configuration =
                SoftHsm.token().configuration("wraps", Pkcs11Token.Use.SIGN).replace("CKK_GENERIC_SECRET", "*");
        Provider provider = Security.getProvider("SunPKCS11").configure(configuration);
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        store.load(null, SoftHsm.PIN);
        KeyPairGenerator wrapping = KeyPairGenerator.getInstance("RSA");
        wrapping.initialize(2048);
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
        cipher.init(Cipher.WRAP_MODE, wrapping.generateKeyPair().getPublic());
        KeyGenerator loose = KeyGenerator.getInstance("AES", provider);
        loose.init(128);
        assertThat(cipher.wrap(loose.generateKey()))
                .as("positive control: it wraps what may go")
                .isNotEmpty();
        Key ours = store.getKey("camseal-tls", null);
        assertThatThrownBy(() -> cipher.wrap(ours)).hasMessage("wrap() failed, no encoding available");
    }

    @ParameterizedTest
    @CsvSource({
        "CKR_PIN_LOCKED, LOCKED_OUT",
        "CKR_DEVICE_REMOVED, UNAVAILABLE",
        "CKR_DEVICE_MEMORY, BUSY",
        "CKR_MECHANISM_INVALID, UNSUPPORTED",
        "CKR_GENERAL_ERROR, FAILED"
    })
    void codesAreNamed(String code, ElementFault fault) {
        IdentityException.Element e =
                Pkcs11Fault.of("to sign", new IllegalStateException("outer", new IllegalStateException(code + " (5)")));
        assertThat(e.fault()).isEqualTo(fault);
        assertThat(e).hasMessageContaining(code);
    }
}
