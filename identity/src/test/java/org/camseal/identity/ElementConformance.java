package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every secure element must do, whatever is behind it. One subclass for each kind. */
public abstract class ElementConformance {
    protected static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    @TempDir
    protected Path directory;

    private SecureElement element;

    /** Opens the element; the first time it is empty. */
    protected abstract SecureElement open() throws Exception;

    /** Takes its power away without a warning, and gives it back. */
    protected abstract void cutPower() throws Exception;

    /** The kinds of keys to test; the first for what needs only one. */
    protected List<KeySpec> specs() {
        return List.of(KeySpec.P256, KeySpec.P384, KeySpec.RSA2048, KeySpec.RSA3072);
    }

    /** How many power cuts in a row must not lock a key. */
    protected int powerCuts() {
        return 6;
    }

    @BeforeEach
    final void openFirst() throws Exception {
        element = open();
    }

    @AfterEach
    final void closeLast() {
        if (element != null) {
            element.close();
        }
    }

    protected final SecureElement element() {
        return element;
    }

    /** Closes, cuts the power, opens again. */
    protected final SecureElement restart() throws Exception {
        element.close();
        cutPower();
        element = open();
        return element;
    }

    protected static void assertSigns(KeyHandle key) throws IdentityException {
        byte[] signature = key.sign(MESSAGE);
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, signature))
                .isTrue();
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), new byte[9], signature))
                .as("positive control: the verifier sees another message")
                .isFalse();
    }

    protected static void assertRefused(
            ElementFault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    private static PublicKey found(SecureElement element, Slot slot) throws IdentityException {
        return element.key(slot).orElseThrow().publicKey();
    }

    @Test
    void signsWithEveryKindOfKeyAndAgainAfterAPowerCut() throws Exception {
        assertThat(element.info().keySpecs()).containsAll(specs());
        List<Slot> slots = List.of(Slot.MEDIA, Slot.TLS, Slot.ISSUING, Slot.ROOT);
        List<PublicKey> made = new ArrayList<>();
        for (int i = 0; i < specs().size(); i++) {
            KeyHandle key = element.generate(slots.get(i), specs().get(i));
            assertThat(key.algorithm()).isEqualTo(specs().get(i).signature());
            assertSigns(key);
            made.add(key.publicKey());
        }
        restart();
        for (int i = 0; i < specs().size(); i++) {
            KeyHandle found = element.key(slots.get(i)).orElseThrow();
            assertThat(found.publicKey()).isEqualTo(made.get(i));
            assertThat(found.algorithm()).isEqualTo(specs().get(i).signature());
            assertSigns(found);
        }
    }

    @Test
    void noTwoKeysAreTheSameOverSlotsAndRestarts() throws Exception {
        Set<PublicKey> keys = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            keys.add(element.generate(Slot.TLS, KeySpec.P256).publicKey());
            keys.add(element.generate(Slot.MEDIA, KeySpec.P256).publicKey());
            element.destroy(Slot.TLS);
            element.destroy(Slot.MEDIA);
            if (round == 0) {
                restart();
            }
        }
        assertThat(keys).hasSize(4);
    }

    @Test
    void noTwoNoncesAreTheSameOverRestarts() throws Exception {
        element.generate(Slot.TLS, KeySpec.P256);
        Set<BigInteger> seen = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            KeyHandle key = element.key(Slot.TLS).orElseThrow();
            for (int i = 0; i < 10; i++) {
                seen.add(new BigInteger(1, Arrays.copyOf(key.signFixed(MESSAGE), 32)));
            }
            if (round == 0) {
                restart();
            }
        }
        assertThat(seen).as("r of ECDSA, over the same message").hasSize(20);
    }

    @Test
    void aSlotIsNotOverwritten() throws Exception {
        PublicKey first = element.generate(Slot.TLS, KeySpec.P256).publicKey();
        assertRefused(ElementFault.SLOT_TAKEN, () -> element.generate(Slot.TLS, KeySpec.P256));
        assertThat(found(element, Slot.TLS)).isEqualTo(first);
    }

    @Test
    void destroyedIsGoneAlsoForHandles() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        KeyHandle other = element.generate(Slot.MEDIA, KeySpec.P256);
        assertSigns(key);
        element.destroy(Slot.TLS);
        assertRefused(ElementFault.NO_KEY, () -> key.sign(MESSAGE));
        assertThat(element.key(Slot.TLS)).isEmpty();
        assertSigns(other);
        element.destroy(Slot.TLS); // nothing to do
        KeyHandle next = element.generate(Slot.TLS, KeySpec.P256);
        assertThat(next.publicKey()).isNotEqualTo(key.publicKey());
        assertSigns(next);
    }

    @Test
    void slotsAreBoundToTheirPurpose() throws Exception {
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = element.generate(Slot.MEDIA, KeySpec.P256);
        byte[] handshake = (" ".repeat(64) + "TLS 1.3, server CertificateVerify\0").getBytes(StandardCharsets.US_ASCII);
        byte[] statement = "\u0084jSignature1 and so on".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(tls.sign(handshake)).as("positive control").isNotEmpty();
        assertThat(media.sign(statement)).as("positive control").isNotEmpty();
        assertRefused(ElementFault.REFUSED, () -> media.sign(handshake));
        assertRefused(ElementFault.REFUSED, () -> tls.sign(statement));
        KeyHandle custom = element.generate(Slot.TLS_CUSTOM, KeySpec.P256);
        assertThat(custom.sign(handshake)).as("the owner's TLS key too").isNotEmpty();
        assertRefused(ElementFault.REFUSED, () -> custom.sign(statement));
        assertThat(List.of(tls.publicKey(), media.publicKey())).doesNotContain(custom.publicKey());
        KeyHandle signing = element.generate(Slot.MEDIA_CUSTOM, KeySpec.P256);
        assertThat(signing.sign(MESSAGE)).as("the owner's media key signs").isNotEmpty();
        assertRefused(ElementFault.REFUSED, () -> signing.sign(handshake));
        assertRefused(ElementFault.REFUSED, () -> signing.sign(statement));
        assertRefused(ElementFault.REFUSED, () -> tls.sign(new byte[KeyHandle.MAX_MESSAGE + 1]));
        assertThat(tls.sign(new byte[KeyHandle.MAX_MESSAGE]))
                .as("positive control")
                .isNotEmpty();
        assertThatThrownBy(() -> element.generate(Slot.RECIPIENT, KeySpec.P256))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void authoritiesKeysSignDigestsOfTheirOwnHashAndNoOthersDo() throws Exception {
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        byte[] sha384 = MessageDigest.getInstance("SHA-384").digest(MESSAGE);
        KeyHandle issuing = element.generate(Slot.ISSUING, KeySpec.P256);
        KeyHandle root = element.generate(Slot.ROOT, KeySpec.P384);
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        assertThat(SlotHandle.verifies(issuing.publicKey(), issuing.algorithm(), MESSAGE, issuing.signDigest(sha256)))
                .isTrue();
        assertThat(SlotHandle.verifies(root.publicKey(), root.algorithm(), MESSAGE, root.signDigest(sha384)))
                .isTrue();
        assertRefused(ElementFault.REFUSED, () -> issuing.signDigest(sha384));
        assertRefused(ElementFault.REFUSED, () -> root.signDigest(sha256));
        assertRefused(ElementFault.REFUSED, () -> tls.signDigest(sha256));
        element.destroy(Slot.ISSUING);
        assertRefused(ElementFault.NO_KEY, () -> issuing.signDigest(sha256));
    }

    @Test
    void noInterfaceLeadsToThePrivateBytes() throws Exception {
        KeyHandle handle = element.generate(Slot.TLS, KeySpec.P256);
        KeyPair control = TestCertificates.ecKeys("secp256r1");
        PrivateKey key = handle.opaqueKey();
        KeyFactory factory = KeyFactory.getInstance("EC");
        Cipher wrap = Cipher.getInstance("AESWrap");
        wrap.init(Cipher.WRAP_MODE, new SecretKeySpec(new byte[16], "AES"));
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());

        // positive control: all of these do give out a key that is not in an element
        assertThat(control.getPrivate().getEncoded()).isNotEmpty();
        assertThat(factory.getKeySpec(control.getPrivate(), PKCS8EncodedKeySpec.class))
                .isNotNull();
        assertThat(factory.translateKey(control.getPrivate())).isNotNull();
        out.writeObject(control.getPrivate());

        assertThat(key.getEncoded()).isNull();
        assertThat(key.getFormat()).isNull();
        assertThatThrownBy(() -> factory.getKeySpec(key, PKCS8EncodedKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class);
        assertThatThrownBy(() -> factory.translateKey(key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> wrap.wrap(key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(
                        () -> Signature.getInstance("SHA256withECDSA", "SunEC").initSign(key))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> out.writeObject(key)).isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> out.writeObject(handle)).isInstanceOf(NotSerializableException.class);
    }

    @Test
    void signsItsCertificateRequests() throws Exception {
        CertificateSubject subject = new CertificateSubject("Maker", "camera", "CS-1");
        for (KeySpec spec : List.of(KeySpec.P256, KeySpec.RSA2048)) {
            KeyHandle key = element.generate(Slot.TLS, spec);
            String pem = CertificateRequest.sign(key, subject).toPem();
            assertThat(CertificateRequest.parse(pem, "test").publicKey()).isEqualTo(key.publicKey());
            element.destroy(Slot.TLS);
        }
    }

    @Test
    void shakesHandsWithOpensslAndCurl() throws Exception {
        Peer.OPENSSL.require();
        Peer.CURL.require();
        for (KeySpec spec : List.of(KeySpec.P256, KeySpec.RSA2048)) {
            KeyHandle key = element.generate(Slot.TLS, spec);
            try (TlsGreeter server = new TlsGreeter(key, directory)) {
                for (String version : List.of("1.2", "1.3")) {
                    assertThat(server.openssl(version))
                            .as(spec + " TLS " + version)
                            .contains("Verify return code: 0 (ok)")
                            .contains(spec.agrees() ? "Peer signature type: ECDSA" : "Peer signature type: RSA-PSS")
                            .contains("TLSv" + version);
                    assertThat(server.curl(version)).isEqualTo("hello");
                }
                assertThat(server.opensslWithoutTrust())
                        .as("positive control: openssl does look")
                        .doesNotContain("Verify return code: 0 (ok)");
            }
            element.destroy(Slot.TLS);
        }
    }

    @Test
    void severalThreadsAtOnceEachGetTheirSignature() throws Exception {
        KeyHandle tls = element.generate(Slot.TLS, KeySpec.P256);
        KeyHandle media = element.generate(Slot.MEDIA, KeySpec.RSA2048);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> all = threads.invokeAll(Collections.nCopies(4, (Callable<Void>) () -> {
                for (int i = 0; i < 5; i++) {
                    assertSigns(tls);
                    assertSigns(media);
                }
                return null;
            }));
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    @Test
    void powerCutsWhileKeysAreInUseLockNothing() throws Exception {
        element.generate(Slot.MEDIA, KeySpec.P256);
        for (int i = 0; i < powerCuts(); i++) {
            assertSigns(element.key(Slot.MEDIA).orElseThrow());
            cutPower(); // without closing: the next use finds out
            element.close();
            element = open();
        }
        assertSigns(element.key(Slot.MEDIA).orElseThrow());
    }

    @Test
    void statesWhereItsKeysWereMadeOrSaysThatItCannot() throws Exception {
        element.generate(Slot.MEDIA, KeySpec.P256);
        if (element.info().abilities().contains(ElementInfo.Ability.ATTEST)) {
            assertThat(element.attest(Slot.MEDIA, new byte[32]).statement()).isNotEmpty();
            assertRefused(ElementFault.NO_KEY, () -> element.attest(Slot.TLS, new byte[32]));
        } else {
            assertRefused(ElementFault.UNSUPPORTED, () -> element.attest(Slot.MEDIA, new byte[32]));
        }
    }

    @Test
    void agreesAsEverybodyDoesOrSaysThatItCannot() throws Exception {
        assertRefused(ElementFault.UNSUPPORTED, () -> element.generateAgreement(KeySpec.RSA2048));
        if (!element.info().abilities().contains(ElementInfo.Ability.AGREE)) {
            assertRefused(ElementFault.UNSUPPORTED, () -> element.generateAgreement(KeySpec.P256));
            assertThat(element.agreementKey()).isEmpty();
            return;
        }
        for (KeySpec spec : List.of(KeySpec.P256, KeySpec.P384)) {
            String curve = spec == KeySpec.P256 ? "secp256r1" : "secp384r1";
            KeyPair peer = TestCertificates.ecKeys(curve);
            ECPublicKey point = (ECPublicKey) peer.getPublic();
            AgreementHandle own = element.generateAgreement(spec);
            KeyAgreement control = KeyAgreement.getInstance("ECDH", "SunEC");
            control.init(peer.getPrivate());
            control.doPhase(own.publicKey(), true);
            byte[] expected = control.generateSecret();
            assertThat(own.agree(point)).isEqualTo(expected);
            assertRefused(ElementFault.SLOT_TAKEN, () -> element.generateAgreement(spec));
            restart();
            AgreementHandle found = element.agreementKey().orElseThrow();
            assertThat(found.publicKey()).isEqualTo(own.publicKey());
            assertThat(found.agree(point)).isEqualTo(expected);
            assertRefused(
                    ElementFault.REFUSED,
                    () -> found.agree(
                            (ECPublicKey) TestCertificates.ecKeys("secp521r1").getPublic()));
            element.destroy(Slot.RECIPIENT);
            assertRefused(ElementFault.NO_KEY, () -> found.agree(point));
            assertThat(element.agreementKey()).isEmpty();
        }
    }

    /** Whether keys lie in the memory of the program that uses them, as those in files do. */
    protected boolean keysAreInThisProgram() {
        return false;
    }

    @Test
    void theProgramsMemoryHoldsNoPrivateNumber() throws Exception {
        KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
        KeyPair control = TestCertificates.ecKeys("secp256r1");
        assertSigns(key);
        HeapDump dump = HeapDump.take(directory.resolve("heap.hprof"));
        assertThat(dump.holdsPrivateNumberOf((ECPublicKey) control.getPublic()))
                .as("positive control: a key of this program is found")
                .isTrue();
        assertThat(dump.holdsPrivateNumberOf((ECPublicKey) key.publicKey())).isEqualTo(keysAreInThisProgram());
        assertThat(control.getPrivate().getAlgorithm()).isEqualTo("EC"); // it lives until here
    }

    @Test
    void goesOnSigning() throws Exception {
        SustainedSigning.with(element);
    }
}
