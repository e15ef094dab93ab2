package org.camseal.streaming.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields of a message in their order; names are compared without regard to case (RFC 2326 section 4.2). */
public final class RtspHeaders {
    /** No field. */
    public static final RtspHeaders NONE = new RtspHeaders(List.of());

    /** One field; name and value are free of control characters. */
    public record Field(String name, String value) {
        public Field {
            if (hasControl(name) || hasControl(value)) {
                throw new IllegalArgumentException("control character in header field " + name.strip());
            }
        }

        private static boolean hasControl(String text) {
            return text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
        }
    }

    private final List<Field> fields;

    RtspHeaders(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    public List<Field> fields() {
        return fields;
    }

    /** The first field of a name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** All fields of a name, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** These fields and one more behind them. */
    public RtspHeaders with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new RtspHeaders(more);
    }

    /** The names alone: values may hold logins. */
    @Override
    public String toString() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
