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
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.streaming.rtsp.TransportSpec;

/** The two sockets from which a server sends RTP and RTCP to all its UDP readers, and hears their reports. */
final class UdpSockets implements Closeable {
    private static final int ATTEMPTS = 50;

    private final DatagramSender rtp;
    private final DatagramSocket rtcp;
    private final ReentrantLock sending = new ReentrantLock();
    private final PacketRun run;
    private final Map<InetSocketAddress, Reporter> reporters = new ConcurrentHashMap<>();

    private UdpSockets(DatagramSender rtp, DatagramSocket rtcp) {
        this.run = new PacketRun(rtp);
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /** On an even port that the system gives, and the odd one behind it (RFC 3550 section 11). */
    static UdpSockets open(InetAddress address) throws IOException {
        return open(address, DatagramSender::open);
    }

    /** The same for sending to a group, which needs options that only the JDK's own sockets have here. */
    static UdpSockets openForGroup(InetAddress address) throws IOException {
        return open(address, DatagramSender.OneByOne::open);
    }

    private interface Opener {
        DatagramSender open(InetAddress address) throws IOException;
    }

    private static UdpSockets open(InetAddress address, Opener opener) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramSender first = opener.open(address);
            int port = first.port();
            if (port % 2 == 0) {
                try {
                    DatagramSocket second = new DatagramSocket(new InetSocketAddress(address, port + 1));
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

    /** Prepares both for a group; of sockets that were opened for one. */
    void sendsTo(Multicast group) throws IOException {
        if (!(rtp instanceof DatagramSender.OneByOne(DatagramChannel media))) {
            throw new IllegalStateException("these sockets are for single readers");
        }
        media.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.ttl());
        rtcp.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.ttl());
        NetworkInterface network = group.network();
        if (network != null) {
            media.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            rtcp.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
        }
    }

    /** From here to {@link #end} packets of one reader are collected by one thread, and others wait. */
    void begin() {
        sending.lock();
    }

    /** One media packet of that reader: a header, and a payload from the start of an array. */
    void add(byte[] header, byte[] payload, int length, InetSocketAddress to) throws IOException {
        run.add(header, payload, length, to);
    }

    /** Sends what is collected. */
    void end(InetSocketAddress to) throws IOException {
        try {
            run.send(to);
        } finally {
            sending.unlock();
        }
    }

    DatagramSocket rtcp() {
        return rtcp;
    }

    TransportSpec.Pair ports() {
        return new TransportSpec.Pair(rtp.port(), rtcp.getLocalPort());
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
        sending.lock();
        try {
            rtp.close();
        } catch (IOException e) {
            // It is closed as far as we can.
        } finally {
            sending.unlock();
        }
        rtcp.close();
    }
}
