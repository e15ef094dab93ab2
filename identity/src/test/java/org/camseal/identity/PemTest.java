package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.camseal.identity.TestCertificates.Form;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
    private static X509Certificate certificate;

    @TempDir
    private Path directory;

    @BeforeAll
    static void make() throws Exception {
        certificate = Form.device().selfSigned().certificate();
    }

    @Test
    void readsWhatItWrites() throws Exception {
        List<X509Certificate> both =
                List.of(certificate, Form.device().selfSigned().certificate());
        Path file = directory.resolve("chain.pem");
        Pem.writeCertificates(file, both);
        assertThat(Pem.readCertificates(file)).isEqualTo(both);
    }

    @Test
    void readsWhatOpensslWritesWithTextAround() throws Exception {
        Peer.OPENSSL.require();
        PeerOutcome result = Peer.OPENSSL.feed(Pem.encode(List.of(certificate)), "x509", "-text");
        assertThat(Pem.certificates(result.out(), "openssl")).containsExactly(certificate);
        assertThat(Pem.certificates(result.out().replace("\n", "\r\n"), "openssl"))
                .containsExactly(certificate);
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        String whole = Pem.encode(List.of(certificate));
        assertThat(Pem.certificates(whole.strip(), "whole")).hasSize(1);
        for (int length = 0; length < whole.strip().length(); length += 5) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> Pem.certificates(cut, "cut")).isInstanceOf(IdentityException.Malformed.class);
        }
    }

    @Test
    void refusesWhatIsTooMuch() throws Exception {
        String many = Pem.encode(Collections.nCopies(Pem.MAX_BLOCKS, certificate));
        assertThat(Pem.certificates(many, "many")).hasSize(Pem.MAX_BLOCKS);
        String more = Pem.encode(Collections.nCopies(Pem.MAX_BLOCKS + 1, certificate));
        assertThatThrownBy(() -> Pem.certificates(more, "more")).hasMessageContaining("more than 64 blocks");
        String large = " ".repeat(Pem.MAX_BYTES + 1);
        assertThatThrownBy(() -> Pem.certificates(large, "large")).hasMessageContaining("at most");
        Path file = Files.writeString(directory.resolve("large.pem"), large);
        assertThatThrownBy(() -> Pem.readCertificates(file)).hasMessageContaining("large.pem");
    }

    @Test
    void refusesOtherThings() throws Exception {
        String pem = Pem.encode(List.of(certificate));
        for (String wrong : List.of(
                pem.replace("CERTIFICATE", "PRIVATE KEY"),
                pem.replaceFirst("END CERTIFICATE", "END KEY"),
                pem.replaceFirst("M", "*"),
                Pem.block(Pem.CERTIFICATE, new byte[10]),
                Pem.block(Pem.CERTIFICATE, withTail(certificate.getEncoded())))) {
            assertThatThrownBy(() -> Pem.certificates(wrong, "wrong"))
                    .isInstanceOf(IdentityException.Malformed.class)
                    .hasMessageStartingWith("wrong: ");
        }
        assertThatThrownBy(() -> Pem.readCertificates(directory.resolve("none.pem")))
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("there is no file");
    }

    private static byte[] withTail(byte[] der) {
        return java.util.Arrays.copyOf(der, der.length + 1);
    }
}
