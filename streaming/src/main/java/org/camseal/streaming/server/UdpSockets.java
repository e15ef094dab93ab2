package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.Unprotected;
import org.jspecify.annotations.Nullable;

/** The two sockets from which a server sends RTP and RTCP to all its UDP readers, and hears their reports. */
final class UdpSockets implements Closeable {
    private static final int ATTEMPTS = 50;
    private static final int SEND_BUFFER = 1 << 20;

    private final DatagramSocket rtp;
    private final DatagramSocket rtcp;
    private final Map<InetSocketAddress, Reader> readers = new ConcurrentHashMap<>();

    /**
     * Whose reports come from an address.
     *
     * @param reports opens them; null where they come in clear
     */
    record Reader(Session session, @Nullable SrtpReceiver reports) {}

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
    boolean expect(InetSocketAddress reporter, Reader reader) {
        return readers.putIfAbsent(reporter, reader) == null;
    }

    void forget(InetSocketAddress reporter) {
        readers.remove(reporter);
    }

    private void listen() {
        byte[] buffer = new byte[2048];
        while (!rtcp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                rtcp.receive(packet);
                Reader reader = readers.get((InetSocketAddress) packet.getSocketAddress());
                int length = reader == null ? 0 : clearLength(reader, buffer, packet.getLength());
                if (reader != null
                        && !RtcpCodec.parse(Arrays.copyOf(buffer, length)).isEmpty()) {
                    reader.session().touch();
                }
            } catch (ProtocolException e) {
                // Whoever sends it, it is no report; there is nobody to tell.
            } catch (IOException e) {
                if (rtcp.isClosed()) {
                    return;
                }
            }
        }
    }

    /** Of a report, once it is opened; 0 where it is not authentic. */
    private static int clearLength(Reader reader, byte[] buffer, int length) {
        SrtpReceiver reports = reader.reports();
        if (reports == null) {
            return length;
        }
        return switch (reports.control(buffer, length)) {
            case Unprotected.Clear clear -> clear.length();
            case Unprotected.Refused refused -> 0;
        };
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
