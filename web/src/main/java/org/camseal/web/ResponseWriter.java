package org.camseal.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Sends one answer, on the thread that calls. */
final class ResponseWriter {
    private static final int BUFFER = 64 * 1024;

    private final Request request;
    private final Response response;
    private final boolean bodyWanted;
    private final LiveStreams streams;

    ResponseWriter(Request request, Response response, LiveStreams streams) {
        this.request = request;
        this.response = response;
        this.bodyWanted = !request.getMethod().equals("HEAD");
        this.streams = streams;
    }

    /**
     * @throws IOException if the client is gone
     * @throws WebException.Refused if a file is not there; nothing is sent then
     */
    void write(WebResponse answer) throws IOException, WebException.Refused {
        response.setStatus(answer.status());
        // One field for each value: Jetty would join a list, which clients take for one challenge of WWW-Authenticate.
        answer.headers().forEach((name, values) -> {
            response.getHeaders().remove(name);
            values.forEach(value -> response.getHeaders().add(name, value));
        });
        switch (answer.body()) {
            case WebResponse.Body.None _ -> {
                // status and headers are all
            }
            case WebResponse.Body.Bytes bytes -> write(bytes.content());
            case WebResponse.Body.File(java.nio.file.Path path) -> writeFile(path);
            case WebResponse.Body.Stream(StreamProducer producer) -> writeStream(producer);
            case WebResponse.Body.Events(EventProducer producer) -> writeEvents(producer);
        }
    }

    /** A page's own file: kept by browsers, but asked for again each time. */
    void write(StaticResources.File file) throws IOException {
        response.getHeaders().put("ETag", file.etag());
        response.getHeaders().put("Cache-Control", "no-cache");
        if (clientHas(file.etag())) {
            response.setStatus(304);
            return;
        }
        response.setStatus(200);
        response.getHeaders().put("Content-Type", file.contentType());
        write(file.content());
    }

    private void write(byte[] content) throws IOException {
        response.getHeaders().put("Content-Length", content.length);
        if (bodyWanted) {
            Content.Sink.write(response, true, ByteBuffer.wrap(content));
        }
    }

    private void writeFile(java.nio.file.Path path) throws IOException, WebException.Refused {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            String etag = "\"" + Long.toHexString(size) + "-"
                    + Long.toHexString(
                            java.nio.file.Files.getLastModifiedTime(path).toMillis()) + "\"";
            response.getHeaders().put("ETag", etag);
            response.getHeaders().put("Accept-Ranges", "bytes");
            if (clientHas(etag)) {
                response.setStatus(304);
                return;
            }
            boolean sameFile = header("If-Range").map(etag::equals).orElse(true);
            switch (ByteRange.of(sameFile ? header("Range") : Optional.empty(), size)) {
                case ByteRange.Wish.Whole _ -> copy(file, new ByteRange(0, size));
                case ByteRange.Wish.Part(ByteRange range) -> {
                    response.setStatus(206);
                    response.getHeaders().put("Content-Range", range.of(size));
                    copy(file, range);
                }
                case ByteRange.Wish.Unsatisfiable _ -> {
                    response.getHeaders().put("Content-Range", "bytes */" + size);
                    throw new WebException.Refused(416, "the file has only " + size + " bytes", "");
                }
            }
        } catch (NoSuchFileException e) {
            throw WebException.Refused.notFound("this file is no longer there");
        }
    }

    private void copy(FileChannel file, ByteRange range) throws IOException {
        response.getHeaders().put("Content-Length", range.length());
        if (!bodyWanted) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, range.length())));
        long at = range.first();
        long end = range.first() + range.length();
        while (at < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new IOException("the file was cut while it was sent");
            }
            at += read;
            Content.Sink.write(response, at == end, buffer.flip());
        }
    }

    private void writeStream(StreamProducer producer) throws IOException {
        if (!bodyWanted) {
            return;
        }
        request.addIdleTimeoutListener(_ -> false); // the producer may wait longer than a client may
        try (LiveStreams.Lease _ = streams.enter();
                OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER)) {
            out.flush(); // the client knows at once that the answer has begun, however long the first byte takes
            producer.writeTo(out);
        } catch (InterruptedException e) {
            throw ended(e);
        }
    }

    private void writeEvents(EventProducer producer) throws IOException {
        if (!bodyWanted) {
            return;
        }
        request.addIdleTimeoutListener(_ -> false);
        try (LiveStreams.Lease lease = streams.enter();
                OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER)) {
            EventSink events = new EventSink(out);
            events.ping(); // the page knows at once that it is connected
            try (LiveStreams.Pulse _ = lease.pulse(events)) {
                producer.sendTo(events);
            }
        } catch (InterruptedException e) {
            throw ended(e);
        }
    }

    private static IOException ended(InterruptedException e) {
        return new IOException("the stream was ended", e);
    }

    private boolean clientHas(String etag) {
        for (String known : header("If-None-Match").orElse("").split(",")) {
            if (known.strip().equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }
}
