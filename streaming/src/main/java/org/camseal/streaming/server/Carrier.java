package org.camseal.streaming.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtsp.TransportSpec;

/** The way of one track's packets to one reader. Between {@link #begin()} and {@link #end()} it belongs to one thread. */
sealed interface Carrier {
    void begin();

    /** One RTP packet: a header of 12 bytes, and a payload that is shared. */
    void media(byte[] header, byte[] payload) throws IOException;

    /** One compound RTCP packet. */
    void control(byte[] compound) throws IOException;

    void end() throws IOException;

    /** Frees what it holds besides the connection. */
    void close();

    /** Inside the RTSP connection. */
    record Interleaved(ServerConnection connection, TransportSpec.Pair channels) implements Carrier {
        private static final byte[] NOTHING = new byte[0];

        @Override
        public void begin() {
            connection.beginFrames();
        }

        @Override
        public void media(byte[] header, byte[] payload) throws IOException {
            connection.frame(channels.rtp(), header, payload);
        }

        @Override
        public void control(byte[] compound) throws IOException {
            connection.frame(channels.rtcp(), NOTHING, compound);
        }

        @Override
        public void end() throws IOException {
            connection.endFrames();
        }

        @Override
        public void close() {
            connection.releaseChannels(channels);
        }
    }

    /** By UDP from the server's two sockets. */
    final class Datagrams implements Carrier {
        /** Packets that leave back to back; then a short rest, so that a large key frame does not overrun the reader's buffer. */
        private static final int BURST = 32;

        private static final long REST_NANOS = 1_000_000;
        /** As long as a packet may take to be overtaken by a later one on another port. */
        static final long SETTLE_NANOS = 1_000_000_000;

        private final UdpSockets sockets;
        private final InetSocketAddress rtp;
        private final InetSocketAddress rtcp;
        private int sent;

        Datagrams(UdpSockets sockets, InetSocketAddress rtp, InetSocketAddress rtcp) {
            this.sockets = sockets;
            this.rtp = rtp;
            this.rtcp = rtcp;
        }

        @Override
        public void begin() {}

        @Override
        public void media(byte[] header, byte[] payload) throws IOException {
            byte[] packet = new byte[RtpPacket.HEADER_LENGTH + payload.length];
            System.arraycopy(header, 0, packet, 0, RtpPacket.HEADER_LENGTH);
            System.arraycopy(payload, 0, packet, RtpPacket.HEADER_LENGTH, payload.length);
            sockets.rtp().send(new DatagramPacket(packet, packet.length, rtp));
            if (++sent % BURST == 0) {
                LockSupport.parkNanos(REST_NANOS);
            }
        }

        @Override
        public void control(byte[] compound) throws IOException {
            sockets.rtcp().send(new DatagramPacket(compound, compound.length, rtcp));
        }

        @Override
        public void end() {}

        @Override
        public void close() {
            sockets.forget(rtcp);
        }
    }
}
