package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.onvif.SoapClient.good;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.SoapMessage;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a capability says that there is, is there, and what it denies is not: by the tables of what each capability implies in ONVIF's
 * specifications (Security section "Capability-implied requirements"; Core, Media and Media2 section "Capabilities").
 */
@Timeout(120)
class PromisedOperationsTest {
    private static final XmlLimits ANSWER = new XmlLimits(1 << 20, 24, 4_000, 64);

    @TempDir
    private static Path directory;

    private static RunningHouse running;
    private static final Map<String, Service> SERVICES = new HashMap<>();

    private record Service(String namespace, String path, Map<String, String> capabilities) {}

    @BeforeAll
    static void start() throws Exception {
        running = RunningHouse.start(directory, InstantSource.system());
        String answer = good(running.client()
                .ask(
                        DeviceService.PATH,
                        "<GetServices xmlns='" + Namespaces.DEVICE
                                + "'><IncludeCapability>true</IncludeCapability></GetServices>"));
        SoapMessage services = SoapMessage.parse(answer.getBytes(StandardCharsets.UTF_8), ANSWER);
        for (XmlElement service : services.body().children()) {
            String namespace = service.textOf(Namespaces.DEVICE, "Namespace").orElseThrow();
            String address = service.textOf(Namespaces.DEVICE, "XAddr").orElseThrow();
            String path = address.substring(address.indexOf("/onvif/"));
            Map<String, String> found = new HashMap<>();
            collect(service.child(Namespaces.DEVICE, "Capabilities").orElseThrow(), found);
            SERVICES.put(path.replaceAll("/onvif/(.*)_service", "$1"), new Service(namespace, path, found));
        }
    }

    private static void collect(XmlElement element, Map<String, String> found) {
        element.attributes().forEach((name, value) -> found.put(name.local(), value));
        element.children().forEach(child -> collect(child, found));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "security, MaximumNumberOfKeys, GetAllKeys GetKeyStatus GetPrivateKeyStatus DeleteKey",
        "security, MaximumNumberOfCertificates, UploadCertificate GetCertificate GetAllCertificates DeleteCertificate",
        "security, MaximumNumberOfPassphrases, UploadPassphrase GetAllPassphrases DeletePassphrase",
        "security, RSAKeyPairGeneration, CreateRSAKeyPair",
        "security, ECCKeyPairGeneration, CreateECCKeyPair",
        "security, PKCS10, CreatePKCS10CSR UploadCertificate",
        "security, PKCS10ExternalCertificationWithRSA, CreatePKCS10CSR CreateRSAKeyPair",
        "security, SelfSignedCertificateCreation, CreateSelfSignedCertificate",
        "security, PKCS8, UploadKeyPairInPKCS8",
        "security, PKCS12, UploadCertificateWithPrivateKeyInPKCS12",
        "security, SetCertPath, SetCertificationPath",
        "security, MaximumNumberOfCRLs, UploadCRL GetCRL GetAllCRLs DeleteCRL",
        "security, TLSServerSupported, CreateCertificationPath GetCertificationPath GetAllCertificationPaths"
                + " DeleteCertificationPath AddServerCertificateAssignment RemoveServerCertificateAssignment"
                + " ReplaceServerCertificateAssignment GetAssignedServerCertificates",
        "security, EnabledVersionsSupported, SetEnabledTLSVersions",
        "security, TLSClientAuthSupported, SetClientAuthenticationRequired AddCertPathValidationPolicyAssignment",
        "security, MaximumNumberOfDot1XConfigurations, AddDot1XConfiguration GetAllDot1XConfigurations",
        "security, MediaSigningSupported, GetAssignedMediaSigningCertificates",
        "security, UserMediaSigningKeySupported, AddMediaSigningCertificateAssignment"
                + " RemoveMediaSigningCertificateAssignment",
        "media2, MaximumNumberOfProfiles, GetProfiles",
        "media2, ConfigurationsSupported, GetVideoSourceConfigurations GetVideoEncoderConfigurations"
                + " GetVideoEncoderConfigurationOptions GetVideoEncoderInstances",
        "media2, RTSPStreaming, GetStreamUri",
        "media2, SnapshotUri, GetSnapshotUri",
        "media2, VideoSourceMode, GetVideoSourceModes SetVideoSourceMode",
        "media2, OSD, GetOSDs CreateOSD DeleteOSD",
        "media2, Mask, GetMasks CreateMask DeleteMask",
        "media, MaximumNumberOfProfiles, GetProfiles GetProfile GetVideoSources GetVideoSourceConfigurations"
                + " GetVideoSourceConfiguration GetVideoEncoderConfigurations GetVideoEncoderConfiguration"
                + " GetVideoEncoderConfigurationOptions",
        "media, RTP_RTSP_TCP, GetStreamUri",
        "media, SnapshotUri, GetSnapshotUri",
        "media, VideoSourceMode, GetVideoSourceModes SetVideoSourceMode",
        "media, OSD, GetOSDs CreateOSD",
        "event, MaxPullPoints, CreatePullPointSubscription GetEventProperties",
        "event, MaxNotificationProducers, Subscribe",
        "event, PersistentNotificationStorage, Seek",
        "device, HttpDigest, GetUsers",
        "device, IPFilter, GetIPAddressFilter SetIPAddressFilter",
        "device, ZeroConfiguration, GetZeroConfiguration",
        "device, DynDNS, GetDynamicDNS",
        "device, NTP, GetNTP",
        "device, SystemBackup, GetSystemBackup",
        "device, SystemLogging, GetSystemLog",
        "device, Dot1X, GetDot1XConfiguration",
        "device, AccessPolicyConfig, GetAccessPolicy",
        "device, RemoteUserHandling, GetRemoteUser",
    })
    void whatIsPromisedIsThereAndNothingElse(String service, String capability, String operations) throws Exception {
        Service asked = Objects.requireNonNull(SERVICES.get(service));
        boolean promised = !asked.capabilities().getOrDefault(capability, "0").matches("false|0|");
        for (String operation : operations.split(" ", -1)) {
            SoapClient.Answer answer = running.client()
                    .ask(asked.path(), "<" + operation + " xmlns='" + asked.namespace() + "'/>", "admin");
            assertThat(answer.status()).as("%s: %s", operation, answer.body()).isIn(200, 400, 500);
            assertThat(answer.body().contains("ter:ActionNotSupported"))
                    .as("%s of a camera whose %s is %s: %s", operation, capability, promised, answer.body())
                    .isEqualTo(!promised);
        }
    }
}
