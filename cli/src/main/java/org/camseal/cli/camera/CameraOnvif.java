package org.camseal.cli.camera;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.camseal.camera.CameraEvent;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.onvif.DeviceFacts;
import org.camseal.onvif.OnvifEvent;
import org.camseal.onvif.OnvifServer;
import org.camseal.onvif.OnvifSettings;
import org.camseal.onvif.Snapshots;
import org.camseal.onvif.discovery.Announcement;
import org.camseal.onvif.discovery.Discovery;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.login.OnvifUsers;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.web.Routes;

/** The ONVIF services of a running camera: told its events, and found in its networks where the settings say so. */
final class CameraOnvif implements AutoCloseable {
    private static final long LOOK_SECONDS = 3_600;

    private final OnvifServer server;
    private final CameraFacts facts;
    private final List<Discovery> discoveries = new ArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());

    private CameraOnvif(OnvifServer server, CameraFacts facts) {
        this.server = server;
        this.facts = facts;
    }

    /**
     * What the services are about, beside the stream.
     *
     * @param snapshots where the owner lets pictures be shown in clear
     */
    record Parts(OnvifUsers users, Keystore keystore, Optional<Snapshots> snapshots) {}

    /** The services, added to the routes of the camera's HTTPS server. */
    static CameraOnvif add(Routes routes, CameraFacts facts, Parts parts, CameraFile settings) {
        OnvifSettings rules = new OnvifSettings(
                settings.rtsp().legacyDigest(),
                settings.onvif().tokens() ? Logins.UsernameTokens.ACCEPTED : Logins.UsernameTokens.IGNORED);
        OnvifServer server = OnvifServer.of(
                new OnvifServer.Camera(facts, parts.users(), parts.keystore(), parts.snapshots()),
                rules,
                new OnvifServer.Surroundings(InstantSource.system(), new SecureRandom()));
        server.add(routes);
        return new CameraOnvif(server, facts);
    }

    /** Is found in the network of each of these interfaces from now on. */
    void announce(List<String> interfaces) throws CommandFailure {
        for (String name : interfaces) {
            try {
                NetworkInterface found = NetworkInterface.getByName(name);
                if (found == null) {
                    throw new CommandFailure(
                            ExitCode.USAGE,
                            "onvif.discovery-interfaces: there is no interface " + name,
                            "ip link shows them");
                }
                discoveries.add(Discovery.start(
                        Discovery.Place.of(found),
                        () -> announcement(found),
                        new Discovery.Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom())));
            } catch (SocketException | OnvifException.CannotListen e) {
                throw new CommandFailure(ExitCode.IO, "onvif discovery on " + name + ": " + e.getMessage(), null, e);
            }
        }
    }

    private Announcement announcement(NetworkInterface on) {
        DeviceFacts device = facts.device();
        List<URI> addresses = new ArrayList<>();
        for (InetAddress address : CameraFacts.addresses(on)) {
            String host = address.getAddress().length == 4
                    ? address.getHostAddress()
                    : "[" + address.getHostAddress().replaceFirst("%.*", "") + "]";
            addresses.add(URI.create("https://" + host + ":" + facts.httpsPort().get() + OnvifServer.DEVICE_SERVICE));
        }
        List<String> scopes = device.scopes().stream().map(scope -> scope.uri()).toList();
        return new Announcement(device.endpoint(), scopes, addresses, 1);
    }

    /** Tells subscribers what matters to them. */
    void tell(CameraEvent event) {
        String video = facts.camera().status().stream().stream();
        switch (event) {
            case CameraEvent.SourceStarted e ->
                server.events().publish(new OnvifEvent.SignalLoss(e.at(), video, OnvifEvent.State.CLEAR));
            case CameraEvent.SourceLost e ->
                server.events().publish(new OnvifEvent.SignalLoss(e.at(), video, OnvifEvent.State.ALARM));
            case CameraEvent.SourceUnusable e ->
                server.events().publish(new OnvifEvent.SignalLoss(e.at(), video, OnvifEvent.State.ALARM));
            case CameraEvent.SourceEnded e ->
                server.events().publish(new OnvifEvent.SignalLoss(e.at(), video, OnvifEvent.State.ALARM));
            case CameraEvent.NotSigned e -> alarm(e.at(), "signing", e.cause());
            case CameraEvent.Stopped e -> alarm(e.at(), "sealing", e.cause());
            case CameraEvent.SourceGap _,
                    CameraEvent.UnitsDropped _,
                    CameraEvent.SignerChanged _,
                    CameraEvent.Reader _ -> {
                // for the log
            }
        }
    }

    private void alarm(Instant at, String part, String cause) {
        server.events().publish(new OnvifEvent.Tamper(at, part, OnvifEvent.State.ALARM, cause));
    }

    /** Tells how long the certificates still count, now and each hour. */
    void watchCertificates() {
        look();
        var _ = looks.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            server.tellExpiry();
        } catch (OnvifException.Refused e) {
            // The element or its store does not answer now; the next look tells.
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        discoveries.forEach(Discovery::close);
        server.close();
    }
}
