package org.camseal.web;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;

/** How many connections one address may hold at a time: who opens more has the newest closed, so that one alone cannot take all there are. */
final class AddressShare implements Connection.Listener {
    private final int most;
    private final Map<String, Integer> open = new HashMap<>();

    AddressShare(int most) {
        this.most = most;
    }

    private static InetAddress remote(Connection connection) {
        return Remote.address(connection.getEndPoint().getRemoteSocketAddress());
    }

    @Override
    public void onOpened(Connection connection) {
        String network = RequestRate.network(remote(connection));
        int now;
        synchronized (open) {
            now = open.merge(network, 1, Integer::sum);
        }
        if (now > most) {
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        String network = RequestRate.network(remote(connection));
        synchronized (open) {
            open.computeIfPresent(network, (_, count) -> count > 1 ? count - 1 : null);
        }
    }
}
