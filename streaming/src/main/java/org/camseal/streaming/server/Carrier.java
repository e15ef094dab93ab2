package org.camseal.streaming.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import org.camseal.streaming.Transport;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/** The way of one track's packets to one reader. Between {@link #begin()} and {@link #end()} it belongs to one thread. */
sealed interface Carrier {
    byte[] NOTHING = new byte[0];

    Transport transport();

    void begin();

    /** One RTP packet: a header, with its extension if it has one, and a payload that is shared. */
    void media(byte[] header, byte[] payload) throws IOException;

    /** One media packet as it is to arrive, from the start of an array that may be written to afterwards. */
    void packet(byte[] bytes, int length) throws IOException;

    /** One compound RTCP packet. */
    void control(byte[] compound) throws IOException;

    void end() throws IOException;

    /** Frees what it holds besides the connection. */
    void close();

    /** Inside the RTSP connection. */
    record Interleaved(ServerConnection connection, TransportSpec.Pair channels) implements Carrier {
        @Override
        public Transport transport() {
            return Transport.TCP;
        }

        @Override
        public void begin() {
            connection.beginFrames();
        }

        @Override
        public void media(byte[] header, byte[] payload) throws IOException {
            connection.frame(channels.rtp(), header, payload, payload.length);
        }

        @Override
        public void packet(byte[] bytes, int length) throws IOException {
            connection.frame(channels.rtp(), NOTHING, bytes, length);
        }

        @Override
        public void control(byte[] compound) throws IOException {
            connection.frame(channels.rtcp(), NOTHING, compound, compound.length);
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
        /** As long as a packet may take to be overtaken by a later one on another port. */
        static final long SETTLE_NANOS = 1_000_000_000;

        private final UdpSockets sockets;
        private final InetSocketAddress rtp;
        private final InetSocketAddress rtcp;

        Datagrams(UdpSockets sockets, InetSocketAddress rtp, InetSocketAddress rtcp) {
            this.sockets = sockets;
            this.rtp = rtp;
            this.rtcp = rtcp;
        }

        @Override
        public Transport transport() {
            return Transport.UDP;
        }

        @Override
        public void begin() {
            sockets.begin();
        }

        @Override
        public void media(byte[] header, byte[] payload) throws IOException {
            sockets.add(header, payload, payload.length, rtp);
        }

        @Override
        public void packet(byte[] bytes, int length) throws IOException {
            sockets.add(NOTHING, bytes, length, rtp);
        }

        @Override
        public void control(byte[] compound) throws IOException {
            sockets.rtcp().send(new DatagramPacket(compound, compound.length, rtcp));
        }

        @Override
        public void end() throws IOException {
            sockets.end(rtp);
        }

        @Override
        public void close() {
            sockets.forget(rtcp);
        }
    }

    /**
     * Under what a track is protected now.
     *
     * @param mki null where packets carry none
     */
    record Keying(SrtpKey key, @Nullable Mki mki, int rolloverCounter) {}

    /** As SRTP and SRTCP, by another way. The key may be exchanged from any thread. */
    final class Protected implements Carrier {
        private static final int USUAL_PACKET = 1_500;

        private final Carrier way;
        private final SrtpSender sender;
        private final SrtpReceiver reports;
        private SrtpKey key;
        private @Nullable Mki mki;
        private byte[] buffer = new byte[USUAL_PACKET];

        /** @param reports opens the reader's reports, under another key too when it is exchanged */
        Protected(Carrier way, OfferedKeys.Agreed agreed, SrtpReceiver reports) {
            this.way = way;
            this.key = agreed.key();
            this.mki = agreed.mki();
            this.sender = new SrtpSender(key, mki, agreed.ssrc());
            this.reports = reports;
        }

        @Override
        public Transport transport() {
            return way.transport();
        }

        @Override
        public void begin() {
            way.begin();
        }

        @Override
        public void media(byte[] header, byte[] payload) throws IOException {
            way.packet(buffer, protect(header, payload));
        }

        private synchronized int protect(byte[] header, byte[] payload) {
            int most = header.length + payload.length + sender.overhead();
            if (buffer.length < most) {
                buffer = new byte[most];
            }
            return sender.protect(header, payload, buffer);
        }

        @Override
        public void packet(byte[] bytes, int length) {
            throw new IllegalStateException("a packet that is not protected yet has a header and a payload");
        }

        @Override
        public void control(byte[] compound) throws IOException {
            way.control(protectControl(compound));
        }

        private synchronized byte[] protectControl(byte[] compound) {
            return sender.protectControl(compound);
        }

        synchronized Keying keying() {
            return new Keying(key, mki, sender.rolloverCounter());
        }

        /** Goes on under another key; false where its profile is another, or its MKI is the same or of another length. */
        synchronized boolean renew(SrtpKey next, Mki nextMki) {
            Mki before = mki;
            if (before == null
                    || before.equals(nextMki)
                    || before.length() != nextMki.length()
                    || key.profile() != next.profile()) {
                return false;
            }
            reports.accept(next, nextMki);
            sender.rekey(next, nextMki);
            key = next;
            mki = nextMki;
            return true;
        }

        @Override
        public void end() throws IOException {
            way.end();
        }

        @Override
        public void close() {
            way.close();
        }
    }
}
