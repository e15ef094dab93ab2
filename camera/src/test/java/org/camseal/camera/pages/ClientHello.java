package org.camseal.camera.pages;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A ClientHello of an old or careless client (RFC 5246 section 7.4.1.2), byte by byte, because no TLS library of today offers what it offers.
 *
 * @param version 0x0300 for SSL 3.0 to 0x0303 for TLS 1.2
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record ClientHello(int version, int[] suites, int[] groups, int[] compressions) {
    static final int TLS_1_2 = 0x0303;
    static final int SECP256R1 = 23;
    static final int NULL_COMPRESSION = 0;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int[] SCHEMES = {0x0403, 0x0503, 0x0401, 0x0501, 0x0203, 0x0201};

    /** TLS 1.2 with those suites, and good in all else. */
    static ClientHello withSuites(int... suites) {
        return new ClientHello(TLS_1_2, suites, new int[] {SECP256R1}, new int[] {NULL_COMPRESSION});
    }

    ClientHello withVersion(int other) {
        return new ClientHello(other, suites, groups, compressions);
    }

    ClientHello withGroups(int... other) {
        return new ClientHello(version, suites, other, compressions);
    }

    ClientHello withCompressions(int... other) {
        return new ClientHello(version, suites, groups, other);
    }

    /** What the server says first: {@code alert N}, or {@code suite HEX compression N} of its ServerHello. */
    String answer(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(bytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.readShort();
            byte[] record = in.readNBytes(in.readUnsignedShort());
            if (type != HANDSHAKE) {
                return "alert " + record[1];
            }
            ByteBuffer hello = ByteBuffer.wrap(record);
            if (hello.get() != SERVER_HELLO) {
                throw new IOException("a handshake message of type " + record[0]);
            }
            hello.position(4 + 2 + 32); // its head, the version, the server's random
            hello.position(hello.position() + 1 + hello.get(hello.position()));
            return "suite %04x compression %d".formatted(hello.getShort() & 0xffff, hello.get());
        }
    }

    private byte[] bytes() {
        byte[] extensions = version == 0x0300 ? new byte[0] : extensions();
        int length = 2 + 32 + 1 + 2 + 2 * suites.length + 1 + compressions.length + extensions.length;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + length)
                .put((byte) HANDSHAKE)
                .putShort((short) 0x0300)
                .putShort((short) (4 + length))
                .putInt(1 << 24 | length) // client_hello
                .putShort((short) version)
                .put(new byte[32])
                .put((byte) 0) // no session
                .putShort((short) (2 * suites.length));
        for (int suite : suites) {
            hello.putShort((short) suite);
        }
        hello.put((byte) compressions.length);
        for (int compression : compressions) {
            hello.put((byte) compression);
        }
        return hello.put(extensions).array();
    }

    private byte[] extensions() {
        ByteBuffer all = ByteBuffer.allocate(2 + 6 + 2 * groups.length + 6 + 6 + 2 * SCHEMES.length + 5);
        all.putShort((short) (all.capacity() - 2));
        list(all, 10, groups); // supported_groups
        all.putShort((short) 11).putShort((short) 2).put((byte) 1).put((byte) 0); // ec_point_formats: uncompressed
        list(all, 13, SCHEMES); // signature_algorithms
        all.putShort((short) 0xff01).putShort((short) 1).put((byte) 0); // renegotiation_info
        return all.array();
    }

    private static void list(ByteBuffer to, int extension, int[] values) {
        to.putShort((short) extension).putShort((short) (2 + 2 * values.length)).putShort((short) (2 * values.length));
        for (int value : values) {
            to.putShort((short) value);
        }
    }
}
