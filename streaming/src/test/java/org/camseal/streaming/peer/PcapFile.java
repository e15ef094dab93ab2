package org.camseal.streaming.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A capture that was never one: packets of IPv4 between 127.0.0.1 and 127.0.0.2, written from what a test has sent and received itself, so that
 * it needs no right to capture. Checksums are left out, as capturing machines with clever cards see them too.
 */
final class PcapFile {
    private static final int RAW_IP = 101; // LINKTYPE_RAW
    private static final int SNAP = 65_535;
    private static final byte TCP = 6;
    private static final byte UDP = 17;
    private static final int[] CLIENT = {127, 0, 0, 1};
    private static final int[] SERVER = {127, 0, 0, 2};

    /** Who sends. */
    enum From {
        CLIENT,
        SERVER
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int clientSequence = 1;
    private int serverSequence = 1;
    private int packets;

    PcapFile() {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0).putInt(SNAP).putInt(RAW_IP);
        bytes.writeBytes(header.array());
    }

    /** What one side writes into their one TCP connection, to this port of the server. */
    void tcp(From from, int serverPort, byte[] data) {
        boolean client = from == From.CLIENT;
        ByteBuffer segment = ByteBuffer.allocate(20 + data.length);
        segment.putShort((short) (client ? 40_000 : serverPort)).putShort((short) (client ? serverPort : 40_000));
        segment.putInt(client ? clientSequence : serverSequence);
        segment.putInt(client ? serverSequence : clientSequence);
        segment.put((byte) 0x50).put((byte) 0x18).putShort((short) 65_535).putInt(0); // PSH, ACK
        packet(from, TCP, segment.put(data).array());
        if (client) {
            clientSequence += data.length;
        } else {
            serverSequence += data.length;
        }
    }

    /** One datagram. */
    void udp(From from, int fromPort, int toPort, byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
        datagram.putShort((short) fromPort).putShort((short) toPort);
        datagram.putShort((short) (8 + data.length)).putShort((short) 0);
        packet(from, UDP, datagram.put(data).array());
    }

    private void packet(From from, byte protocol, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(20 + payload.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (20 + payload.length));
        packet.putInt(0).put((byte) 64).put(protocol).putShort((short) 0);
        put(packet, from == From.CLIENT ? CLIENT : SERVER);
        put(packet, from == From.CLIENT ? SERVER : CLIENT);
        packet.put(payload);
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(1_790_000_000).putInt(packets++).putInt(packet.limit()).putInt(packet.limit());
        bytes.writeBytes(header.array());
        bytes.writeBytes(packet.array());
    }

    private static void put(ByteBuffer to, int... address) {
        for (int part : address) {
            to.put((byte) part);
        }
    }

    void write(Path file) throws IOException {
        Files.write(file, bytes.toByteArray());
    }
}
