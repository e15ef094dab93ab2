package org.camseal.cli.factory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.cli.command.Fault;
import org.camseal.identity.CertificateSubject;
import org.jspecify.annotations.Nullable;

/**
 * Serials from the command line, then those of a list, as they come: from standard input that may be a scanner. Empty lines and what follows a
 * {@code #} do not count. What is no serial is told, and passed over.
 */
final class SerialLines implements Iterator<String>, AutoCloseable {
    private static final int MAX_LINE = 256;

    private final Iterator<String> given;
    private final @Nullable BufferedReader reader;
    private final Consumer<String> complain;
    private @Nullable String next;

    private SerialLines(Iterator<String> given, @Nullable BufferedReader reader, Consumer<String> complain) {
        this.given = given;
        this.reader = reader;
        this.complain = complain;
    }

    /**
     * @param list a file, or - for standard input
     * @param complain hears of each line that is no serial
     */
    static SerialLines of(List<String> given, Optional<Path> list, Consumer<String> complain) throws IOException {
        BufferedReader reader = null;
        if (list.isPresent()) {
            reader = list.get().toString().equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(list.get());
        }
        return new SerialLines(given.iterator(), reader, complain);
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            String line = line();
            if (line == null) {
                return false;
            }
            String word = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
            next = word.isBlank() ? null : serial(word.strip());
        }
        return true;
    }

    private @Nullable String line() {
        if (given.hasNext()) {
            return given.next();
        }
        try {
            return reader == null ? null : reader.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String serial(String word) {
        try {
            return new CertificateSubject("maker", "model", word).serial();
        } catch (IllegalArgumentException e) {
            complain.accept(
                    word.length() > MAX_LINE
                            ? "a line of " + word.length() + " characters is no serial"
                            : Fault.oneLine(e.getMessage()));
            return null;
        }
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String found = java.util.Objects.requireNonNull(next);
        next = null;
        return found;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
