package org.camseal.recorder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.camseal.web.Json;
import org.camseal.web.WebException;

/**
 * A file of one JSON object a line, to which lines are only ever added, each forced to the disk. A last line torn by a power cut is
 * left where it is and ended, so that the next line stands by itself.
 */
final class JsonLines implements Closeable {
    private final FileChannel channel;

    private JsonLines(FileChannel channel) {
        this.channel = channel;
    }

    static JsonLines open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long size = channel.size();
        channel.position(size);
        if (size > 0) {
            ByteBuffer last = ByteBuffer.allocate(1);
            if (channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
        return new JsonLines(channel);
    }

    /** @param line a record; it becomes one line, because JSON has no raw line breaks */
    synchronized void append(Object line) throws IOException {
        byte[] json = Json.write(line);
        ByteBuffer bytes =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /** All lines that can be read, in order; none where there is no such file. */
    static <T> List<T> read(Path file, Class<T> type) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        List<T> lines = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty()) {
                try {
                    lines.add(Json.read(line.getBytes(StandardCharsets.UTF_8), type));
                } catch (WebException.Refused torn) {
                    // what a power cut left of a line says nothing; the lines around it do
                }
            }
        }
        return lines;
    }
}
