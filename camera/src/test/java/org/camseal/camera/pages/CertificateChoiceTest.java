package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camseal.identity.IdentityException;
import org.camseal.identity.customer.CustomerSigning;
import org.camseal.peers.OwnersAuthority;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner has a certificate of their authority made on the page and chooses it, while foreign clients look. */
@Timeout(300)
class CertificateChoiceTest {
    private static final String OK = "Verify return code: 0 (ok)";
    private static final String UNKNOWN = "unable to get local issuer certificate";

    @TempDir
    private Path directory;

    private PageHouse house;
    private OwnersAuthority authority;
    private PageHouse.Login login;

    @BeforeEach
    void start() throws Exception {
        house = new PageHouse(directory);
        authority = new OwnersAuthority(directory.resolve("authority"));
        house.accounts.setFirst("administrator", PageHouse.PASSWORD);
        login = house.login("administrator");
    }

    @AfterEach
    void end() {
        house.close();
    }

    private JsonNode change(String method, String path, Object body) throws Exception {
        HttpResponse<String> answer = tryChange(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> tryChange(String method, String path, Object body) throws Exception {
        return house.send(PageHouse.with(
                PageHouse.json(
                        house.request("/api/certificates/" + path),
                        method,
                        new ObjectMapper().writeValueAsString(body)),
                login));
    }

    private void install(String owned) throws Exception {
        String request = change(
                        "POST",
                        owned + "/request",
                        Map.of("subject", "CN=Gate,O=Owner", "dns", List.of(), "ip", List.of("127.0.0.1")))
                .path("pem")
                .asText();
        change("POST", owned + "/install", Map.of("pem", authority.sign(request)));
    }

    private PeerOutcome handshake(int port) throws Exception {
        return Peer.OPENSSL.feed(
                "",
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-verify_ip",
                "127.0.0.1",
                "-CAfile",
                authority.root().toString());
    }

    private int stream() {
        return house.camera.address().getPort();
    }

    private PeerOutcome curl(String path, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "-sS",
                "--max-time",
                "60",
                "--cacert",
                authority.root().toString(),
                house.server.uri().resolve(path).toString()));
        words.addAll(List.of(more));
        return Peer.CURL.run(words);
    }

    @Test
    void newConnectionsShowTheOnesChosenWithoutARestart() throws Exception {
        Peer.CURL.require();
        assertThat(handshake(house.server.port()).all())
                .contains("Model 1", UNKNOWN)
                .doesNotContain(OK);
        assertThat(handshake(stream()).all()).contains("Model 1", UNKNOWN).doesNotContain(OK);
        assertThat(curl("api/session").exitCode())
                .as("curl: an issuer that it does not know")
                .isEqualTo(60);
        HttpResponse<String> early = tryChange("PUT", "choice", Map.of("use", "pages", "whose", "owner"));
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("make a request first");

        install("tls");
        assertThat(handshake(house.server.port()).all())
                .as("installed, not chosen")
                .contains("Model 1");
        assertThat(change("PUT", "choice", Map.of("use", "pages", "whose", "owner"))
                        .path("pages")
                        .asText())
                .isEqualTo("owner");
        assertThat(handshake(house.server.port()).all()).contains("Gate", OK);
        assertThat(curl("api/session").good().out()).contains("\"fresh\":false");
        assertThat(handshake(stream()).all()).as("each is chosen for itself").contains("Model 1");

        backAgain();
    }

    /** By curl, which knows nothing but the owner's root. */
    private void backAgain() throws Exception {
        choose("stream", "owner");
        assertThat(handshake(stream()).all()).contains("Gate", OK);
        choose("stream", "maker");
        assertThat(handshake(stream()).all()).contains("Model 1", UNKNOWN);
        choose("pages", "maker");
        assertThat(handshake(house.server.port()).all()).contains("Model 1", UNKNOWN);
        assertThat(curl("api/session").exitCode()).isEqualTo(60);
        assertThat(house.log.newest(Long.MAX_VALUE, 50))
                .filteredOn(entry -> entry.what().equals("certificate chosen"))
                .extracting(EventEntry::detail)
                .containsExactly(
                        "pages: the maker's", "stream: the maker's", "stream: the owner's", "pages: the owner's");
    }

    private void choose(String use, String whose) throws Exception {
        PeerOutcome outcome = curl(
                "api/certificates/choice",
                "-X",
                "PUT",
                "-H",
                "Content-Type: application/json",
                "-H",
                "Cookie: " + login.cookie(),
                "-H",
                PageDoor.CSRF + ": " + login.csrf(),
                "-d",
                "{\"use\":\"" + use + "\",\"whose\":\"" + whose + "\"}");
        assertThat(outcome.good().out()).contains("\"" + use + "\":\"" + whose + "\"");
    }

    @Test
    void theKeyThatSignsIsChosenAndIsNotDestroyedWhileItDoes() throws Exception {
        install("signing");
        JsonNode chosen = change("PUT", "choice", Map.of("use", "signing", "whose", "owner"));
        assertThat(chosen.path("signing").asText()).isEqualTo("owner");
        assertThat(chosen.path("ownerSigning").path("subject").asText()).contains("Gate");
        assertThat(chosen.has("owner")).as("for connections there is none").isFalse();
        HttpResponse<String> refused = tryChange("DELETE", "signing", Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("This key signs the video");

        ChosenCertificate.Choice makers = ChosenCertificate.Choice.MAKER;
        CustomerSigning own = house.certificates.signing();
        ChosenCertificate fixed =
                ChosenCertificate.fixed(makers, house.certificates.pages().get(), own);
        fixed.choose(makers);
        assertThatThrownBy(() -> fixed.choose(ChosenCertificate.Choice.OWNER))
                .as("what the settings say is not chosen on the pages")
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("camera.yaml");
        change("PUT", "choice", Map.of("use", "signing", "whose", "maker"));
        assertThat(change("DELETE", "signing", Map.of()).has("ownerSigning"))
                .as("positive control")
                .isFalse();
    }
}
