package org.camseal.onvif.discovery;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.List;

/** Who is in the networks of one interface. Only they are answered: an address from elsewhere is most likely forged. */
final class Neighbourhood {
    private final List<Network> networks;

    /** The addresses that share so many leading bits with one. */
    record Network(InetAddress address, int prefixLength) {
        boolean holds(InetAddress other) {
            byte[] own = address.getAddress();
            byte[] asked = other.getAddress();
            if (own.length != asked.length) {
                return false;
            }
            for (int bit = 0; bit < prefixLength; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((own[bit / 8] & mask) != (asked[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    Neighbourhood(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    static Neighbourhood of(NetworkInterface of) {
        return new Neighbourhood(
                of.getInterfaceAddresses().stream().map(Neighbourhood::network).toList());
    }

    private static Network network(InterfaceAddress address) {
        return new Network(address.getAddress(), address.getNetworkPrefixLength());
    }

    boolean holds(InetAddress address) {
        return address.isLinkLocalAddress() || networks.stream().anyMatch(network -> network.holds(address));
    }
}
