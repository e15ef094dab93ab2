package org.camseal.identity.tpm2;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The kernel's device: one write is a command, one read its response. The kernel bounds the time itself (minutes for key generation), and
 * a read in progress cannot be given up; who needs a bound puts an {@code ElementWorker} in front.
 */
final class DeviceTransport implements TpmTransport {
    private final FileChannel channel;

    DeviceTransport(Path device) throws IOException {
        channel = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public byte[] exchange(byte[] command) throws IOException {
        if (channel.write(ByteBuffer.wrap(command)) != command.length) {
            throw new IOException("the device took only a part of a command");
        }
        ByteBuffer response = ByteBuffer.allocate(MAX_MESSAGE);
        int read = channel.read(response);
        if (read <= 0) {
            throw new EOFException("the device gave no response");
        }
        return Arrays.copyOf(response.array(), read);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is lost with it
        }
    }
}
