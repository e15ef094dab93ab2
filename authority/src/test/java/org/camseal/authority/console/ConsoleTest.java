package org.camseal.authority.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Dispute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Pem;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
    @TempDir
    private static Path directory;

    private static ConsoleHouse house;
    private static CertifiedKey anna;
    private static CertifiedKey bert;

    @BeforeAll
    static void open() throws Exception {
        house = new ConsoleHouse(directory);
        anna = house.factory.known(CertificateProfile.OPERATOR, "anna");
        bert = house.factory.known(CertificateProfile.OPERATOR, "bert");
    }

    @AfterAll
    static void close() {
        if (house != null) {
            house.close();
        }
    }

    private static void refused(int status, String hint, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(WebException.Answered.class, answered -> {
            assertThat(answered.status()).as(answered.getMessage()).isEqualTo(status);
            assertThat(answered.getMessage() + " " + answered.hint()).contains(hint);
        });
    }

    private static JsonNode get(WebClient client, String path) throws Exception {
        return client.get(path, JsonNode.class);
    }

    private static JsonNode vote(WebClient client, Dispute dispute, String decision) throws Exception {
        return client.post("api/disputes/" + dispute.id() + "/vote", Map.of("decision", decision), JsonNode.class);
    }

    @Test
    void onlyOperatorsWhomTheRegisterCountsComeIn() throws Exception {
        for (String path : List.of("overview", "orders", "disputes", "devices/CS-0001", "audit", "numbers/1")) {
            String api = "api/" + path;
            refused(401, "NO_CERTIFICATE", () -> get(house.nobody(), api));
            refused(
                    401,
                    "WRONG_PURPOSE",
                    () -> house.client(house.factory.known(CertificateProfile.LINE, "L7"))
                            .get(api, Map.class));
            refused(
                    401,
                    "does not count",
                    () -> house.client(house.factory.unknown(CertificateProfile.OPERATOR, "eve"))
                            .get(api, Map.class));
        }
        assertThat(get(house.client(anna), "api/overview").get("operator").asText())
                .as("positive control")
                .isEqualTo("anna");
        refused(
                401,
                "NO_CERTIFICATE",
                () -> house.nobody().post("api/disputes/D-000001/vote", Map.of("decision", "keep"), Map.class));
    }

    @Test
    void anOperatorWhoWasTakenBackStaysOutAtOnce() throws Exception {
        CertifiedKey carl = house.factory.known(CertificateProfile.OPERATOR, "carl");
        WebClient client = house.client(carl);
        assertThat(get(client, "api/overview").get("operator").asText()).isEqualTo("carl");
        int _ = house.factory.register.write(ledger -> ledger.revokeCredentials(CertificateProfile.OPERATOR, "carl"));
        refused(401, "does not count", () -> client.get("api/overview", Map.class));
    }

    @Test
    void twoOperatorsReleaseADisputeAndNeitherAloneNorTheToken() throws Exception {
        Dispute dispute = house.disputes().getFirst();
        refused(403, "nly operators vote", () -> vote(house.owner(), dispute, "keep"));
        refused(400, "keep, rework, scrap", () -> vote(house.client(anna), dispute, "burn"));
        assertThat(vote(house.client(anna), dispute, "keep").get("outcome")).isNull();
        refused(409, "nother operator", () -> vote(house.client(anna), dispute, "keep"));
        assertThat(house.disputes()).as("still open").isNotEmpty();
        assertThat(vote(house.client(bert), dispute, "keep").get("outcome")).isNotNull();
        assertThat(house.disputes()).isEmpty();
        assertThat(house.factory.register.device("CS-0002").orElseThrow().state())
                .isEqualTo(DeviceState.ACTIVE);
    }

    @Test
    void theTokenOpensThePageForLooking() throws Exception {
        JsonNode overview = get(house.owner(), "api/overview");
        assertThat(overview.has("operator")).isFalse();
        assertThat(overview.get("issued").asInt()).isEqualTo(3);
        JsonNode log = overview.get("log");
        assertThat(log.get("size").asInt()).isEqualTo(2);
        assertThat(log.get("waiting").asInt()).isEqualTo(1);
        assertThat(log.get("root").asText())
                .isEqualTo(house.log.head().orElseThrow().root().base64());
        JsonNode order = get(house.owner(), "api/orders").get(0);
        assertThat(order.get("id").asText()).isEqualTo("PO-1");
        assertThat(order.get("used").asInt()).isEqualTo(3);
        assertThat(order.get("good").asInt() + order.get("disputed").asInt()).isEqualTo(3);
        assertThat(order.get("state").asText()).isEqualTo("open");
        assertThat(order.get("causes")).hasToString("{\"HELD\":1}");
        assertThat(overview.get("unordered")).hasToString("{\"NOT_ORDERED\":1}");
    }

    @Test
    void aCertificateIsFoundBySerialAndByNumberWithItsPlaceInTheLog() throws Exception {
        JsonNode certificate =
                get(house.owner(), "api/devices/CS-0001").get("certificates").get(0);
        assertThat(certificate.get("state").asText()).isEqualTo("live");
        assertThat(certificate.get("log").get("state").asText()).isEqualTo("proven");
        JsonNode young =
                get(house.owner(), "api/devices/CS-0003").get("certificates").get(0);
        assertThat(young.get("log").get("state").asText()).isEqualTo("waiting");
        String number = certificate.get("number").asText();
        assertThat(get(house.owner(), "api/numbers/" + number).get("serial").asText())
                .isEqualTo("CS-0001");
        try (var in = house.owner().stream("api/certificates/" + number + "/chain")) {
            List<X509Certificate> chain =
                    Pem.certificates(new String(in.readAllBytes(), StandardCharsets.US_ASCII), "the answer");
            assertThat(chain).hasSize(2);
            assertThat(chain.getFirst().getSerialNumber().toString(16)).isEqualTo(number);
        }
        refused(404, "knows no camera", () -> get(house.owner(), "api/devices/CS-9999"));
        refused(404, "has this number", () -> get(house.owner(), "api/numbers/abc"));
        refused(400, "no serial", () -> get(house.owner(), "api/devices/%3Cscript%3E"));
        refused(400, "hexadecimal", () -> get(house.owner(), "api/numbers/xyz"));
    }

    @Test
    void theAuditLogIsPagedFromItsEnd() throws Exception {
        JsonNode last = get(house.owner(), "api/audit");
        long seq = last.get(last.size() - 1).get("seq").asLong();
        JsonNode before = get(house.owner(), "api/audit?before=" + seq);
        assertThat(before.get(before.size() - 1).get("seq").asLong()).isEqualTo(seq - 1);
        assertThat(get(house.owner(), "api/audit?before=1")).isEmpty();
        refused(400, "number of an entry", () -> get(house.owner(), "api/audit?before=x"));
    }
}
