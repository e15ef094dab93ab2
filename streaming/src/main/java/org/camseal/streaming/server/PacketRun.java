package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Packets for one reader that leave together: all of one size but the last, which may be shorter, as the fragments of one picture are. What
 * does not fit behind the others sends them first, so the order stays. Confined to one thread at a time.
 */
final class PacketRun {
    /** As many as the system divides (UDP_MAX_SEGMENTS). */
    private static final int MOST_PACKETS = 64;

    /** A datagram's most bytes, headers off; the system takes a run as one that it divides later. */
    private static final int MOST_BYTES = 65_000;

    private final DatagramSender sender;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private int size;
    private int packets;

    PacketRun(DatagramSender sender) {
        this.sender = sender;
    }

    /** One more packet: a header, and a payload from the start of an array; the whole at most {@value #MOST_BYTES} bytes. */
    void add(byte[] header, byte[] payload, int length, InetSocketAddress to) throws IOException {
        int bytes = header.length + length;
        if (bytes > MOST_BYTES) {
            throw new IOException("a packet of " + bytes + " bytes; UDP takes " + MOST_BYTES);
        }
        boolean lastWasShorter = buffer.position() != packets * size;
        if (packets == MOST_PACKETS || bytes > size || lastWasShorter || buffer.position() + bytes > MOST_BYTES) {
            send(to);
            size = bytes;
        }
        buffer.put(header).put(payload, 0, length);
        packets++;
    }

    /** Sends what waits. */
    void send(InetSocketAddress to) throws IOException {
        if (packets > 0) {
            try {
                sender.send(buffer.flip(), size, to);
            } finally {
                buffer.clear();
                packets = 0;
                size = 0;
            }
        }
    }
}
