package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftwareSecureElementTest {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private SoftwareSecureElement open() throws IdentityException {
        return SoftwareSecureElement.open(directory.resolve("element"), new SecureRandom());
    }

    private Path file(Slot slot) {
        return directory.resolve("element").resolve(slot.label() + "-key.pem");
    }

    private static boolean verifies(KeyHandle key, byte[] message, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance(key.algorithm().jcaName());
        if (key.algorithm().parameters().isPresent()) {
            verifier.setParameter(key.algorithm().parameters().get());
        }
        verifier.initVerify(key.publicKey());
        verifier.update(message);
        return verifier.verify(signature);
    }

    @Test
    void saysHonestlyThatItIsSoftware() throws Exception {
        assertThat(open().info().assurance()).isEqualTo(AssuranceLevel.SOFTWARE);
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void signsWithEveryKindOfKeyAndAgainAfterReopening(KeySpec spec) throws Exception {
        KeyHandle made = open().generate(Slot.MEDIA, spec);
        KeyHandle found = open().key(Slot.MEDIA).orElseThrow();
        assertThat(found.publicKey()).isEqualTo(made.publicKey());
        assertThat(found.algorithm()).isEqualTo(spec.signature());
        assertThat(verifies(made, MESSAGE, found.sign(MESSAGE))).isTrue();
        assertThat(verifies(made, new byte[1], found.sign(MESSAGE))).isFalse();
    }

    @Test
    void keysAndNoncesDiffer() throws Exception {
        SoftwareSecureElement element = open();
        Set<Object> keys = new HashSet<>();
        Set<Object> firstHalves = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
            keys.add(key.publicKey());
            firstHalves.add(new BigInteger(1, Arrays.copyOf(key.signFixed(MESSAGE), 32)));
            firstHalves.add(new BigInteger(1, Arrays.copyOf(key.signFixed(MESSAGE), 32)));
            element.destroy(Slot.TLS);
        }
        assertThat(keys).hasSize(20);
        assertThat(firstHalves).as("no ECDSA nonce was used twice").hasSize(40);
    }

    @Test
    void fixedFormIsWhatJcaCallsP1363() throws Exception {
        for (KeySpec spec : new KeySpec[] {KeySpec.P256, KeySpec.P384}) {
            KeyHandle key = open().generate(Slot.MEDIA, spec);
            for (int i = 0; i < 50; i++) {
                byte[] fixed = key.signFixed(MESSAGE);
                assertThat(fixed).hasSize(2 * key.algorithm().coordinateBytes());
                Signature verifier = Signature.getInstance(key.algorithm().jcaName() + "inP1363Format");
                verifier.initVerify(key.publicKey());
                verifier.update(MESSAGE);
                assertThat(verifier.verify(fixed)).isTrue();
            }
            open().destroy(Slot.MEDIA);
        }
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        open().generate(Slot.TLS, KeySpec.P256);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("element"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory.resolve("element"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        open().generate(Slot.TLS, KeySpec.P256);
        Files.setPosixFilePermissions(file(Slot.TLS), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open().key(Slot.TLS))
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file(Slot.TLS), PosixFilePermissions.fromString("rw-------"));
        assertThat(open().key(Slot.TLS)).isPresent();
        Files.setPosixFilePermissions(directory.resolve("element"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(this::open)
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("chmod 700");
    }

    @Test
    void aSlotIsNotOverwritten() throws Exception {
        KeyHandle first = open().generate(Slot.TLS, KeySpec.P256);
        assertThatThrownBy(() -> open().generate(Slot.TLS, KeySpec.P256))
                .isInstanceOf(IdentityException.Element.class)
                .hasMessageContaining("already has a tls key");
        assertThat(open().key(Slot.TLS).orElseThrow().publicKey()).isEqualTo(first.publicKey());
    }

    @Test
    void whatAPowerCutLeftIsIgnoredAndThenRemoved() throws Exception {
        open();
        Path half = directory.resolve("element").resolve(".tls-key.pem123" + DurableFile.HALF_WRITTEN);
        Files.writeString(half, "-----BEGIN PRIVATE KEY-----\nMIG");
        assertThat(open().key(Slot.TLS)).isEmpty();
        KeyHandle key = open().generate(Slot.TLS, KeySpec.P256);
        assertThat(half).doesNotExist();
        assertThat(open().key(Slot.TLS).orElseThrow().publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void aDamagedFileIsAnErrorThatSaysSoAndShowsNothingOfIt() throws Exception {
        open().generate(Slot.TLS, KeySpec.P256);
        String whole = Files.readString(file(Slot.TLS));
        for (int length = 0; length < whole.length() - 1; length += 13) {
            Files.writeString(file(Slot.TLS), whole.substring(0, length));
            assertThatThrownBy(() -> open().key(Slot.TLS))
                    .isInstanceOf(IdentityException.Malformed.class)
                    .hasMessageContaining("tls-key.pem");
        }
        String base64 = whole.lines().skip(1).findFirst().orElseThrow();
        Files.writeString(file(Slot.TLS), whole.replaceFirst("M", "N"));
        assertThatThrownBy(() -> open().key(Slot.TLS))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageNotContaining(base64.substring(10, 20));
        Files.writeString(file(Slot.TLS), whole);
        assertThat(open().key(Slot.TLS)).isPresent();
    }

    @Test
    void aPairThatDoesNotBelongTogetherIsRefused() throws Exception {
        open().generate(Slot.TLS, KeySpec.P256);
        open().generate(Slot.MEDIA, KeySpec.P256);
        String tls = Files.readString(file(Slot.TLS));
        String media = Files.readString(file(Slot.MEDIA));
        String publicPart = "-----BEGIN PUBLIC KEY-----";
        Files.writeString(
                file(Slot.TLS), tls.substring(0, tls.indexOf(publicPart)) + media.substring(media.indexOf(publicPart)));
        assertThatThrownBy(() -> open().key(Slot.TLS))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageContaining("do not belong together");
    }

    @Test
    void destroyedIsGoneAlsoForHandles() throws Exception {
        SoftwareSecureElement element = open();
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        assertThat(key.sign(MESSAGE)).isNotEmpty();
        element.destroy(Slot.TLS);
        assertThatThrownBy(() -> key.sign(MESSAGE))
                .isInstanceOf(IdentityException.Element.class)
                .hasMessageContaining("destroyed");
        assertThat(file(Slot.TLS)).doesNotExist();
        assertThat(element.key(Slot.TLS)).isEmpty();
        element.destroy(Slot.TLS); // nothing to do
        assertThat(element.generate(Slot.TLS, KeySpec.P256).publicKey()).isNotEqualTo(key.publicKey());
    }

    @Test
    void noWayLeadsToThePrivateBytes() throws Exception {
        KeyHandle handle = open().generate(Slot.TLS, KeySpec.P256);
        PrivateKey key = handle.opaqueKey();
        assertThat(key.getEncoded()).isNull();
        assertThat(key.getFormat()).isNull();
        KeyFactory factory = KeyFactory.getInstance("EC");
        assertThatThrownBy(() -> factory.getKeySpec(key, PKCS8EncodedKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class);
        assertThatThrownBy(() -> factory.getKeySpec(key, ECPrivateKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class);
        assertThatThrownBy(() -> factory.translateKey(key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(
                        () -> Signature.getInstance("SHA256withECDSA", "SunEC").initSign(key))
                .isInstanceOf(InvalidKeyException.class);
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());
        assertThatThrownBy(() -> out.writeObject(key)).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> out.writeObject(handle)).isInstanceOf(NotSerializableException.class);
        String base64 =
                Files.readString(file(Slot.TLS)).lines().skip(1).findFirst().orElseThrow();
        assertThat(key.toString() + handle + open()).doesNotContain(base64.substring(0, 16));
    }

    @Test
    void aSlotRefusesWhatBelongsToAnother() throws Exception {
        KeyHandle tls = open().generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = open().generate(Slot.MEDIA, KeySpec.P256);
        byte[] handshake = (" ".repeat(64) + "TLS 1.3, server CertificateVerify\0").getBytes(StandardCharsets.US_ASCII);
        byte[] statement = "\u0084jSignature1 and so on".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(verifies(tls, handshake, tls.sign(handshake))).isTrue();
        assertThat(verifies(media, statement, media.sign(statement))).isTrue();
        assertThatThrownBy(() -> media.sign(handshake)).isInstanceOf(IdentityException.Element.class);
        assertThatThrownBy(() -> tls.sign(statement)).isInstanceOf(IdentityException.Element.class);
        assertThatThrownBy(() -> open().generate(Slot.RECIPIENT, KeySpec.P256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().key(Slot.RECIPIENT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().generateAgreement(KeySpec.RSA2048))
                .isInstanceOf(IdentityException.Element.class);
    }

    @Test
    void signsNoMessageWithoutBound() throws Exception {
        KeyHandle key = open().generate(Slot.MEDIA, KeySpec.P256);
        assertThat(key.sign(new byte[HandleSignature.MAX_MESSAGE])).isNotEmpty();
        assertThatThrownBy(() -> key.sign(new byte[HandleSignature.MAX_MESSAGE + 1]))
                .isInstanceOf(IdentityException.Element.class);
    }

    @Test
    void agreesAsJcaDoesAndAgainAfterReopening() throws Exception {
        AgreementHandle own = open().generateAgreement(KeySpec.P256);
        var peer = TestCertificates.ecKeys("secp256r1");
        KeyAgreement other = KeyAgreement.getInstance("ECDH");
        other.init(peer.getPrivate());
        other.doPhase(own.publicKey(), true);
        byte[] expected = other.generateSecret();
        assertThat(own.agree((ECPublicKey) peer.getPublic()))
                .isEqualTo(expected)
                .hasSize(32);
        assertThat(open().agreementKey().orElseThrow().agree((ECPublicKey) peer.getPublic()))
                .isEqualTo(expected);
    }

    @Test
    void agreesWithNoPointOffItsCurve() throws Exception {
        AgreementHandle own = open().generateAgreement(KeySpec.P256);
        ECPublicKey otherCurve =
                (ECPublicKey) TestCertificates.ecKeys("secp384r1").getPublic();
        assertThatThrownBy(() -> own.agree(otherCurve)).isInstanceOf(IdentityException.Element.class);
        ECPublicKey good = (ECPublicKey) TestCertificates.ecKeys("secp256r1").getPublic();
        ECPoint off =
                new ECPoint(good.getW().getAffineX(), good.getW().getAffineY().add(BigInteger.ONE));
        assertThatThrownBy(() -> own.agree((ECPublicKey)
                        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(off, good.getParams()))))
                .isInstanceOfAny(IdentityException.Element.class, InvalidKeySpecException.class);
    }

    @Test
    void killedAtAnyMomentItHasTheKeyOrNoKeyButNeverHalfOfOne() throws Exception {
        for (int round = 0; round < 4; round++) {
            Path element = directory.resolve("killed" + round);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KeyMaker.class.getName(),
                            element.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(process.getInputStream().read()).as("it makes keys").isEqualTo('.');
            Thread.sleep(7L * round);
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            SoftwareSecureElement reopened = SoftwareSecureElement.open(element, new SecureRandom());
            if (reopened.key(Slot.TLS).isEmpty()) {
                reopened.generate(Slot.TLS, KeySpec.P256);
            }
            KeyHandle key = reopened.key(Slot.TLS).orElseThrow();
            assertThat(verifies(key, MESSAGE, key.sign(MESSAGE))).isTrue();
        }
    }

    /** Makes and destroys keys until killed. */
    static final class KeyMaker {
        private KeyMaker() {}

        public static void main(String[] arguments) throws Exception {
            SoftwareSecureElement element = SoftwareSecureElement.open(Path.of(arguments[0]), new SecureRandom());
            for (int i = 0; i < 100_000; i++) {
                element.generate(Slot.TLS, KeySpec.P256);
                System.out.print('.');
                System.out.flush();
                element.destroy(Slot.TLS);
            }
        }
    }
}
