package org.camseal.streaming.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.camseal.streaming.rtsp.TransportSpec;
import org.jspecify.annotations.Nullable;

/** The two UDP sockets of one track: an even port for RTP, the odd one behind it for RTCP. Hears nobody but the server. */
final class DatagramReceiver implements Closeable {
    private static final int ATTEMPTS = 50;
    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;
    private static final int TICK_MILLIS = 10;

    /** Hears what arrives, each on its own thread. */
    interface Listener {
        void media(byte[] packet) throws InterruptedException;

        void control(byte[] compound);

        /** Nothing has arrived for some milliseconds. */
        void quiet() throws InterruptedException;
    }

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private volatile @Nullable InetAddress server;
    private volatile @Nullable InetSocketAddress reportsTo;

    private DatagramReceiver(DatagramSocket rtp, DatagramSocket rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
    }

    /** On the local address that reaches the server. */
    static DatagramReceiver open(InetAddress local) throws SocketException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramSocket first = new DatagramSocket(new InetSocketAddress(local, 0));
            if (first.getLocalPort() % 2 == 0) {
                try {
                    DatagramSocket second = new DatagramSocket(new InetSocketAddress(local, first.getLocalPort() + 1));
                    first.setReceiveBufferSize(RECEIVE_BUFFER);
                    first.setSoTimeout(TICK_MILLIS);
                    return new DatagramReceiver(first, second);
                } catch (SocketException e) {
                    // the port behind it is taken: another try
                }
            }
            first.close();
        }
        throw new SocketException("no two free UDP ports in a row on " + local.getHostAddress());
    }

    /**
     * In a group, on the network that reaches the server. Bound to the group's own address, so that another group on the same port is not
     * heard.
     */
    static DatagramReceiver join(InetAddress group, TransportSpec.Pair ports, InetAddress local) throws IOException {
        NetworkInterface network = NetworkInterface.getByInetAddress(local);
        if (network == null) {
            throw new SocketException("no network has the address " + local.getHostAddress());
        }
        MulticastSocket first = joined(group, ports.rtp(), network);
        try {
            first.setReceiveBufferSize(RECEIVE_BUFFER);
            first.setSoTimeout(TICK_MILLIS);
            return new DatagramReceiver(first, joined(group, ports.rtcp(), network));
        } catch (IOException e) {
            first.close();
            throw e;
        }
    }

    private static MulticastSocket joined(InetAddress group, int port, NetworkInterface network) throws IOException {
        MulticastSocket socket = new MulticastSocket(new InetSocketAddress(group, port));
        try {
            socket.joinGroup(new InetSocketAddress(group, port), network);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    TransportSpec.Pair ports() {
        return new TransportSpec.Pair(rtp.getLocalPort(), rtcp.getLocalPort());
    }

    /** Hears one server from now on; a first report from both ports opens the way through an address translation. */
    void start(InetAddress from, TransportSpec.@Nullable Pair serverPorts, byte[] firstReport, Listener listener) {
        server = from;
        if (serverPorts != null && serverPorts.rtp() > 0 && serverPorts.rtcp() > 0) {
            reportsTo = new InetSocketAddress(from, serverPorts.rtcp());
            send(rtp, firstReport, new InetSocketAddress(from, serverPorts.rtp()));
            report(firstReport);
        }
        Thread.ofVirtual().name("rtp-" + rtp.getLocalPort()).start(() -> hear(rtp, listener));
        Thread.ofVirtual().name("rtcp-" + rtcp.getLocalPort()).start(() -> hear(rtcp, listener));
    }

    private void hear(DatagramSocket socket, Listener listener) {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                if (!packet.getAddress().equals(server)) {
                    continue;
                }
                byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
                if (socket == rtp) {
                    listener.media(bytes);
                } else {
                    listener.control(bytes);
                }
            } catch (SocketTimeoutException e) {
                if (!quiet(listener)) {
                    return;
                }
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean quiet(Listener listener) {
        try {
            listener.quiet();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a report to the server's RTCP port, where it has one. */
    void report(byte[] compound) {
        InetSocketAddress to = reportsTo;
        if (to != null) {
            send(rtcp, compound, to);
        }
    }

    private static void send(DatagramSocket from, byte[] bytes, InetSocketAddress to) {
        try {
            from.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            // A report that does not arrive is one that was lost.
        }
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
