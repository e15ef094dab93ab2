package org.camseal.onvif.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapMessageTest {
    private static final String OPEN = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>";

    private static SoapMessage parse(String document) throws OnvifException.Malformed {
        return SoapMessage.parse(document.getBytes(StandardCharsets.UTF_8), XmlLimits.REQUEST);
    }

    @Test
    void bodyAndHeadersAreFound() throws Exception {
        SoapMessage read = parse(
                OPEN + "<s:Header><h xmlns='urn:h'>1</h></s:Header><s:Body><b xmlns='urn:b'/></s:Body></s:Envelope>");
        assertThat(read.body().name()).isEqualTo(new XmlName("urn:b", "b"));
        assertThat(read.header("urn:h", "h").orElseThrow().text()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Envelope/>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><b/></s:Body></s:Envelope>",
                OPEN + "</s:Envelope>",
                OPEN + "<s:Body/></s:Envelope>",
                OPEN + "<s:Body><a/><b/></s:Body></s:Envelope>"
            })
    void whatIsNoSoapIsRefused(String document) {
        assertThatThrownBy(() -> parse(document))
                .isInstanceOf(OnvifException.Malformed.class)
                .hasMessageContaining("SOAP");
    }

    @Test
    void aHeaderThatMustBeUnderstoodIsNotPassedOver() throws Exception {
        SoapMessage read = parse(OPEN + "<s:Header><h xmlns='urn:h' s:mustUnderstand='1'/></s:Header>"
                + "<s:Body><b/></s:Body></s:Envelope>");
        assertThatThrownBy(() -> read.requireUnderstood(List.of("urn:other")))
                .isInstanceOfSatisfying(
                        OnvifException.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.MUST_UNDERSTAND));
        read.requireUnderstood(List.of("urn:h"));
    }

    @Test
    void aFaultNamesPartyCodesAndReason() throws Exception {
        byte[] written =
                SoapMessage.fault(Fault.invalid("NoProfile"), "none & nothing").write();
        XmlElement fault = SoapMessage.parse(written, XmlLimits.REQUEST).body();
        assertThat(fault.name()).isEqualTo(new XmlName(Namespaces.ENVELOPE, "Fault"));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("<env:Value>env:Sender</env:Value>")
                .contains("<env:Subcode><env:Value>ter:InvalidArgVal</env:Value>"
                        + "<env:Subcode><env:Value>ter:NoProfile</env:Value></env:Subcode></env:Subcode>")
                .contains("xmlns:ter=\"http://www.onvif.org/ver10/error\"")
                .contains("xml:lang=\"en\">none &amp; nothing<");
    }
}
