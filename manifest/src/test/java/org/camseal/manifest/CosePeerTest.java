package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.camseal.manifest.TestKeys.EcKey;
import org.camseal.manifest.cbor.CborDecoder;
import org.camseal.manifest.cbor.CborValue;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures of manifests and session certificates, verified by OpenSSL over a Sig_structure put together here by hand. */
class CosePeerTest {
    @TempDir
    Path directory;

    @Test
    void manifest() throws Exception {
        EcKey key = EcKey.named("peer");
        SignedManifest signed = Samples.manifest(key.toSessionKey());
        assertThat(opensslAccepts("camseal 1 manifest", signed.encoded(), key.publicKey(), "-sha256"))
                .isTrue();
        assertThat(opensslAccepts("camseal 1 session certificate", signed.encoded(), key.publicKey(), "-sha256"))
                .as("for another use")
                .isFalse();
    }

    @Test
    void sessionCertificates() throws Exception {
        for (MediaKey mediaKey : List.of(
                TestKeys.mediaKey("CS-0001"), TestKeys.mediaKeyP384("CS-0001"), TestKeys.mediaKeyRsa("CS-0001"))) {
            SessionCertificate certificate = Samples.certificate(mediaKey);
            PublicKey leaf = mediaKey.chain().getFirst().getPublicKey();
            String[] options = mediaKey.algorithm() == CoseAlgorithm.PS256
                    ? new String[] {"-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"}
                    : new String[] {mediaKey.algorithm() == CoseAlgorithm.ES384 ? "-sha384" : "-sha256"};
            assertThat(opensslAccepts("camseal 1 session certificate", certificate.encoded(), leaf, options))
                    .as(mediaKey.algorithm().name())
                    .isTrue();
            assertThat(SessionCertificate.verify(certificate.encoded()).camera())
                    .isEqualTo("CS-0001");
        }
    }

    @Test
    void keyThatDoesNotFitItsChainIsFoundWhenIssuing() {
        MediaKey own = TestKeys.mediaKey("CS-0001");
        MediaKey mixed = new TestKeys.TestMediaKey(
                TestKeys.mediaKey("CS-0002").chain(), own.algorithm(), EcKey.named("leaf of CS-0001")::der);
        assertThatThrownBy(() -> Samples.certificate(mixed)).isInstanceOf(ManifestException.KeyFailed.class);
        MediaKey wrongAlgorithm =
                new TestKeys.TestMediaKey(own.chain(), CoseAlgorithm.ES384, EcKey.onP384("leaf of CS-0001")::der);
        assertThatThrownBy(() -> Samples.certificate(wrongAlgorithm)).isInstanceOf(ManifestException.KeyFailed.class);
        MediaKey raw = new TestKeys.TestMediaKey(own.chain(), own.algorithm(), message -> new byte[64]);
        assertThatThrownBy(() -> Samples.certificate(raw)).isInstanceOf(ManifestException.KeyFailed.class);
    }

    @Test
    void generatedSessionKeySignsToo() throws Exception {
        SessionKey key = SessionKey.generate(new java.security.SecureRandom());
        SignedManifest signed = Samples.manifest(key);
        assertThat(SignedManifest.parse(signed.encoded()).session()).isEqualTo(key.id());
        assertThat(opensslAccepts("camseal 1 manifest", signed.encoded(), P256.decode(key.publicPoint()), "-sha256"))
                .isTrue();
    }

    /** Takes COSE_Sign1 apart, writes Sig_structure byte by byte (RFC 9052 section 4.4), and asks OpenSSL. */
    private boolean opensslAccepts(String externalAad, byte[] cose, PublicKey key, String... options) throws Exception {
        if (!(CborDecoder.decode(cose) instanceof CborValue.Tagged tagged)
                || !(tagged.content() instanceof CborValue.Array body)) {
            throw new AssertionError("not COSE_Sign1");
        }
        ByteArrayOutputStream toBeSigned = new ByteArrayOutputStream();
        toBeSigned.write(0x84);
        toBeSigned.write(0x6a);
        toBeSigned.writeBytes("Signature1".getBytes(StandardCharsets.US_ASCII));
        byteString(toBeSigned, bytes(body, 0));
        byteString(toBeSigned, externalAad.getBytes(StandardCharsets.US_ASCII));
        byteString(toBeSigned, bytes(body, 2));
        byte[] signature = bytes(body, 3);
        Path message = Files.write(directory.resolve("message"), toBeSigned.toByteArray());
        Path signatureFile = Files.write(
                directory.resolve("signature"), key.getAlgorithm().equals("EC") ? der(signature) : signature);
        Path keyFile = Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        List<String> arguments = new java.util.ArrayList<>(List.of("dgst"));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(
                List.of("-verify", keyFile.toString(), "-signature", signatureFile.toString(), message.toString()));
        return Peer.OPENSSL.run(arguments).exitCode() == 0;
    }

    private static byte[] bytes(CborValue.Array body, int index) {
        return ((CborValue.Bytes) body.items().get(index)).value();
    }

    private static void byteString(ByteArrayOutputStream out, byte[] value) {
        if (value.length < 24) {
            out.write(0x40 | value.length);
        } else if (value.length < 256) {
            out.write(0x58);
            out.write(value.length);
        } else {
            out.write(0x59);
            out.write(value.length >> 8);
            out.write(value.length);
        }
        out.writeBytes(value);
    }

    private static byte[] der(byte[] signature) throws IOException {
        int half = signature.length / 2;
        return new DERSequence(new ASN1Integer[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, half))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length)))
                })
                .getEncoded();
    }
}
