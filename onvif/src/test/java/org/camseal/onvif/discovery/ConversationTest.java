package org.camseal.onvif.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.onvif.wire.OnvifException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
    static final Announcement CAMERA = new Announcement(
            "urn:uuid:6f1d3c5e-0000-4000-8000-00000000cafe",
            List.of("onvif://www.onvif.org/name/gate", "onvif://www.onvif.org/Profile/T"),
            List.of(URI.create("https://127.0.0.1:8443/onvif/device_service")),
            3);
    static final String TYPES =
            "<d:Types xmlns:dn='http://www.onvif.org/ver10/network/wsdl'>dn:NetworkVideoTransmitter</d:Types>";

    private final Conversation conversation = new Conversation(new Random(1), 7);

    /** A searcher's message of that id. */
    static byte[] message(String id, String body) {
        return ("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
                        + " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'"
                        + " xmlns:d='http://schemas.xmlsoap.org/ws/2005/04/discovery'>"
                        + "<s:Header><a:MessageID>" + id + "</a:MessageID></s:Header><s:Body>" + body
                        + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> answer(String body) throws OnvifException.Malformed {
        return conversation
                .answer(message("urn:uuid:1", body), CAMERA)
                .map(answer -> new String(answer.datagram(), StandardCharsets.UTF_8));
    }

    @Test
    void whoSearchesForCamerasFindsThisOne() throws Exception {
        assertThat(answer("<d:Probe>" + TYPES + "</d:Probe>").orElseThrow())
                .contains("<wsa4:RelatesTo>urn:uuid:1<", "/discovery/ProbeMatches<", "<d:ProbeMatches><d:ProbeMatch>")
                .contains("<wsa4:Address>" + CAMERA.endpoint() + "<", "<d:Types>dn:NetworkVideoTransmitter tds:Device<")
                .contains("<d:XAddrs>https://127.0.0.1:8443/onvif/device_service<", "<d:MetadataVersion>3<")
                .contains("InstanceId=\"7\" MessageNumber=\"1\"");
        assertThat(answer("<d:Probe/>")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'', onvif://www.onvif.org/name/gate, true",
        "'', onvif://www.onvif.org/name, true",
        "'', onvif://WWW.onvif.org, true",
        "'', 'onvif://www.onvif.org/name/gate onvif://www.onvif.org/Profile', true",
        "'', 'onvif://www.onvif.org/name/gate onvif://www.onvif.org/Profile/G', false",
        "'', onvif://www.onvif.org/name/ga, false",
        "'', onvif://www.onvif.org/Name/gate, false",
        "'', http://www.onvif.org/name/gate, false",
        "'', '%%%', false",
        "strcmp0, onvif://www.onvif.org/name/gate, true",
        "strcmp0, onvif://www.onvif.org/name, false",
        "ldap, onvif://www.onvif.org/name/gate, false"
    })
    void scopesAreCompared(String rule, String wanted, boolean found) throws Exception {
        String by = rule.isEmpty() ? "" : " MatchBy='http://schemas.xmlsoap.org/ws/2005/04/discovery/" + rule + "'";
        assertThat(answer("<d:Probe>" + TYPES + "<d:Scopes" + by + ">" + wanted + "</d:Scopes></d:Probe>")
                        .isPresent())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<d:Probe><d:Types xmlns:p='urn:printers'>p:Printer</d:Types></d:Probe>",
                "<d:Probe><d:Types>nobody:NetworkVideoTransmitter</d:Types></d:Probe>",
                "<d:Resolve><a:EndpointReference><a:Address>urn:uuid:other</a:Address></a:EndpointReference></d:Resolve>",
                "<d:Resolve/>",
                "<d:Hello/>",
                "<d:ProbeMatches/>",
                "<Probe/>"
            })
    void whatIsNotForThisCameraGetsNoAnswer(String body) throws Exception {
        assertThat(answer(body)).isEmpty();
    }

    @Test
    void theNameLeadsToTheAddress() throws Exception {
        assertThat(answer("<d:Resolve><a:EndpointReference><a:Address>" + CAMERA.endpoint()
                        + "</a:Address></a:EndpointReference></d:Resolve>"))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "<d:ResolveMatches><d:ResolveMatch>",
                                "/discovery/ResolveMatches<",
                                "<d:XAddrs>https://"));
    }

    @Test
    void helloTellsAllAndByeTheName() {
        assertThat(new String(conversation.hello(CAMERA), StandardCharsets.UTF_8))
                .contains("urn:schemas-xmlsoap-org:ws:2005:04:discovery<", "/discovery/Hello<", "<d:XAddrs>https://");
        assertThat(new String(conversation.bye(CAMERA), StandardCharsets.UTF_8))
                .contains("/discovery/Bye<", CAMERA.endpoint(), "MessageNumber=\"2\"")
                .doesNotContain("XAddrs");
    }

    @Test
    void noiseAndBombsAreNotSoap() {
        for (String noise :
                List.of("", "M-SEARCH * HTTP/1.1\r\n", "<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>", "<x>".repeat(900))) {
            assertThatThrownBy(() -> conversation.answer(noise.getBytes(StandardCharsets.UTF_8), CAMERA))
                    .isInstanceOf(OnvifException.Malformed.class);
        }
        assertThatThrownBy(() ->
                        conversation.answer(message("1", "<d:Probe>" + " ".repeat(9000) + "</d:Probe>"), CAMERA))
                .hasMessageContaining("at most 8192 are read");
    }

    @Test
    void answersAreBounded() {
        AtomicLong nanos = new AtomicLong();
        AnswerBudget budget = new AnswerBudget(nanos::get);
        InetAddress one = InetAddress.ofLiteral("192.0.2.1");
        for (int i = 0; i < AnswerBudget.EACH; i++) {
            assertThat(budget.take(one)).as("answer %s to one", i).isTrue();
        }
        assertThat(budget.take(one)).isFalse();
        int others = 0;
        for (int i = 2; i < 200; i++) {
            others += budget.take(InetAddress.ofLiteral("192.0.2." + i)) ? 1 : 0;
        }
        assertThat(others).isEqualTo(AnswerBudget.ALL - AnswerBudget.EACH);
        nanos.addAndGet(1_000_000_000L);
        assertThat(budget.take(one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.200, true",
        "192.0.3.1, false",
        "8.8.8.8, false",
        "169.254.3.4, true",
        "fe80::1, true",
        "2001:db8::1, false"
    })
    void onlyNeighboursAreAnswered(String address, boolean neighbour) {
        Neighbourhood network =
                new Neighbourhood(List.of(new Neighbourhood.Network(InetAddress.ofLiteral("192.0.2.7"), 24)));
        assertThat(network.holds(InetAddress.ofLiteral(address))).isEqualTo(neighbour);
    }
}
