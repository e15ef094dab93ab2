package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.DEVICE;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.login.OnvifUsers;
import org.camseal.onvif.wire.XmlElement;

/** The device service: what this camera is, which services it has, who may use it. It changes nothing: the camera's own pages do. */
final class DeviceService {
    static final String PATH = "/onvif/device_service";

    private static final String ON_PAGES = "this is set on the camera's own pages, not over ONVIF";

    private final OnvifFacts facts;
    private final OnvifUsers users;
    private final DeviceCapabilities capabilities;
    private final InstantSource clock;

    DeviceService(OnvifFacts facts, OnvifUsers users, DeviceCapabilities capabilities, InstantSource clock) {
        this.facts = facts;
        this.users = users;
        this.capabilities = capabilities;
        this.clock = clock;
    }

    OnvifService service() {
        return new OnvifService(
                DEVICE, PATH, new OnvifService.Version(26, 6), _ -> capabilities.ofDevice(), operations());
    }

    private List<Operation> operations() {
        List<Operation> all = new ArrayList<>(List.of(
                new Operation("GetSystemDateAndTime", AccessClass.PRE_AUTH, _ -> List.of(dateAndTime())),
                new Operation("GetServices", AccessClass.PRE_AUTH, capabilities::services),
                new Operation("GetCapabilities", AccessClass.PRE_AUTH, capabilities::all),
                new Operation("GetHostname", AccessClass.PRE_AUTH, _ -> List.of(hostName())),
                new Operation("GetEndpointReference", AccessClass.PRE_AUTH, _ -> List.of(guid())),
                new Operation("GetDeviceInformation", AccessClass.READ_SYSTEM, _ -> information()),
                new Operation("GetScopes", AccessClass.READ_SYSTEM, _ -> scopes()),
                new Operation("GetDiscoveryMode", AccessClass.READ_SYSTEM, _ -> List.of(discoverable())),
                new Operation("GetNetworkInterfaces", AccessClass.READ_SYSTEM, _ -> interfaces()),
                new Operation("GetNetworkProtocols", AccessClass.READ_SYSTEM, _ -> protocols()),
                new Operation("GetUsers", AccessClass.READ_SYSTEM_SECRET, _ -> users())));
        List.of(
                        "SetSystemDateAndTime",
                        "SetScopes",
                        "AddScopes",
                        "RemoveScopes",
                        "SetDiscoveryMode",
                        "SetHostname",
                        "SetNetworkInterfaces",
                        "SetNetworkProtocols",
                        "CreateUsers",
                        "SetUser",
                        "DeleteUsers")
                .forEach(name -> all.add(Operation.refused(name, AccessClass.WRITE_SYSTEM, ON_PAGES)));
        all.add(Operation.refused(
                "SystemReboot",
                AccessClass.UNRECOVERABLE,
                "this camera is not started again over ONVIF: what runs it starts it"));
        all.add(Operation.refused(
                "SetSystemFactoryDefault",
                AccessClass.UNRECOVERABLE,
                "a camera's identity and evidence are not thrown away over ONVIF"));
        return List.copyOf(all);
    }

    private static XmlElement tds(String name, Object text) {
        return XmlElement.text(DEVICE, name, text);
    }

    private static XmlElement tt(String name, Object text) {
        return XmlElement.text(SCHEMA, name, text);
    }

    private XmlElement dateAndTime() {
        ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
        XmlElement moment = XmlElement.of(
                SCHEMA,
                "UTCDateTime",
                XmlElement.of(
                        SCHEMA,
                        "Time",
                        tt("Hour", now.getHour()),
                        tt("Minute", now.getMinute()),
                        tt("Second", now.getSecond())),
                XmlElement.of(
                        SCHEMA,
                        "Date",
                        tt("Year", now.getYear()),
                        tt("Month", now.getMonthValue()),
                        tt("Day", now.getDayOfMonth())));
        return XmlElement.of(
                DEVICE,
                "SystemDateAndTime",
                tt("DateTimeType", "NTP"),
                tt("DaylightSavings", false),
                XmlElement.of(SCHEMA, "TimeZone", tt("TZ", "UTC0")),
                moment);
    }

    private XmlElement hostName() {
        return XmlElement.of(
                DEVICE,
                "HostnameInformation",
                tt("FromDHCP", false),
                tt("Name", facts.device().hostName()));
    }

    private XmlElement guid() {
        return tds("GUID", facts.device().endpoint());
    }

    private List<XmlElement> information() {
        DeviceFacts device = facts.device();
        return List.of(
                tds("Manufacturer", device.maker().manufacturer()),
                tds("Model", device.maker().model()),
                tds("FirmwareVersion", device.maker().firmware()),
                tds("SerialNumber", device.serial()),
                tds("HardwareId", device.hardware()));
    }

    private List<XmlElement> scopes() {
        return facts.device().scopes().stream()
                .map(scope -> XmlElement.of(DEVICE, "Scopes", tt("ScopeDef", "Fixed"), tt("ScopeItem", scope.uri())))
                .toList();
    }

    private static XmlElement discoverable() {
        return tds("DiscoveryMode", "Discoverable");
    }

    private List<XmlElement> interfaces() {
        return facts.network().interfaces().stream().map(this::networkInterface).toList();
    }

    private XmlElement networkInterface(NetworkFacts.Interface of) {
        List<XmlElement> addresses = of.addresses().stream()
                .filter(address -> address.address() instanceof Inet4Address)
                .map(address -> XmlElement.of(
                        SCHEMA,
                        "Manual",
                        tt("Address", literal(address.address())),
                        tt("PrefixLength", address.prefixLength())))
                .toList();
        List<XmlElement> parts = new ArrayList<>(List.of(
                tt("Enabled", true),
                XmlElement.of(SCHEMA, "Info", tt("Name", of.name()), tt("HwAddress", of.hardwareAddress()))));
        if (!addresses.isEmpty()) {
            XmlElement config = XmlElement.of(SCHEMA, "Config", addresses).and(List.of(tt("DHCP", false)));
            parts.add(XmlElement.of(SCHEMA, "IPv4", tt("Enabled", true), config));
        }
        return XmlElement.of(DEVICE, "NetworkInterfaces", parts).with("token", of.name());
    }

    private static String literal(InetAddress address) {
        return address.getHostAddress();
    }

    /** Plain RTSP is shown as what it is here: off. */
    private List<XmlElement> protocols() {
        NetworkFacts network = facts.network();
        return List.of(
                protocol("HTTPS", true, network.httpsPort()),
                protocol("HTTP", false, 80),
                protocol("RTSP", false, network.rtspsPort()));
    }

    private static XmlElement protocol(String name, boolean enabled, int port) {
        return XmlElement.of(DEVICE, "NetworkProtocols", tt("Name", name), tt("Enabled", enabled), tt("Port", port));
    }

    private List<XmlElement> users() {
        return users.all().stream()
                .map(user -> XmlElement.of(
                        DEVICE,
                        "User",
                        tt("Username", user.name()),
                        tt("UserLevel", user.level().word())))
                .toList();
    }
}
