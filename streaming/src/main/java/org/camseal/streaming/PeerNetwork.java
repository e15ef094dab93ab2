package org.camseal.streaming;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The network that counts as one neighbour where strangers are counted: an IPv4 address, or an IPv6 /64. */
public final class PeerNetwork {
    private PeerNetwork() {}

    /** A name for it, the same for all addresses in it. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
                : address.getHostAddress();
    }
}
