package org.camseal.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A test vector: header lines {@code name: value}, a blank line, and a body of hexadecimal digits (vectors/README.md). */
final class VectorFile {
    private static final int DIGITS_A_LINE = 96;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};

    /** The vectors of this repository: tests run in the directory of their module. */
    static Path directory() {
        return Path.of("..", "vectors");
    }

    static VectorFile read(Path file) throws IOException {
        String text = Files.readString(file);
        int blank = text.indexOf("\n\n");
        VectorFile vector = new VectorFile();
        for (String line : text.substring(0, blank).split("\n")) {
            int colon = line.indexOf(':');
            vector.headers.put(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        vector.body = Hex.bytes(text.substring(blank));
        return vector;
    }

    VectorFile with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    VectorFile with(String name, byte[] value) {
        return with(name, Hex.text(value));
    }

    VectorFile body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /** The same without some headers. */
    VectorFile copyWithout(String... names) {
        VectorFile copy = new VectorFile().body(body);
        copy.headers.putAll(headers);
        copy.headers.keySet().removeAll(List.of(names));
        return copy;
    }

    String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no header " + name));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    byte[] bytes(String name) {
        return Hex.bytes(get(name));
    }

    byte[] body() {
        return body.clone();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        headers.forEach(
                (name, value) -> out.append(name).append(": ").append(value).append('\n'));
        out.append('\n');
        String digits = Hex.text(body);
        for (int at = 0; at < digits.length(); at += DIGITS_A_LINE) {
            out.append(digits, at, Math.min(digits.length(), at + DIGITS_A_LINE))
                    .append('\n');
        }
        return out.toString();
    }
}
