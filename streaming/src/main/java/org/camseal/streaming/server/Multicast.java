package org.camseal.streaming.server;

import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/**
 * The group that one stream is sent to, once for all who hear it. A server without TLS sends RTP, one with TLS sends SRTP under one key
 * that its descriptions hand over inside TLS. Whoever had that key can read the group until nobody hears it any more: then it is
 * thrown away.
 *
 * @param group a multicast address, of the same family as the server's
 * @param port of the first track's RTP, even, 1024 to 65500; RTCP has the one above, and each further track the next two
 * @param ttl how many routers a packet may pass, 1 to 255; 1 stays in the local network
 * @param network that packets leave by; null for the one that the system chooses
 */
public record Multicast(
        InetAddress group, int port, int ttl, @Nullable NetworkInterface network) {
    /** The parameter of a URI that asks: {@code multicast=1}. */
    public static final String PARAMETER = "multicast";

    public Multicast {
        if (!group.isMulticastAddress()) {
            throw new IllegalArgumentException(group.getHostAddress()
                    + " is no multicast address; 239.0.0.0 to 239.255.255.255 are for use within a site (RFC 2365)");
        }
        if (port < 1024 || port > 65_500 || port % 2 != 0) {
            throw new IllegalArgumentException("port " + port + "; an even one from 1024 to 65500 expected");
        }
        if (ttl < 1 || ttl > 255) {
            throw new IllegalArgumentException("time to live " + ttl + "; 1 to 255 expected");
        }
    }
}
