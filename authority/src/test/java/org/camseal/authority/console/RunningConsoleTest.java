package org.camseal.authority.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.keys.Ceremony;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.service.AuthorityService;
import org.camseal.authority.service.AuthoritySettings;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.web.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console where it stands in life: behind the HTTPS port of a running authority. */
class RunningConsoleTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path directory;

    @Test
    void aRunningAuthorityShowsItsConsoleToOperators() throws Exception {
        AuthorityHome home = new AuthorityHome(directory.resolve("authority"));
        Path passphrase = Files.writeString(directory.resolve("passphrase"), "test data passphrase");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        KeyPlace place = new KeyPlace.Encrypted(passphrase);
        new Ceremony(CLOCK, RANDOM)
                .hold(new Ceremony.Plan(home, directory.resolve("roots"), "Maker", "Factory", place, place, place));
        AuthoritySettings usual = AuthoritySettings.DEFAULTS;
        AuthoritySettings settings = new AuthoritySettings(
                "127.0.0.1:0",
                "",
                List.of(),
                usual.register(),
                usual.registerUser(),
                "",
                "encrypted",
                passphrase.toString(),
                "Maker",
                "log.example.com/cameras",
                1);
        AuthorityService.Surroundings around = new AuthorityService.Surroundings(CLOCK, RANDOM, fault -> {});
        try (AuthorityService service = AuthorityService.start(home, settings, around);
                AuthorityKeys keys = AuthorityKeys.of(home, place, place, CLOCK, RANDOM);
                WebClient client = client(service, operator(service, keys), keys.operationsRoot())) {
            assertThat(client.get("api/overview", JsonNode.class)
                            .get("operator")
                            .asText())
                    .isEqualTo("anna");
            assertThat(client.get("api/orders", JsonNode.class)).isEmpty();
            try (var page = client.stream("")) {
                assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("CamSeal authority");
            }
            try (var look = client.stream("../camseal/camseal.css")) {
                assertThat(look.readAllBytes()).isNotEmpty();
            }
        }
    }

    private CertifiedKey operator(AuthorityService service, AuthorityKeys keys) throws Exception {
        KeyHandle key =
                SoftwareSecureElement.open(directory.resolve("anna"), RANDOM).generate(Slot.TLS, KeySpec.P256);
        List<X509Certificate> chain = keys.staff(
                CertificateProfile.OPERATOR, key.publicKey(), new CertificateSubject("Maker", "Anna", "anna"));
        new OperatorDesk(service.register(), RANDOM)
                .certify("test", CertificateProfile.OPERATOR, "anna", chain.getFirst());
        return new CertifiedKey(key, chain);
    }

    private static WebClient client(AuthorityService service, CertifiedKey own, X509Certificate root) {
        PeerRule server = new PeerRule(
                new TrustEvaluator(TrustRoots.NONE.withOperations(root)),
                Set.of(Purpose.AUTHORITY_SERVER),
                Optional.empty(),
                CLOCK);
        return new WebClient(
                service.https().uri().resolve(ConsoleRoutes.PREFIX),
                Optional.of(TlsContexts.client(own, server)),
                Optional.empty(),
                WebClient.Limits.USUAL);
    }
}
