package org.camseal.identity.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.ElementFault;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.voucher.OpensslAuthority;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** openssl is the authority that takes the request. */
class CustomerTlsTest {
    private static final RequestedNames NAMES =
            new RequestedNames("CN=cam.example.com,O=Shop", List.of("cam.example.com"), List.of("127.0.0.1"));

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    private static OpensslAuthority authority;

    private Identity identity;
    private CustomerTls custom;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new OpensslAuthority(shared.resolve("authority"));
    }

    @BeforeEach
    void makeCamera() throws Exception {
        Path home = directory.resolve("camera");
        identity = Identity.openOrCreate(home, Role.CAMERA, new SecureRandom());
        custom = CustomerTls.of(home, identity);
    }

    private X509Certificate signed(String name, int days) throws Exception {
        Path request = Files.writeString(directory.resolve(name + ".csr"), custom.requestPem(NAMES));
        return authority.sign(name, "issuing", request, OpensslAuthority.SERVER + OpensslAuthority.NAMES, days);
    }

    @Test
    void anAuthorityElsewhereTakesTheRequestAndItsChainIsInstalled() throws Exception {
        for (KeySpec spec : List.of(KeySpec.P256, KeySpec.RSA2048)) {
            custom.keyOrNew(spec);
            Path request = Files.writeString(directory.resolve("cam.csr"), custom.requestPem(NAMES));
            String text = Peer.OPENSSL
                    .run("req", "-in", request.toString(), "-noout", "-verify", "-text")
                    .good()
                    .all();
            assertThat(text)
                    .contains(
                            "verify OK",
                            "DNS:cam.example.com",
                            "IP Address:127.0.0.1",
                            "TLS Web Server Authentication");
            assertThat(CertificateRequest.parse(Files.readString(request), "it").publicKey())
                    .isEqualTo(custom.keyOrNew(KeySpec.P256).publicKey());

            X509Certificate leaf = signed("cam", 90);
            List<X509Certificate> chain =
                    List.of(leaf, authority.certificate("issuing"), authority.certificate("root"));
            assertThat(custom.install(chain, Instant.now()))
                    .as("without the root")
                    .isEqualTo(chain.subList(0, 2));
            assertThat(custom.certified().orElseThrow().chain()).isEqualTo(chain.subList(0, 2));
            custom.remove();
            assertThat(custom.certified()).isEmpty();
        }
    }

    @Test
    void theMakersCertificateStaysBesideIt() throws Exception {
        DeviceAuthority maker = DeviceAuthority.openOrCreate(
                directory.resolve("maker"), "Maker", InstantSource.system(), new SecureRandom());
        maker.enrol(identity, new CertificateSubject("Maker", "Model X", "CS-1"));
        List<X509Certificate> before = identity.tls().chain();
        custom.keyOrNew(KeySpec.P256);
        custom.selfSigned(NAMES, 30, Instant.now());
        custom.remove();
        assertThat(identity.tls().chain()).isEqualTo(before);
        assertThat(identity.isEnrolled()).isTrue();
    }

    @Test
    void refusesWhatIsNotWholeAndForThisKey() throws Exception {
        custom.keyOrNew(KeySpec.P256);
        X509Certificate leaf = signed("mine", 90);
        X509Certificate issuing = authority.certificate("issuing");
        X509Certificate root = authority.certificate("root");
        X509Certificate foreign = authority.issue("foreign", "/CN=x", OpensslAuthority.SERVER);
        refused(List.of(foreign, issuing), "not for the tls-custom key");
        refused(List.of(issuing, leaf), "number 2 in the chain; it must be the first");
        refused(List.of(leaf, root, issuing), "each certificate is followed by its issuer's");
        OpensslAuthority other = new OpensslAuthority(directory.resolve("other"));
        refused(List.of(leaf, other.certificate("issuing")), "its signature does not match the key");
        Instant late = leaf.getNotAfter().toInstant().plusSeconds(1);
        assertThatThrownBy(() -> custom.install(List.of(leaf, issuing), late))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("see that the clock is right");
        Path request = Path.of(directory.resolve("mine.csr").toString());
        refused(
                List.of(authority.sign("client", "issuing", request, "extendedKeyUsage=clientAuth\n", 90), issuing),
                "ask for one with serverAuth");
        refused(
                List.of(authority.sign("ca", "issuing", request, "basicConstraints=CA:TRUE\n", 90), issuing),
                "an authority's certificate");
        assertThat(custom.certified()).as("nothing was installed").isEmpty();
        custom.install(List.of(leaf, issuing), Instant.now());
        assertThat(custom.certified()).as("positive control").isPresent();
    }

    private void refused(List<X509Certificate> chain, String why) {
        assertThatThrownBy(() -> custom.install(chain, Instant.now()))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void aSelfSignedCertificateIsOneThatOpensslReads() throws Exception {
        custom.keyOrNew(KeySpec.P256);
        X509Certificate own = custom.selfSigned(NAMES, 30, Instant.now());
        assertThat(Duration.between(
                        own.getNotBefore().toInstant(), own.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(30));
        Path file = directory.resolve("own.pem");
        Pem.writeCertificates(file, List.of(own));
        assertThat(Peer.OPENSSL
                        .run(
                                "verify",
                                "-CAfile",
                                file.toString(),
                                "-verify_hostname",
                                "cam.example.com",
                                "-purpose",
                                "sslserver",
                                file.toString())
                        .good()
                        .out())
                .contains("OK");
        assertThat(Peer.OPENSSL
                        .run(
                                "verify",
                                "-CAfile",
                                file.toString(),
                                "-verify_hostname",
                                "other.example.com",
                                file.toString())
                        .exitCode())
                .as("positive control: openssl does look")
                .isNotZero();
        assertThat(custom.certified().orElseThrow().chain()).containsExactly(own);
    }

    @Test
    void withoutAKeyThereIsNothingToAskFor() {
        assertThatThrownBy(() -> custom.request(NAMES))
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).isEqualTo(ElementFault.NO_KEY));
    }

    @Test
    void namesAreChecked() {
        for (String name : List.of(
                "-a.example.com", "a..example.com", "cam example.com", "*.*.example.com", "a".repeat(64) + ".com")) {
            assertThatThrownBy(() -> new RequestedNames("", List.of(name), List.of()))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no DNS name");
        }
        assertThatThrownBy(() -> new RequestedNames("", List.of(), List.of("cam.example.com")))
                .hasMessageContaining("is no IP address");
        assertThatThrownBy(() -> new RequestedNames("cam", List.of(), List.of()))
                .hasMessageContaining("is no subject");
        assertThatThrownBy(() -> new RequestedNames("", List.of(), List.of())).hasMessageContaining("names somebody");
        assertThat(new RequestedNames("", List.of("CAM.example.com", "*.example.com", "localhost"), List.of("::1"))
                        .dns())
                .contains("cam.example.com");
    }
}
