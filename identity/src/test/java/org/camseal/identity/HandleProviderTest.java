package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.camseal.peers.OpensslKey;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandleProviderTest {
    @TempDir
    private Path directory;

    private KeyHandle key(KeySpec spec) throws IdentityException {
        return SoftwareSecureElement.open(directory.resolve(spec.name()), new SecureRandom())
                .generate(Slot.TLS, spec);
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void bouncyCastleSignsRequestsThroughAHandle(KeySpec spec) throws Exception {
        KeyHandle key = key(spec);
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=Model X"), key.publicKey())
                .build(new HandleContentSigner(key));
        String pem = Pem.block(Pem.CERTIFICATE_REQUEST, request.getEncoded());
        assertThat(CertificateRequest.parse(pem, "test").publicKey()).isEqualTo(key.publicKey());
    }

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, names = "P.*", mode = EnumSource.Mode.MATCH_ALL)
    void bouncyCastlesOwnSignerFindsTheProvider(KeySpec spec) throws Exception {
        HandleProvider.install();
        KeyHandle key = key(spec);
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=Model X"), key.publicKey())
                .build(new JcaContentSignerBuilder(key.algorithm().jcaName()).build(key.opaqueKey()));
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key.publicKey())))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void opensslAcceptsOurRequests(KeySpec spec) throws Exception {
        Peer.OPENSSL.require();
        CertificateRequest request = CertificateRequest.sign(key(spec), House.CAMERA);
        PeerOutcome result = Peer.OPENSSL.feed(request.toPem(), "req", "-verify", "-noout", "-subject");
        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.all()).contains("verify OK").contains("serialNumber = CS-0001");
        assertThat(CertificateRequest.parse(request.toPem(), "test").publicKey())
                .isEqualTo(request.publicKey());
    }

    @Test
    void weAcceptOpensslsRequestsButNotAForgedOne() throws Exception {
        Peer.OPENSSL.require();
        Path request = directory.resolve("request.pem");
        new OpensslKey(directory.resolve("key.pem")).request(request, "/O=Site/CN=Ann/serialNumber=ann");
        String pem = Files.readString(request);
        assertThat(CertificateRequest.parse(pem, "openssl").publicKey().getAlgorithm())
                .isEqualTo("EC");
        byte[] der = Pem.blocks(pem, "openssl").getFirst().der();
        int refused = 0;
        for (int bit = 0; bit < der.length * 8; bit += 5) {
            byte[] changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Pem.block(Pem.CERTIFICATE_REQUEST, changed);
            assertThatThrownBy(() -> CertificateRequest.parse(text, "forged"))
                    .isInstanceOf(IdentityException.Malformed.class);
            refused++;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void refusesWeakRequests() throws Exception {
        Peer.OPENSSL.require();
        PeerOutcome made = Peer.OPENSSL.run(
                "req",
                "-new",
                "-newkey",
                "rsa:1024",
                "-nodes",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-subj",
                "/CN=weak");
        String pem = made.out().substring(made.out().indexOf("-----BEGIN CERTIFICATE REQUEST"));
        assertThatThrownBy(() -> CertificateRequest.parse(pem, "weak"))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasMessageContaining("1024");
    }

    @Test
    void signsOnlyWithHandlesAndTheirOwnAlgorithm() throws Exception {
        HandleProvider provider = HandleProvider.install();
        Signature es256 = Signature.getInstance("SHA256withECDSA", provider);
        assertThatThrownBy(() ->
                        es256.initSign(TestCertificates.ecKeys("secp256r1").getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
        KeyHandle p384 = key(KeySpec.P384);
        assertThatThrownBy(() -> es256.initSign(p384.opaqueKey())).isInstanceOf(InvalidKeyException.class);
        KeyHandle p256 = key(KeySpec.P256);
        es256.initSign(p256.opaqueKey());
        es256.update(new byte[HandleSignature.MAX_MESSAGE]);
        assertThatThrownBy(() -> es256.update((byte) 1)).isInstanceOf(SignatureException.class);
        assertThatThrownBy(() -> es256.initVerify(p256.publicKey())).isInstanceOf(InvalidKeyException.class);
        Signature ps256 = Signature.getInstance("RSASSA-PSS", provider);
        assertThatThrownBy(() ->
                        ps256.setParameter(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1)))
                .isInstanceOf(java.security.InvalidAlgorithmParameterException.class);
    }
}
