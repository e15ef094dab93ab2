package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A socket from which datagrams leave, for one thread at a time. */
sealed interface DatagramSender extends Closeable permits DatagramSender.OneByOne, SegmentedSender {
    /** So that a key picture for many readers finds room. */
    int SEND_BUFFER = 1 << 20;

    /** On a port that the system gives; the cheaper kind where the system has it. */
    static DatagramSender open(InetAddress address) throws IOException {
        SegmentedSender segmented = SegmentedSender.open(address);
        return segmented != null ? segmented : OneByOne.open(address);
    }

    int port();

    /**
     * Sends datagrams that stand back to back in a direct buffer, from its position to its limit.
     *
     * @param size bytes of each but the last, which may be shorter
     */
    void send(ByteBuffer datagrams, int size, InetSocketAddress to) throws IOException;

    /** The JDK's own: one call of the system for each datagram. */
    record OneByOne(DatagramChannel channel) implements DatagramSender {
        static OneByOne open(InetAddress address) throws IOException {
            // Where all addresses of the machine are meant, readers may come by IPv4 and IPv6.
            DatagramChannel channel = address instanceof Inet4Address && !address.isAnyLocalAddress()
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            try {
                channel.bind(new InetSocketAddress(address, 0));
                channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
                return new OneByOne(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public int port() {
            return channel.socket().getLocalPort();
        }

        @Override
        public void send(ByteBuffer datagrams, int size, InetSocketAddress to) throws IOException {
            int end = datagrams.limit();
            while (datagrams.position() < end) {
                datagrams.limit(Math.min(end, datagrams.position() + size));
                channel.send(datagrams, to);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
