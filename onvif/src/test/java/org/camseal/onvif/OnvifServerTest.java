package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camseal.onvif.SoapClient.fault;
import static org.camseal.onvif.SoapClient.good;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.onvif.keystore.KeyStatus;
import org.camseal.onvif.wire.OnvifException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class OnvifServerTest {
    private static final String DEVICE = DeviceService.PATH;
    private static final String MEDIA2 = Media2Service.PATH;
    private static final String TDS = " xmlns='http://www.onvif.org/ver10/device/wsdl'";
    private static final String TR2 = " xmlns='http://www.onvif.org/ver20/media/wsdl'";
    private static final String TRT = " xmlns='http://www.onvif.org/ver10/media/wsdl'";
    private static final String TEV = " xmlns='http://www.onvif.org/ver10/events/wsdl'";
    private static final String WSNT = " xmlns='http://docs.oasis-open.org/wsn/b-2'";
    private static final Pattern SUBSCRIPTION = Pattern.compile("/onvif/subscription/[0-9a-f]{32}");

    private static final TopicFilter ALL_TOPICS = new TopicFilter(List.of());

    @TempDir
    private static Path directory;

    private static final FakeClock CLOCK = new FakeClock();
    private static RunningHouse running;
    private static SoapClient client;

    @BeforeAll
    static void start() throws Exception {
        running = RunningHouse.start(directory, CLOCK);
        client = running.client();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void timeAndServicesAreToldToAnybody() throws Exception {
        assertThat(good(client.ask(DEVICE, "<GetSystemDateAndTime" + TDS + "/>")))
                .contains("<tt:Hour>10</tt:Hour>", "<tt:Year>2026</tt:Year>", "<tt:Month>11</tt:Month>");
        String services = good(client.ask(
                DEVICE, "<GetServices" + TDS + "><IncludeCapability>true</IncludeCapability></GetServices>"));
        String place = "https://127.0.0.1:" + running.web().port();
        assertThat(services)
                .contains("<tds:XAddr>" + place + DEVICE + "<", "<tds:XAddr>" + place + MEDIA2 + "<")
                .contains(
                        "RTSPWebSocketUri=\"wss://127.0.0.1:443/\"",
                        "SecureRTSPStreaming=\"true\"",
                        "HttpDigest=\"true\"",
                        "UsernameToken=\"false\"");
        assertThat(good(client.ask(
                        DEVICE, "<GetServices" + TDS + "><IncludeCapability>false</IncludeCapability></GetServices>")))
                .doesNotContain("SecureRTSPStreaming");
        assertThat(good(client.ask(DEVICE, "<GetCapabilities" + TDS + "><Category>All</Category></GetCapabilities>")))
                .contains("<tt:WSPullPointSupport>true<", "<tt:RTP_RTSP_TCP>true<");
    }

    @Test
    void theCameraIsDescribedToWhoHasALogin() throws Exception {
        String asked = "<GetDeviceInformation" + TDS + "/>";
        fault(client.ask(DEVICE, asked), 401, "NotAuthorized");
        assertThat(good(client.ask(DEVICE, asked, "guard")))
                .contains("<tds:SerialNumber>CS-0001<", "<tds:Manufacturer>CamSeal<", "<tds:HardwareId>gateway<");
        assertThat(good(client.ask(DEVICE, "<GetScopes" + TDS + "/>", "guard")))
                .contains("onvif://www.onvif.org/name/T%C3%BCr%20%3C1%3E%20%26%20%22Hof%22<")
                .contains("onvif://www.onvif.org/location/gate<", "/Profile/T<");
        assertThat(good(client.ask(DEVICE, "<GetNetworkInterfaces" + TDS + "/>", "guard")))
                .contains("<tt:Address>192.0.2.7</tt:Address><tt:PrefixLength>24<");
        assertThat(good(client.ask(DEVICE, "<GetNetworkProtocols" + TDS + "/>", "guard")))
                .contains("<tt:Name>HTTPS</tt:Name><tt:Enabled>true<", "<tt:Name>RTSP</tt:Name><tt:Enabled>false<");
    }

    @Test
    void usersAreToldToAdministratorsOnly() throws Exception {
        String asked = "<GetUsers" + TDS + "/>";
        fault(client.ask(DEVICE, asked), 401, "NotAuthorized");
        fault(client.ask(DEVICE, asked, "guard"), 400, "NotAuthorized");
        fault(client.ask(DEVICE, asked, "operator"), 400, "NotAuthorized");
        assertThat(good(client.ask(DEVICE, asked, "admin")))
                .contains("<tt:Username>guard</tt:Username><tt:UserLevel>User<")
                .doesNotContain("Password", "of guard");
    }

    @ParameterizedTest
    @CsvSource({"SystemReboot", "SetSystemFactoryDefault", "CreateUsers", "SetSystemDateAndTime"})
    void whatIsNotDoneIsRefusedAfterTheLogin(String operation) throws Exception {
        String asked = "<" + operation + TDS + "/>";
        fault(client.ask(DEVICE, asked), 401, "NotAuthorized");
        fault(client.ask(DEVICE, asked, "operator"), 400, "NotAuthorized");
        fault(client.ask(DEVICE, asked, "admin"), 500, "ActionNotSupported");
    }

    @Test
    void anUnknownOperationIsNotSupported() throws Exception {
        fault(client.ask(DEVICE, "<Explode" + TDS + "/>", "admin"), 500, "ActionNotSupported");
        fault(client.ask(DEVICE, "<GetProfiles" + TR2 + "/>", "admin"), 500, "ActionNotSupported");
    }

    @Test
    void profilesTellWhatTheStreamIs() throws Exception {
        String all = good(client.ask(MEDIA2, "<GetProfiles" + TR2 + "><Type>All</Type></GetProfiles>", "guard"));
        assertThat(all)
                .contains("token=\"main\"", "token=\"second\"", "<tt:Encoding>H265<", "<tt:Width>1920<")
                .contains("Signed=\"true\"", "Signed=\"false\"");
        assertThat(good(client.ask(MEDIA2, "<GetProfiles" + TR2 + "/>", "guard")))
                .doesNotContain("tt:Encoding");
        fault(
                client.ask(MEDIA2, "<GetProfiles" + TR2 + "><Token>third</Token></GetProfiles>", "guard"),
                400,
                "NoProfile");
        assertThat(good(client.ask(
                        MEDIA2,
                        "<GetVideoEncoderConfigurationOptions" + TR2
                                + "><ConfigurationToken>encoder-main</ConfigurationToken>"
                                + "</GetVideoEncoderConfigurationOptions>",
                        "guard")))
                .contains("SigningSupported=\"true\"", "<tt:Encoding>H264<")
                .doesNotContain("H265");
    }

    @ParameterizedTest
    @CsvSource({
        "RTSP, rtsps, 322, /main",
        "RTSPS, rtsps, 322, /main",
        "RtspsUnicast, rtsps, 322, /main?srtp=AES_CM_128_HMAC_SHA1_80",
        "RtspOverHttp, https, 443, /main",
    })
    void streamsAreServedInsideTls(String protocol, String scheme, int port, String path) throws Exception {
        String asked = "<GetStreamUri" + TR2 + "><Protocol>" + protocol
                + "</Protocol><ProfileToken>main</ProfileToken></GetStreamUri>";
        fault(client.ask(MEDIA2, asked), 401, "NotAuthorized");
        assertThat(good(client.ask(MEDIA2, asked, "guard")))
                .contains("<tr2:Uri>" + scheme + "://127.0.0.1:" + port + path + "</tr2:Uri>");
    }

    @ParameterizedTest
    @CsvSource({"RtspUnicast", "RtspMulticast", "RtspsMulticast", "anything"})
    void nothingIsServedInClear(String protocol) throws Exception {
        String asked = "<GetStreamUri" + TR2 + "><Protocol>" + protocol
                + "</Protocol><ProfileToken>main</ProfileToken></GetStreamUri>";
        fault(client.ask(MEDIA2, asked, "guard"), 400, "InvalidStreamSetup");
        fault(
                client.ask(
                        MEDIA2,
                        "<GetSnapshotUri" + TR2 + "><ProfileToken>main</ProfileToken></GetSnapshotUri>",
                        "guard"),
                500,
                "ActionNotSupported");
    }

    @Test
    void olderClientsFindTheStreamToo() throws Exception {
        assertThat(good(client.ask(MediaService.PATH, "<GetProfiles" + TRT + "/>", "guard")))
                .contains("<tt:H264Profile>Main<", "token=\"second\"");
        String asked = "<GetStreamUri" + TRT
                + "><StreamSetup><Stream xmlns='http://www.onvif.org/ver10/schema'>RTP-Unicast</Stream>"
                + "<Transport xmlns='http://www.onvif.org/ver10/schema'><Protocol>%s</Protocol></Transport></StreamSetup>"
                + "<ProfileToken>main</ProfileToken></GetStreamUri>";
        assertThat(good(client.ask(MediaService.PATH, asked.formatted("RTSP"), "guard")))
                .contains("<tt:Uri>rtsps://127.0.0.1:322/main<");
        fault(client.ask(MediaService.PATH, asked.formatted("UDP"), "guard"), 400, "InvalidStreamSetup");
    }

    @ParameterizedTest
    @CsvSource({"''", "'no xml'", "'<x/>'", "'<!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>'"})
    void whatIsNoSoapIsAFaultAndDisturbsNobody(String document) throws Exception {
        HttpResponse<String> response = client.send(DEVICE, document, "");
        fault(new SoapClient.Answer(response.statusCode(), response.body()), 400, "WellFormed");
        good(client.ask(DEVICE, "<GetHostname" + TDS + "/>"));
    }

    @Test
    void aLargeRequestIsNotRead() throws Exception {
        HttpResponse<String> response =
                client.send(DEVICE, SoapClient.envelope("<x>" + "y".repeat(70_000) + "</x>"), "");
        fault(new SoapClient.Answer(response.statusCode(), response.body()), 400, "WellFormed");
    }

    private static String subscribe(String filter) throws Exception {
        String answer = good(client.ask(
                EventService.PATH,
                "<CreatePullPointSubscription" + TEV + ">" + filter
                        + "<InitialTerminationTime>PT60S</InitialTerminationTime></CreatePullPointSubscription>",
                "guard"));
        Matcher path = SUBSCRIPTION.matcher(answer);
        assertThat(path.find()).as(answer).isTrue();
        return path.group();
    }

    private static String pull(String subscription, String time) throws Exception {
        return good(client.ask(
                subscription,
                "<PullMessages" + TEV + "><Timeout>" + time
                        + "</Timeout><MessageLimit>10</MessageLimit></PullMessages>",
                "guard"));
    }

    private static void unsubscribe(String subscription) throws Exception {
        good(client.ask(subscription, "<Unsubscribe" + WSNT + "/>", "guard"));
    }

    private static OnvifEvent tamper(String part, OnvifEvent.State state) {
        return new OnvifEvent.Tamper(CLOCK.instant(), part, state, "its lid & all");
    }

    private static OnvifEvent key(String id) {
        return new OnvifEvent.KeyChanged(CLOCK.instant(), id, Optional.empty(), KeyStatus.OK);
    }

    @Test
    void eventsAreToldAsTheyCome() throws Exception {
        String subscription = subscribe("");
        try {
            pull(subscription, "PT0S"); // how things were before is not what is waited for
            CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return pull(subscription, "PT20S");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            running.onvif().events().publish(tamper("lid", OnvifEvent.State.ALARM));
            assertThat(waiting.get(60, TimeUnit.SECONDS))
                    .contains(">tns1:Device/camseal:Tamper</wsnt:Topic>", "PropertyOperation=\"Changed\"")
                    .contains("Name=\"Source\" Value=\"lid\"", "Name=\"State\" Value=\"true\"")
                    .contains("Value=\"its lid &amp; all\"", "xmlns:camseal=\"urn:camseal:onvif:topics\"");
            running.onvif().events().publish(tamper("lid", OnvifEvent.State.ALARM));
            assertThat(pull(subscription, "PT0S")).as("nothing has changed").doesNotContain("Tamper");
        } finally {
            unsubscribe(subscription);
        }
        fault(
                client.ask(
                        subscription,
                        "<PullMessages" + TEV + "><Timeout>PT0S</Timeout><MessageLimit>1</MessageLimit></PullMessages>",
                        "guard"),
                400,
                "NoSubscription");
    }

    @Test
    void aPullIsBoundedAndKeepsItsSubscription() throws Exception {
        String subscription = subscribe("");
        try {
            SoapClient.Answer tooLong = client.ask(
                    subscription,
                    "<PullMessages" + TEV + "><Timeout>PT2M</Timeout><MessageLimit>1</MessageLimit></PullMessages>",
                    "guard");
            fault(tooLong, 400, "InvalidArgs");
            assertThat(tooLong.body())
                    .contains("<tev:MaxTimeout>PT1M</tev:MaxTimeout><tev:MaxMessageLimit>64</tev:MaxMessageLimit>");
            CLOCK.go(Duration.ofSeconds(50));
            running.onvif().events().publish(tamper("door", OnvifEvent.State.ALARM));
            pull(subscription, "PT1M");
            CLOCK.go(Duration.ofSeconds(50));
            assertThat(pull(subscription, "PT0S"))
                    .as("its first minute is over, the minute since the last pull is not")
                    .doesNotContain("Fault");
        } finally {
            CLOCK.go(Duration.ofSeconds(-100));
            unsubscribe(subscription);
        }
    }

    @Test
    void aSubscriberBeginsWithHowItIs() throws Exception {
        running.onvif().events().publish(tamper("case", OnvifEvent.State.CLEAR));
        String subscription = subscribe("<Filter><TopicExpression" + WSNT
                + " xmlns:tns1='http://www.onvif.org/ver10/topics' xmlns:c='urn:camseal:onvif:topics'"
                + " Dialect='http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet'>"
                + "tns1:Device/c:Tamper|tns1:VideoSource//.</TopicExpression></Filter>");
        try {
            assertThat(pull(subscription, "PT0S")).contains("PropertyOperation=\"Initialized\"", "Value=\"case\"");
            running.onvif().events().publish(key("tls-custom"));
            running.onvif()
                    .events()
                    .publish(new OnvifEvent.SignalLoss(CLOCK.instant(), "main", OnvifEvent.State.ALARM));
            assertThat(pull(subscription, "PT0S"))
                    .contains("tns1:VideoSource/SignalLoss")
                    .doesNotContain("KeyStatus");
            good(client.ask(subscription, "<SetSynchronizationPoint" + TEV + "/>", "guard"));
            assertThat(pull(subscription, "PT0S")).contains("Value=\"case\"", "SignalLoss");
        } finally {
            unsubscribe(subscription);
        }
    }

    @Test
    void filtersThatAreNotUnderstoodAreRefused() throws Exception {
        String open = "<CreatePullPointSubscription" + TEV + "><Filter>";
        String close = "</Filter></CreatePullPointSubscription>";
        for (String filter : new String[] {
            "<MessageContent" + WSNT + ">//x</MessageContent>",
            "<TopicExpression" + WSNT + " Dialect='urn:other'>a</TopicExpression>",
            "<TopicExpression" + WSNT + ">nobody:Device</TopicExpression>",
            "<TopicExpression" + WSNT + ">Device//x</TopicExpression>"
        }) {
            fault(client.ask(EventService.PATH, open + filter + close, "guard"), 400, "InvalidFilter");
        }
    }

    @Test
    void subscriptionsAreBoundedAndEnd() throws Exception {
        FakeClock clock = new FakeClock();
        EventBoard board = new EventBoard(clock, new SecureRandom());
        for (int i = 0; i < EventBoard.MOST_SUBSCRIPTIONS; i++) {
            board.subscribe(ALL_TOPICS, clock.instant().plusSeconds(60));
        }
        assertThatThrownBy(() -> board.subscribe(ALL_TOPICS, clock.instant().plusSeconds(60)))
                .isInstanceOf(OnvifException.Refused.class)
                .hasMessageContaining("subscriptions, which is all it takes");
        clock.go(Duration.ofSeconds(61));
        assertThat(board.subscribe(ALL_TOPICS, clock.instant().plusSeconds(60)))
                .as("those whose time is over make room")
                .isNotNull();
    }

    @Test
    void aSlowSubscriberLosesTheOldestAndNobodyElseAnything() throws Exception {
        Subscription slow =
                running.onvif().events().subscribe(ALL_TOPICS, CLOCK.instant().plusSeconds(60));
        try {
            for (int i = 0; i <= Subscription.MOST_WAITING + 5; i++) {
                running.onvif().events().publish(key("key-" + i));
            }
            var taken = slow.pull(Duration.ZERO, Integer.MAX_VALUE);
            assertThat(taken).hasSize(Subscription.MOST_WAITING);
            assertThat(taken.getLast().event().source()).containsExactly("key-" + (Subscription.MOST_WAITING + 5));
        } finally {
            running.onvif().events().end(slow);
        }
    }

    @Test
    void topicsAreDescribed() throws Exception {
        assertThat(good(client.ask(EventService.PATH, "<GetEventProperties" + TEV + "/>", "guard")))
                .contains("<tns1:Device><camseal:Tamper wstop:topic=\"true\">")
                .contains("<tns1:Advancedsecurity><Keystore><camseal:CertificateExpiry wstop:topic=\"true\">")
                .contains("<KeyStatus wstop:topic=\"true\"><tt:MessageDescription IsProperty=\"false\">");
    }
}
