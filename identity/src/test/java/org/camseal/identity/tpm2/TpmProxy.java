package org.camseal.identity.tpm2;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Somebody on the wire between a program and its TPM: reads along, alters, repeats. */
final class TpmProxy implements AutoCloseable {
    static final int READ_PUBLIC = 0x173;
    static final int SIGN = 0x15d;

    private final ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
    private final Swtpm behind;
    private final List<byte[]> frames = new CopyOnWriteArrayList<>();
    private volatile Alteration commands = (code, frame) -> frame;
    private volatile Alteration responses = (code, frame) -> frame;
    private volatile UnaryOperator<byte[]> before = frame -> frame;

    /** Gives what goes on instead of a frame; an empty one ends the connection. */
    interface Alteration {
        byte[] of(int commandCode, byte[] frame);
    }

    TpmProxy(Swtpm behind) throws IOException {
        this.behind = behind;
        Thread.ofVirtual().start(this::serve);
    }

    TpmAddress address() {
        return new TpmAddress.Tcp("127.0.0.1", server.getLocalPort());
    }

    List<byte[]> frames() {
        return frames;
    }

    void alterCommands(Alteration alteration) {
        commands = alteration;
    }

    void alterResponses(Alteration alteration) {
        responses = alteration;
    }

    /** For the next command that passes: sends this frame too, in front of it, and tells the answer. */
    byte[] repeatInFront(byte[] recorded, Runnable trigger) {
        byte[][] answer = new byte[1][];
        before = frame -> {
            before = same -> same;
            answer[0] = recorded;
            return recorded;
        };
        trigger.run();
        return answer[0] == null ? new byte[0] : injected;
    }

    private volatile byte[] injected = new byte[0];

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    Socket tpm = behind.connect()) {
                relay(client, tpm);
            } catch (IOException e) {
                // the next connection, or the end
            }
        }
    }

    private void relay(Socket client, Socket tpm) throws IOException {
        DataInputStream fromClient = new DataInputStream(client.getInputStream());
        DataInputStream fromTpm = new DataInputStream(tpm.getInputStream());
        while (true) {
            byte[] command = frame(fromClient);
            int code = ByteBuffer.wrap(command).getInt(6);
            frames.add(command);
            byte[] first = before.apply(command);
            if (first != command) {
                tpm.getOutputStream().write(first);
                injected = frame(fromTpm);
            }
            tpm.getOutputStream().write(commands.of(code, command));
            byte[] response = frame(fromTpm);
            frames.add(response);
            byte[] passed = responses.of(code, response);
            if (passed.length == 0) {
                return;
            }
            client.getOutputStream().write(passed);
        }
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(6);
        if (header.length < 6) {
            throw new EOFException();
        }
        int size = ByteBuffer.wrap(header).getInt(2);
        byte[] rest = in.readNBytes(size - 6);
        return ByteBuffer.allocate(size).put(header).put(rest).array();
    }

    static boolean contains(byte[] frame, byte[] part) {
        for (int i = 0; i + part.length <= frame.length; i++) {
            if (java.util.Arrays.equals(frame, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
