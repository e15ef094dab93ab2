package org.camseal.onvif;

import java.net.InetAddress;
import java.util.List;

/**
 * How a camera is connected.
 *
 * @param httpsPort of the pages and of these services
 * @param rtspsPort of RTSP over TLS
 */
public record NetworkFacts(List<Interface> interfaces, int httpsPort, int rtspsPort) {
    public NetworkFacts {
        interfaces = List.copyOf(interfaces);
    }

    /**
     * @param name of the system, such as {@code eth0}
     * @param hardwareAddress six bytes in hexadecimal with hyphens; empty if it has none
     */
    public record Interface(String name, String hardwareAddress, List<Address> addresses) {
        public Interface {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * @param prefixLength bits of the network
     */
    public record Address(InetAddress address, int prefixLength) {}
}
