package org.camseal.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where an {@link EventProducer} sends its events. */
public final class EventSink {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]{0,63}");

    private final OutputStream out;

    EventSink(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends one event.
     *
     * @param name what the page listens to: a lower-case letter, then letters, digits, hyphens
     * @param data any value that becomes JSON
     * @throws IOException if the client is gone
     */
    public synchronized void send(String name, Object data) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no event name");
        }
        out.write(("event: " + name + "\ndata: " + json(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** A line that pages ignore: shows whether the client is still there. */
    synchronized void ping() throws IOException {
        out.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** JSON has no raw line breaks, so it is one line. */
    private static String json(Object data) {
        try {
            return Json.MAPPER.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this event cannot be written as JSON", e);
        }
    }
}
