package org.camseal.onvif;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.login.OnvifUsers;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.web.Routes;

/**
 * The ONVIF services of one camera, as routes of its HTTPS server. They are for HTTPS only: what they tell says so in every address.
 * Safe for use by several threads.
 */
public final class OnvifServer implements AutoCloseable {
    /** The path of the device service, which discovery tells. */
    public static final String DEVICE_SERVICE = DeviceService.PATH;

    private final EventBoard board;
    private final ExpiryWatch expiry;
    private final List<Endpoint> endpoints;
    private final Optional<SnapshotRoute> snapshots;

    /** Clock and randomness, given. */
    public record Surroundings(InstantSource clock, RandomGenerator random) {}

    private OnvifServer(
            EventBoard board, ExpiryWatch expiry, List<Endpoint> endpoints, Optional<SnapshotRoute> snapshots) {
        this.board = board;
        this.expiry = expiry;
        this.endpoints = List.copyOf(endpoints);
        this.snapshots = snapshots;
    }

    /**
     * What the services are about.
     *
     * @param facts what they tell
     * @param users who may log in
     * @param keystore keys and certificates
     * @param snapshots pictures in clear, where the owner lets them be shown; else none
     */
    public record Camera(OnvifFacts facts, OnvifUsers users, Keystore keystore, Optional<Snapshots> snapshots) {}

    /** The services of one camera. */
    public static OnvifServer of(Camera camera, OnvifSettings settings, Surroundings around) {
        OnvifFacts facts = camera.facts();
        EventBoard board = new EventBoard(around.clock(), around.random());
        Logins logins =
                new Logins(camera.users(), settings.legacy(), settings.tokens(), around.clock(), around.random());
        List<OnvifService> services = new ArrayList<>();
        DeviceCapabilities capabilities =
                new DeviceCapabilities(() -> List.copyOf(services), settings.legacy(), settings.tokens());
        EventService events = new EventService(board, around.clock());
        services.add(new DeviceService(facts, camera.users(), capabilities, around.clock()).service());
        services.add(new Media2Service(facts, camera.snapshots()).service());
        services.add(new MediaService(facts, camera.snapshots()).service());
        services.add(events.service());
        services.add(new SecurityService(camera.keystore(), camera.facts(), board, around.clock()).service());
        Authority authority = new Authority(() -> facts.network().httpsPort());
        List<Endpoint> endpoints = new ArrayList<>();
        services.forEach(service -> endpoints.add(new Endpoint(
                service.path(), Endpoint.operations(service.namespace(), service.offered()), logins, authority)));
        List<Endpoint.Offered> subscription =
                new ArrayList<>(Endpoint.operations(Namespaces.EVENTS, events.pullPoint()));
        subscription.addAll(Endpoint.operations(Namespaces.NOTIFICATION, events.subscriptionManager()));
        endpoints.add(new Endpoint(
                EventService.SUBSCRIPTION_PATH + "{" + Endpoint.SUBSCRIPTION + "}", subscription, logins, authority));
        return new OnvifServer(
                board,
                new ExpiryWatch(camera.keystore(), board, around.clock()),
                endpoints,
                camera.snapshots().map(pictures -> new SnapshotRoute(facts, pictures, logins)));
    }

    /** Adds the services' routes. */
    public void add(Routes routes) {
        endpoints.forEach(endpoint -> routes.post(endpoint.pattern(), endpoint));
        snapshots.ifPresent(route -> routes.get(SnapshotRoute.PATTERN, route));
    }

    /** Where events are told. */
    public EventBoard events() {
        return board;
    }

    /**
     * Tells how long each certificate still counts, where that has changed. To be called from time to time, such as each hour.
     *
     * @throws OnvifException.Refused if the element or the store cannot tell
     */
    public void tellExpiry() throws OnvifException.Refused {
        expiry.look();
    }

    /** Lets all who wait for events go. */
    @Override
    public void close() {
        board.close();
    }
}
