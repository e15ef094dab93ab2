package org.camseal.onvif;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.camseal.web.Access;
import org.camseal.web.Routes;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;

/** The services of a test camera at work, without TLS on the loopback address, and who asks them. */
record RunningHouse(TestHouse house, OnvifServer onvif, WebServer web, SoapClient client) implements AutoCloseable {
    static RunningHouse start(Path directory, InstantSource clock) throws Exception {
        return start(directory, clock, Runnable::run, Optional.empty());
    }

    /** @param makers who makes keys of RSA */
    static RunningHouse start(Path directory, InstantSource clock, Executor makers, Optional<Snapshots> snapshots)
            throws Exception {
        TestHouse house = TestHouse.in(directory);
        OnvifServer onvif = house.onvif(OnvifSettings.STRICT, clock, makers, snapshots);
        Routes routes = new Routes();
        onvif.add(routes);
        WebServer web = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), routes);
        return new RunningHouse(house, onvif, web, new SoapClient(web.uri()));
    }

    @Override
    public void close() {
        client.close();
        onvif.close();
        web.close();
    }
}
