package org.camseal.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;

/** What {@code --json} prints: maps in the order in which they were filled, times as ISO 8601 text. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** Indented JSON text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that is not JSON: " + value.getClass(), e);
        }
    }

    /** Leaves out what is not known. */
    public static void put(Map<String, Object> object, String name, java.util.Optional<?> value) {
        value.ifPresent(known -> object.put(name, known));
    }
}
