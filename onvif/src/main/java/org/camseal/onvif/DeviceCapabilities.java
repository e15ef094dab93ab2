package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.DEVICE;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.streaming.LegacyDigest;

/** Which services there are and what they can, in the new form (GetServices) and the old one (GetCapabilities). */
final class DeviceCapabilities {
    private static final int MAX_USER_NAME = 64;

    private final Supplier<List<OnvifService>> services;
    private final LegacyDigest legacy;
    private final Logins.UsernameTokens tokens;

    DeviceCapabilities(Supplier<List<OnvifService>> services, LegacyDigest legacy, Logins.UsernameTokens tokens) {
        this.services = services;
        this.legacy = legacy;
        this.tokens = tokens;
    }

    private static XmlElement tt(String name, Object text) {
        return XmlElement.text(SCHEMA, name, text);
    }

    /** The answer of GetServices. */
    List<XmlElement> services(Call call) {
        boolean included = call.argument("IncludeCapability").orElse("").matches("true|1");
        return services.get().stream()
                .map(service -> service(service, call, included))
                .toList();
    }

    private static XmlElement service(OnvifService service, Call call, boolean included) {
        List<XmlElement> parts = new ArrayList<>(List.of(
                XmlElement.text(DEVICE, "Namespace", service.namespace()),
                XmlElement.text(DEVICE, "XAddr", call.service(service.path()))));
        if (included) {
            parts.add(
                    XmlElement.of(DEVICE, "Capabilities", service.capabilities().apply(call)));
        }
        parts.add(XmlElement.of(
                DEVICE,
                "Version",
                tt("Major", service.version().major()),
                tt("Minor", service.version().minor())));
        return XmlElement.of(DEVICE, "Service", parts);
    }

    XmlElement ofDevice() {
        XmlElement network = XmlElement.of(DEVICE, "Network")
                .with("IPFilter", false)
                .with("ZeroConfiguration", false)
                .with("IPVersion6", false)
                .with("DynDNS", false)
                .with("HostnameFromDHCP", false)
                .with("NTP", 0)
                .with("DHCPv6", false);
        XmlElement system = XmlElement.of(DEVICE, "System")
                .with("DiscoveryResolve", true)
                .with("DiscoveryBye", true)
                .with("RemoteDiscovery", false)
                .with("SystemBackup", false)
                .with("SystemLogging", false)
                .with("NetworkConfigNotSupported", true)
                .with("UserConfigNotSupported", true);
        return XmlElement.of(DEVICE, "Capabilities", network, security(), system);
    }

    private XmlElement security() {
        return XmlElement.of(DEVICE, "Security")
                .with("TLS1.0", false)
                .with("TLS1.1", false)
                .with("TLS1.2", true)
                .with("OnboardKeyGeneration", false)
                .with("AccessPolicyConfig", false)
                .with("DefaultAccessPolicy", true)
                .with("Dot1X", false)
                .with("RemoteUserHandling", false)
                .with("X.509Token", false)
                .with("SAMLToken", false)
                .with("KerberosToken", false)
                .with("UsernameToken", tokens == Logins.UsernameTokens.ACCEPTED)
                .with("HttpDigest", true)
                .with("RELToken", false)
                .with("JsonWebToken", false)
                .with("MaxUserNameLength", MAX_USER_NAME)
                .with("HashingAlgorithms", legacy == LegacyDigest.MD5 ? "SHA-256 MD5" : "SHA-256");
    }

    /** The answer of GetCapabilities, which old clients ask. */
    List<XmlElement> all(Call call) throws OnvifException.Refused {
        String category = call.argument("Category").orElse("All");
        List<XmlElement> parts = new ArrayList<>();
        switch (category) {
            case "All" -> parts.addAll(List.of(oldDevice(call), oldEvents(call), oldMedia(call)));
            case "Device" -> parts.add(oldDevice(call));
            case "Events" -> parts.add(oldEvents(call));
            case "Media" -> parts.add(oldMedia(call));
            default ->
                throw Fault.sender("ActionNotSupported", "NoSuchService")
                        .because("this camera has no service of the category that was asked for");
        }
        return List.of(XmlElement.of(DEVICE, "Capabilities", parts));
    }

    private XmlElement oldDevice(Call call) {
        XmlElement network = XmlElement.of(
                SCHEMA,
                "Network",
                tt("IPFilter", false),
                tt("ZeroConfiguration", false),
                tt("IPVersion6", false),
                tt("DynDNS", false));
        XmlElement system = XmlElement.of(
                SCHEMA,
                "System",
                tt("DiscoveryResolve", true),
                tt("DiscoveryBye", true),
                tt("RemoteDiscovery", false),
                tt("SystemBackup", false),
                tt("SystemLogging", false),
                tt("FirmwareUpgrade", false),
                XmlElement.of(SCHEMA, "SupportedVersions", tt("Major", 26), tt("Minor", 6)));
        XmlElement security = XmlElement.of(
                SCHEMA,
                "Security",
                tt("TLS1.1", false),
                tt("TLS1.2", true),
                tt("OnboardKeyGeneration", false),
                tt("AccessPolicyConfig", false),
                tt("X.509Token", false),
                tt("SAMLToken", false),
                tt("KerberosToken", false),
                tt("RELToken", false));
        return XmlElement.of(
                SCHEMA, "Device", tt("XAddr", call.service(DeviceService.PATH)), network, system, security);
    }

    private static XmlElement oldEvents(Call call) {
        return XmlElement.of(
                SCHEMA,
                "Events",
                tt("XAddr", call.service(EventService.PATH)),
                tt("WSSubscriptionPolicySupport", false),
                tt("WSPullPointSupport", true),
                tt("WSPausableSubscriptionManagerInterfaceSupport", false));
    }

    private static XmlElement oldMedia(Call call) {
        return XmlElement.of(
                SCHEMA,
                "Media",
                tt("XAddr", call.service(MediaService.PATH)),
                XmlElement.of(
                        SCHEMA,
                        "StreamingCapabilities",
                        tt("RTPMulticast", false),
                        tt("RTP_TCP", false),
                        tt("RTP_RTSP_TCP", true)));
    }
}
