package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.EVENTS;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.SoapMessage;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlLimits;
import org.camseal.onvif.wire.XmlReader;
import org.camseal.onvif.wire.XmlWriter;
import org.camseal.streaming.LegacyDigest;

/**
 * Entry points for a fuzzer: each takes any bytes, and returns, or fails with something else than the module's own exception, which is a
 * finding.
 */
public final class OnvifFuzz {
    private static final Logins LOGINS = new Logins(
            new TestUsers(), LegacyDigest.MD5, Logins.UsernameTokens.ACCEPTED, new FakeClock(), new SecureRandom());

    private OnvifFuzz() {}

    /** A SOAP request, and what is read out of its parts. */
    public static void soap(byte[] bytes) {
        try {
            SoapMessage message = SoapMessage.parse(bytes, XmlLimits.REQUEST);
            Logins.Asked asked = new Logins.Asked("POST", "/", InetAddress.getLoopbackAddress(), Optional.empty());
            LOGINS.check(asked, message.header(Namespaces.WS_SECURITY, "Security"));
            textStays(message.body().text());
            filter(message.body());
            certificateRequest(message.body());
        } catch (OnvifException.Malformed refused) {
            // what was expected of most
        }
    }

    private static void filter(XmlElement body) {
        try {
            TopicFilter filter = TopicFilter.parse(body.child(EVENTS, "Filter"));
            for (Topic topic : Topic.values()) {
                filter.takes(topic);
            }
        } catch (OnvifException.Refused refused) {
            // not a filter
        }
    }

    private static void certificateRequest(XmlElement body) {
        try {
            CertificateArguments.names(body);
            CertificateArguments.validity(body, Instant.EPOCH);
        } catch (OnvifException.Refused refused) {
            // no names
        }
    }

    private static void textStays(String text) throws OnvifException.Malformed {
        XmlElement written = XmlElement.text(EVENTS, "x", text).with("a", text);
        XmlElement read = XmlReader.read(XmlWriter.write(written), new XmlLimits(1 << 22, 2, 2, 8));
        if (!read.text().equals(text.strip()) || !read.attribute("a").orElse("").equals(text)) {
            throw new AssertionError("text changed on its way through XML");
        }
    }

    /** Good requests. */
    public static List<byte[]> requests() {
        String login = "<s:Header><o:Security xmlns:o='" + Namespaces.WS_SECURITY + "'><o:UsernameToken>"
                + "<o:Username>token</o:Username><o:Password Type='x#PasswordDigest'>AAAA</o:Password><o:Nonce>AAAA</o:Nonce>"
                + "<u:Created xmlns:u='" + Namespaces.WS_UTILITY + "'>2026-11-22T10:00:00Z</u:Created>"
                + "</o:UsernameToken></o:Security></s:Header>";
        return List.of(
                document(
                        login,
                        "<GetProfiles xmlns='http://www.onvif.org/ver20/media/wsdl'><Type>All</Type></GetProfiles>"),
                document(
                        "",
                        "<e:CreatePullPointSubscription xmlns:e='" + EVENTS + "'><e:Filter>"
                                + "<n:TopicExpression xmlns:n='" + Namespaces.NOTIFICATION + "' xmlns:t='"
                                + Namespaces.TOPICS + "'>t:Device//.|t:VideoSource/SignalLoss</n:TopicExpression>"
                                + "</e:Filter></e:CreatePullPointSubscription>"),
                document(
                        "",
                        "<CreatePKCS10CSR xmlns='" + Namespaces.SECURITY
                                + "'><Subject><CommonName>a</CommonName></Subject>"
                                + "<CSRAttribute><X509v3Extension><extnOID>2.5.29.17</extnOID>"
                                + "<extnValue>MAmCA2NhbYcEfwAAAQ==</extnValue></X509v3Extension></CSRAttribute></CreatePKCS10CSR>"));
    }

    private static byte[] document(String header, String body) {
        return ("<?xml version='1.0' encoding='utf-8'?><s:Envelope xmlns:s='" + Namespaces.ENVELOPE + "'>" + header
                        + "<s:Body>" + body + "</s:Body></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
