package org.camseal.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param method as it stands, such as GET
 * @param fields in their order; names count whatever their case
 */
public record RequestHead(String method, List<Field> fields) {
    /** One header field. */
    public record Field(String name, String value) {
        /** The name alone: values may hold logins. */
        @Override
        public String toString() {
            return name;
        }
    }

    public RequestHead {
        fields = List.copyOf(fields);
    }

    /** The first field of a name. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /**
     * Whether the fields of a name, as lists of words, have that word, whatever its case.
     *
     * @param word in lower case
     */
    public boolean has(String name, String word) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .flatMap(field -> Arrays.stream(field.value().split(",", 64)))
                .anyMatch(one -> one.strip().toLowerCase(Locale.ROOT).equals(word));
    }
}
