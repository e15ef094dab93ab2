package org.camseal.onvif.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A SOAP 1.2 message: header blocks and one body element.
 *
 * @param headers may be empty
 */
public record SoapMessage(List<XmlElement> headers, XmlElement body) {
    private static final String MUST_UNDERSTAND = "mustUnderstand";

    public SoapMessage {
        headers = List.copyOf(headers);
    }

    /** A message without headers. */
    public static SoapMessage of(XmlElement body) {
        return new SoapMessage(List.of(), body);
    }

    /**
     * @throws OnvifException.Malformed if it is no XML as {@link XmlReader} reads it, or no SOAP 1.2 envelope with exactly one element in
     *     its body
     */
    public static SoapMessage parse(byte[] document, XmlLimits limits) throws OnvifException.Malformed {
        XmlElement envelope = XmlReader.read(document, limits);
        if (!envelope.name().is(Namespaces.ENVELOPE, "Envelope")) {
            throw new OnvifException.Malformed("not a SOAP 1.2 envelope");
        }
        XmlElement body = envelope.child(Namespaces.ENVELOPE, "Body")
                .orElseThrow(() -> new OnvifException.Malformed("a SOAP envelope without a body"));
        if (body.children().size() != 1) {
            throw new OnvifException.Malformed("a SOAP body of other than one element");
        }
        List<XmlElement> headers = envelope.child(Namespaces.ENVELOPE, "Header")
                .map(XmlElement::children)
                .orElse(List.of());
        return new SoapMessage(headers, body.children().getFirst());
    }

    /** The first header block of that name. */
    public Optional<XmlElement> header(String namespace, String local) {
        return headers.stream()
                .filter(header -> header.name().is(namespace, local))
                .findFirst();
    }

    /**
     * @param understood namespaces of header blocks that are understood
     * @throws OnvifException.Refused for a block of another one that must be understood (SOAP 1.2 part 1, section 5.2.3)
     */
    public void requireUnderstood(List<String> understood) throws OnvifException.Refused {
        for (XmlElement header : headers) {
            String demanded = header.attributes().get(new XmlName(Namespaces.ENVELOPE, MUST_UNDERSTAND));
            boolean must = "true".equals(demanded) || "1".equals(demanded);
            if (must && !understood.contains(header.name().namespace())) {
                throw Fault.MUST_UNDERSTAND.because("a header block that must be understood is not");
            }
        }
    }

    /** The document. */
    public byte[] write() {
        List<XmlElement> parts = new ArrayList<>();
        if (!headers.isEmpty()) {
            parts.add(XmlElement.of(Namespaces.ENVELOPE, "Header", headers));
        }
        parts.add(XmlElement.of(Namespaces.ENVELOPE, "Body", body));
        return XmlWriter.write(XmlElement.of(Namespaces.ENVELOPE, "Envelope", parts));
    }

    /** A fault with its reason (SOAP 1.2 part 1, section 5.4). */
    public static SoapMessage fault(Fault fault, String reason) {
        return fault(fault, reason, List.of());
    }

    /** A fault with its reason and what else is to be said. */
    public static SoapMessage fault(OnvifException.Refused refused) {
        return fault(refused.fault(), refused.message(), refused.details());
    }

    private static SoapMessage fault(Fault fault, String reason, List<XmlElement> details) {
        XmlElement code = XmlElement.of(
                        Namespaces.ENVELOPE,
                        "Code",
                        XmlElement.text(
                                Namespaces.ENVELOPE,
                                "Value",
                                Namespaces.qualified(
                                        Namespaces.ENVELOPE, fault.party().word())))
                .and(subcode(fault.codes()));
        XmlElement text =
                XmlElement.text(Namespaces.ENVELOPE, "Text", reason).with(new XmlName(Namespaces.XML, "lang"), "en");
        List<XmlElement> parts = new ArrayList<>(List.of(code, XmlElement.of(Namespaces.ENVELOPE, "Reason", text)));
        if (!details.isEmpty()) {
            parts.add(XmlElement.of(Namespaces.ENVELOPE, "Detail", details));
        }
        return of(XmlElement.of(Namespaces.ENVELOPE, "Fault", parts));
    }

    private static List<XmlElement> subcode(List<String> codes) {
        if (codes.isEmpty()) {
            return List.of();
        }
        XmlElement value = XmlElement.text(
                        Namespaces.ENVELOPE, "Value", Namespaces.qualified(Namespaces.ERROR, codes.getFirst()))
                .naming(Namespaces.ERROR);
        return List.of(
                XmlElement.of(Namespaces.ENVELOPE, "Subcode", value).and(subcode(codes.subList(1, codes.size()))));
    }
}
