package org.camseal.authority.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.TestPki;
import org.camseal.authority.registration.Revoking;
import org.camseal.identity.Identity;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.Slot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each setting of the authority behind is looked at before anything is asked, and named if it is wrong. */
class UpstreamSettingsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String URL = "https://ca.example:8443/";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void files() throws Exception {
        TestPki pki = new TestPki("Others");
        Pem.writeCertificates(directory.resolve("root.pem"), List.of(pki.root()));
        Files.writeString(directory.resolve("words.pem"), "no certificate");
        Identity identity = Identity.openOrCreate(directory.resolve("ra"), Role.LINE, RANDOM);
        X509Certificate own = pki.leaf(
                "O=Maker,CN=Line,2.5.4.5=L1",
                Purpose.LINE,
                identity.keyOrNew(Slot.TLS, KeySpec.P256).publicKey());
        identity.install(Slot.TLS, List.of(own));
        identity.element().close();
    }

    private static UpstreamSettings settings(
            String protocol, String url, String identity, String issuing, String signer) {
        return new UpstreamSettings(protocol, url, identity, "root.pem", issuing, "root.pem", signer, "", "");
    }

    private static void opens(UpstreamSettings settings, Class<? extends Revoking> revoking) throws Exception {
        try (UpstreamSettings.Opened opened =
                settings.open(directory, InstantSource.system(), RANDOM).orElseThrow()) {
            assertThat(opened.issuing().revoking()).isInstanceOf(revoking);
        }
    }

    private static void refused(UpstreamSettings settings, Class<? extends AuthorityException> kind, String... words) {
        assertThatThrownBy(() -> settings.open(directory, InstantSource.system(), RANDOM))
                .isInstanceOf(kind)
                .message()
                .contains(words);
    }

    @Test
    void whatIsWholeOpensAndNothingIsAskedYet() throws Exception {
        assertThat(UpstreamSettings.NONE.open(directory, InstantSource.system(), RANDOM))
                .isEmpty();
        opens(settings("est", URL, "ra", "root.pem", ""), Revoking.ByHand.class);
        opens(settings("cmp", URL, "ra", "root.pem", "root.pem"), Revoking.Elsewhere.class);
    }

    @Test
    void whatIsWrongIsNamed() {
        Class<AuthorityException.Malformed> malformed = AuthorityException.Malformed.class;
        refused(
                settings("scep", URL, "ra", "root.pem", ""),
                malformed,
                "upstream.protocol is \"scep\"",
                "none, est or cmp");
        for (String url : List.of(
                "", "http://ca.example/", "https://ca.example", "https://a:b@ca.example/", "https:///", "a b")) {
            refused(settings("est", url, "ra", "root.pem", ""), malformed, "upstream.url ", "https://HOST");
        }
        refused(settings("est", URL, "", "root.pem", ""), malformed, "upstream.identity is not set");
        refused(settings("est", URL, "ra", "", ""), malformed, "upstream.issuing is not set");
        refused(settings("est", URL, "ra", "none.pem", ""), malformed, "upstream.issuing: ", "none.pem");
        refused(settings("est", URL, "ra", "words.pem", ""), malformed, "upstream.issuing: ", "words.pem");
        refused(settings("est", URL, "ra", "root.pem", "root.pem"), malformed, "upstream.signer", "by EST");
        refused(settings("cmp", URL, "ra", "root.pem", ""), malformed, "upstream.signer is not set");
        refused(settings("est", URL, "nobody", "root.pem", ""), AuthorityException.Key.class, "upstream.identity: ");
    }
}
