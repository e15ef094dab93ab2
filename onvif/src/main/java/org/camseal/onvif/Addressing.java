package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.ADDRESSING;

import java.util.ArrayList;
import java.util.List;
import org.camseal.onvif.wire.SoapMessage;
import org.camseal.onvif.wire.XmlElement;

/** The headers of WS-Addressing 1.0 in answers: there where the request had some. */
final class Addressing {
    private static final String FAULT = "http://www.w3.org/2005/08/addressing/soap/fault";
    private static final String REQUEST = "Request";
    private static final String RESPONSE = "Response";

    private Addressing() {}

    static List<XmlElement> ofAnswer(SoapMessage request) {
        String action =
                request.header(ADDRESSING, "Action").map(XmlElement::text).orElse("");
        String answer = action.endsWith(REQUEST)
                ? action.substring(0, action.length() - REQUEST.length()) + RESPONSE
                : action + RESPONSE;
        return headers(request, answer);
    }

    static List<XmlElement> ofFault(SoapMessage request) {
        return headers(request, FAULT);
    }

    private static List<XmlElement> headers(SoapMessage request, String action) {
        if (request.header(ADDRESSING, "Action").isEmpty()) {
            return List.of();
        }
        List<XmlElement> headers = new ArrayList<>(List.of(XmlElement.text(ADDRESSING, "Action", action)));
        request.header(ADDRESSING, "MessageID")
                .ifPresent(id -> headers.add(XmlElement.text(ADDRESSING, "RelatesTo", id.text())));
        return headers;
    }
}
