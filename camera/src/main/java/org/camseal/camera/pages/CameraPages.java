package org.camseal.camera.pages;

import java.util.List;
import java.util.stream.Stream;
import org.camseal.web.Routes;

/**
 * The camera's pages and their interface under {@code /api/}, and the tunnels of its stream; for an HTTPS server whose access rule lets
 * everybody ask.
 */
public final class CameraPages {
    private final PageDoor door;
    private final StreamTunnels tunnels;
    private final List<PageRoute> routes;

    /** @param world what they show and change */
    public CameraPages(PageWorld world) {
        Sessions sessions = new Sessions(
                world.accounts(), world.means().random(), world.means().nanoTime(), world.limits());
        SessionCookie cookie = new SessionCookie(world.keys().tls().serial());
        this.door = new PageDoor(world.accounts(), sessions, cookie);
        CertificateRoutes certificates = new CertificateRoutes(world);
        this.tunnels = new StreamTunnels(world.camera());
        this.routes = Stream.of(
                        new LoginRoutes(world.accounts(), sessions, cookie, world.log()).routes(),
                        new StatusRoutes(world.camera(), world.identity(), world.clock()).routes(),
                        certificates.routes(),
                        new OwnCertificateRoutes(world, certificates).routes(),
                        new StreamRoutes(world.camera(), world.recipients(), world.log()).routes(),
                        new UserRoutes(world.accounts(), world.log()).routes(),
                        new EventRoutes(world.log()).routes(),
                        new LiveRoutes(world.live(), world.means().nanoTime()).routes(),
                        new CardRoutes(world.card(), world.clock()).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Adds them. */
    public void add(Routes to) {
        routes.forEach(route -> door.add(route, to));
        to.handOver(tunnels);
        to.resources("/", CameraPages.class, "page").shared();
    }

    /** Every path with who may use it. */
    List<PageRoute> routes() {
        return routes;
    }
}
