package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camseal.streaming.rtsp.TransportSpec;

/** The two sockets from which a server sends RTP and RTCP to all its UDP readers, and hears their reports. */
final class UdpSockets implements Closeable {
    private static final int ATTEMPTS = 50;
    private static final int SEND_BUFFER = 1 << 20;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final Map<InetSocketAddress, Reporter> reporters = new ConcurrentHashMap<>();

    private UdpSockets(DatagramSocket rtp, DatagramSocket rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /** On an even port that the system gives, and the odd one behind it (RFC 3550 section 11). */
    static UdpSockets open(InetAddress address) throws SocketException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramSocket first = new DatagramSocket(new InetSocketAddress(address, 0));
            if (first.getLocalPort() % 2 == 0) {
                try {
                    DatagramSocket second =
                            new DatagramSocket(new InetSocketAddress(address, first.getLocalPort() + 1));
                    first.setSendBufferSize(SEND_BUFFER);
                    UdpSockets sockets = new UdpSockets(first, second);
                    Thread.ofVirtual().name("rtcp").start(sockets::listen);
                    return sockets;
                } catch (SocketException e) {
                    // the port behind it is taken: another try
                }
            }
            first.close();
        }
        throw new SocketException("no two free UDP ports in a row on " + address.getHostAddress());
    }

    /** Prepares both for a group. */
    void sendsTo(Multicast group) throws IOException {
        for (DatagramSocket socket : List.of(rtp, rtcp)) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.ttl());
            NetworkInterface network = group.network();
            if (network != null) {
                socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            }
        }
    }

    DatagramSocket rtp() {
        return rtp;
    }

    DatagramSocket rtcp() {
        return rtcp;
    }

    TransportSpec.Pair ports() {
        return new TransportSpec.Pair(rtp.getLocalPort(), rtcp.getLocalPort());
    }

    /** Counts reports from an address as signs of life of a session; false where another session has the address. */
    boolean expect(InetSocketAddress address, Reporter reporter) {
        return reporters.putIfAbsent(address, reporter) == null;
    }

    void forget(InetSocketAddress address) {
        reporters.remove(address);
    }

    private void listen() {
        byte[] buffer = new byte[2048];
        while (!rtcp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                rtcp.receive(packet);
                Reporter reporter = reporters.get((InetSocketAddress) packet.getSocketAddress());
                if (reporter != null) {
                    reporter.heard(buffer, packet.getLength());
                }
            } catch (IOException e) {
                if (rtcp.isClosed()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
