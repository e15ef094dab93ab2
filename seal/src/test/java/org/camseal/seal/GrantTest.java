package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.StreamId;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantTest {
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");
    private static final EpochId EPOCH = new EpochId(RunId.of(Hex.bytes("0102030405060708")), 7);
    private static final KeyPair EC = TestCamera.ecPair("secp256r1");
    private static final KeyPair RSA = TestCamera.rsaPair(2048);

    private final SecureRandom random = new SecureRandom();
    private final EpochKey key = EpochKey.generate(STREAM, EPOCH, random);

    @TempDir
    Path directory;

    @Test
    void opensForItsRecipientAlone() throws Exception {
        Grants grants = grants(EC, RSA);
        Grants parsed = Grants.parse(grants.encode());
        assertThat(parsed.encode()).isEqualTo(grants.encode());
        for (KeyPair pair : List.of(EC, RSA)) {
            assertThat(parsed.open(STREAM, List.of(own(pair))).orElseThrow().secret())
                    .isEqualTo(key.secret());
        }
        assertThat(parsed.open(STREAM, List.of(own(TestCamera.ecPair("secp256r1")), own(TestCamera.rsaPair(2048)))))
                .isEmpty();
    }

    @Test
    void isOfNoUseForAnotherCameraStreamRunEpochOrRecipient() throws Exception {
        for (KeyPair pair : List.of(EC, RSA)) {
            Grant grant = Grant.make(key, Recipient.of(pair.getPublic()), random);
            RecipientKey own = own(pair);
            assertThat(grant.open(own, STREAM, EPOCH)).isPresent();
            assertThat(grant.open(own, new StreamId("CAM-0002", "main"), EPOCH)).isEmpty();
            assertThat(grant.open(own, new StreamId("CAM-0001", "sub"), EPOCH)).isEmpty();
            assertThat(grant.open(own, STREAM, new EpochId(EPOCH.run(), 8))).isEmpty();
            assertThat(grant.open(own, STREAM, new EpochId(RunId.of(new byte[8]), 7)))
                    .isEmpty();
        }
    }

    /** Anybody can write grants into a stream: a senseless one in front must not stop the genuine one. */
    @Test
    void aGrantOfTheWrongKindDoesNotHideTheGenuineOne() throws Exception {
        KeyPair longer = TestCamera.rsaPair(3072);
        for (KeyPair pair : List.of(EC, RSA)) {
            Grant genuine = grants(pair).grants().getFirst();
            for (KeyPair other : List.of(EC, RSA, longer)) {
                Grant senseless = readdressed(grants(other), other, pair);
                Grants both = new Grants(EPOCH, List.of(senseless, genuine));
                assertThat(both.open(STREAM, List.of(own(pair))).orElseThrow().secret())
                        .isEqualTo(key.secret());
            }
        }
    }

    /** The grant with another recipient's id on it. */
    private static Grant readdressed(Grants grants, KeyPair from, KeyPair to) throws Exception {
        byte[] old = RecipientId.of(from.getPublic()).bytes();
        byte[] id = RecipientId.of(to.getPublic()).bytes();
        String hex = Hex.text(grants.encode()).replace(Hex.text(old), Hex.text(id));
        return Grants.parse(Hex.bytes(hex)).grants().getFirst();
    }

    @Test
    void everyFlippedBitAndEveryLengthIsRefused() throws Exception {
        List<RecipientKey> keys = List.of(own(EC));
        byte[] good = grants(EC).encode();
        assertThat(Grants.parse(good).open(STREAM, keys)).isPresent();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opens(bad, keys)).as("bit %d", bit).isFalse();
        }
        for (int length = 0; length < good.length; length++) {
            assertThat(opens(Arrays.copyOf(good, length), keys)).isFalse();
        }
        assertThat(opens(Arrays.copyOf(good, good.length + 1), keys)).isFalse();
    }

    @Test
    void everyFlippedByteOfAnRsaGrantIsRefused() throws Exception {
        List<RecipientKey> keys = List.of(own(RSA));
        byte[] good = grants(RSA).encode();
        assertThat(opens(good, keys)).isTrue();
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            assertThat(opens(bad, keys)).as("byte %d", i).isFalse();
        }
    }

    /** Lengths that promise gigabytes, and random bytes: refused, with nothing allocated for them. */
    @Test
    void refusesMalformedGrantsBeforeItAllocates() {
        for (String hex : List.of(
                "",
                "80",
                "84",
                "9b7fffffffffffffff",
                "8401480102030405060708079b7fffffffffffffff",
                "84015b7fffffffffffffff",
                "8401480102030405060708078198ff",
                "840148010203040506070807 80",
                "840148010203040506070800 80",
                "840248010203040506070807 80",
                "840148010203040506070807 81840350000102030405060708090a0b0c0d0e0f4040")) {
            assertThatThrownBy(() -> Grants.parse(Hex.bytes(hex)))
                    .as(hex)
                    .isInstanceOf(SealException.MalformedGrants.class);
        }
        Random dice = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[dice.nextInt(40)];
            dice.nextBytes(noise);
            assertThatThrownBy(() -> Grants.parse(noise)).isInstanceOf(SealException.MalformedGrants.class);
        }
    }

    @Test
    void takesKeysThatGrantsCanBeMadeForAndNoOthers() throws Exception {
        assertThat(Recipient.of(EC.getPublic()).id()).isEqualTo(RecipientId.of(EC.getPublic()));
        for (KeyPair unfit : List.of(TestCamera.ecPair("secp384r1"), TestCamera.rsaPair(1024))) {
            assertThatThrownBy(() -> Recipient.of(unfit.getPublic())).isInstanceOf(SealException.UnfitRecipient.class);
            assertThatThrownBy(() -> own(unfit)).isInstanceOf(SealException.UnfitRecipient.class);
        }
        assertThatThrownBy(() -> RecipientKey.of(RSA.getPrivate(), EC.getPublic()))
                .isInstanceOf(SealException.UnfitRecipient.class);
    }

    @Test
    void mindsTheKeyUsageOfCertificates() throws Exception {
        Recipient agrees = Recipient.of(TestCamera.certificate("Guard", EC, KeyUsage.keyAgreement));
        assertThat(agrees).isEqualTo(Recipient.of(EC.getPublic()));
        assertThat(Recipient.of(TestCamera.certificate("Card", RSA, KeyUsage.keyEncipherment))
                        .id())
                .isEqualTo(RecipientId.of(RSA.getPublic()));
        assertThatThrownBy(() -> Recipient.of(TestCamera.certificate("Guard", EC, KeyUsage.digitalSignature)))
                .isInstanceOf(SealException.UnfitRecipient.class)
                .hasMessageContaining("key agreement");
    }

    @Test
    void aClosedEpochKeyIsGone() {
        EpochKey other = EpochKey.generate(STREAM, EPOCH, random);
        byte[] secret = other.secret();
        other.close();
        assertThat(secret).containsOnly(0);
        assertThatThrownBy(other::commitment).isInstanceOf(IllegalStateException.class);
        assertThat(other.toString()).doesNotContain(Hex.text(secret)).contains("CAM-0001");
    }

    /** Both directions of RSA-OAEP with SHA-256, MGF1-SHA-256 and a label. */
    @Test
    void opensslOpensAndMakesRsaOaep() throws Exception {
        Peer.OPENSSL.require();
        byte[] label = Hex.bytes("63616d7365616c");
        byte[] message = key.secret();
        Files.write(directory.resolve("key.der"), RSA.getPrivate().getEncoded());
        Files.write(
                directory.resolve("ours.bin"), RsaOaep.wrap((RSAPublicKey) RSA.getPublic(), label, message, random));
        Files.write(directory.resolve("message.bin"), message);

        pkeyutl("-decrypt", label, "ours.bin", "opened.bin");
        assertThat(Files.readAllBytes(directory.resolve("opened.bin"))).isEqualTo(message);

        pkeyutl("-encrypt", label, "message.bin", "theirs.bin");
        byte[] theirs = Files.readAllBytes(directory.resolve("theirs.bin"));
        assertThat(own(RSA).unwrapRsa(theirs, label)).hasValue(message);
        assertThat(own(RSA).unwrapRsa(theirs, new byte[0])).as("other label").isEmpty();
    }

    private void pkeyutl(String operation, byte[] label, String in, String out) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "pkeyutl", operation, "-inkey", "key.der"));
        command.addAll(List.of("-keyform", "DER", "-in", in, "-out", out, "-pkeyopt", "rsa_padding_mode:oaep"));
        command.addAll(List.of("-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", "rsa_mgf1_md:sha256"));
        command.addAll(List.of("-pkeyopt", "rsa_oaep_label:" + Hex.text(label)));
        Peer.runIn(directory, command);
    }

    private boolean opens(byte[] encoded, List<RecipientKey> keys) throws Exception {
        try {
            Grants parsed = Grants.parse(encoded);
            return parsed.epoch().equals(EPOCH) && parsed.open(STREAM, keys).isPresent();
        } catch (SealException.MalformedGrants e) {
            return false;
        }
    }

    private Grants grants(KeyPair... pairs) throws Exception {
        List<Grant> grants = new ArrayList<>();
        for (KeyPair pair : pairs) {
            grants.add(Grant.make(key, Recipient.of(pair.getPublic()), random));
        }
        return new Grants(EPOCH, grants);
    }

    private static RecipientKey own(KeyPair pair) throws SealException {
        return RecipientKey.of(pair.getPrivate(), pair.getPublic());
    }
}
