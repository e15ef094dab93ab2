package org.camseal.authority.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others look at the host names in the authority's server certificate. */
@Timeout(60)
class ServerNamesTest {
    @TempDir
    private Path directory;

    private PeerOutcome verify(String option, String name) throws Exception {
        return Peer.OPENSSL.run(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-CAfile",
                directory.resolve("root.pem").toString(),
                "-untrusted",
                directory.resolve("issuing.pem").toString(),
                option,
                name,
                directory.resolve("server.pem").toString());
    }

    @Test
    void opensslFindsTheNamesAndNoOthers() throws Exception {
        CertificateWriter writer = new CertificateWriter(new SecureRandom());
        SoftwareSecureElement element = SoftwareSecureElement.open(directory.resolve("element"), new SecureRandom());
        KeyHandle rootKey = element.generate(Slot.ROOT, KeySpec.P256);
        KeyHandle issuingKey = element.generate(Slot.ISSUING, KeySpec.P256);
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
        CertificateWriter.Validity validity = new CertificateWriter.Validity(begin, begin.plus(Duration.ofDays(30)));
        CertificateWriter.Issuer root =
                new CertificateWriter.Issuer(rootKey, writer.root(rootKey, "Maker", "operations root", validity));
        X509Certificate issuing = writer.issuing(root, issuingKey.publicKey(), "operations", Purpose.Domain.OPERATIONS);
        X509Certificate server = writer.end(
                new CertificateWriter.Issuer(issuingKey, issuing),
                element.generate(Slot.TLS, KeySpec.P256).publicKey(),
                new CertificateSubject("Maker", "authority", "authority"),
                new CertificateWriter.EndForm(
                        CertificateProfile.AUTHORITY_SERVER, validity, List.of("ra.maker.example", "127.0.0.1", "::1")),
                writer.newNumber());
        Pem.writeCertificates(directory.resolve("root.pem"), List.of(root.certificate()));
        Pem.writeCertificates(directory.resolve("issuing.pem"), List.of(issuing));
        Pem.writeCertificates(directory.resolve("server.pem"), List.of(server));

        assertThat(verify("-verify_hostname", "ra.maker.example").out()).contains(": OK");
        assertThat(verify("-verify_ip", "127.0.0.1").out()).contains(": OK");
        assertThat(verify("-verify_ip", "::1").out()).contains(": OK");
        assertThat(verify("-verify_hostname", "other.example").all()).contains("hostname mismatch");
        assertThat(verify("-verify_ip", "127.0.0.2").all()).contains("IP address mismatch");
    }

    @Test
    void camerasAndLinesNameNoHosts() {
        CertificateWriter.Validity validity = new CertificateWriter.Validity(Instant.EPOCH, Instant.EPOCH);
        for (CertificateProfile profile : List.of(CertificateProfile.DEVICE_TLS, CertificateProfile.LINE)) {
            assertThatThrownBy(() -> new CertificateWriter.EndForm(profile, validity, List.of("host")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("names no hosts");
        }
    }
}
