package org.camseal.web;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A folder of the class path under a prefix of the server's paths. Files are small; they are read once and kept. */
final class StaticResources {
    private static final int MAX_FILE = 4 << 20;

    /** Anything else, dot files among it, is not there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"));

    private final String prefix;
    private final Class<?> beside;
    private final String folder;
    private final Audience audience;
    private final Map<String, Optional<File>> known = new ConcurrentHashMap<>();

    /** Who may see the files of a folder. */
    enum Audience {
        /** Who may ask, by the server's {@link Access}. */
        ALLOWED,
        /** Everybody: the look of pages, which error pages have too. */
        EVERYBODY
    }

    StaticResources(String prefix, Class<?> beside, String folder, Audience audience) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/") || folder.startsWith("/") || folder.endsWith("/")) {
            throw new IllegalArgumentException(
                    "the prefix " + prefix + " needs a slash at both ends, the folder " + folder + " at none");
        }
        this.prefix = prefix;
        this.beside = beside;
        this.folder = folder;
        this.audience = audience;
    }

    /** A file's type, tag and bytes. */
    static final class File {
        private final String contentType;
        private final String etag;
        private final byte[] content;

        private File(String contentType, String etag, byte[] content) {
            this.contentType = contentType;
            this.etag = etag;
            this.content = content;
        }

        String contentType() {
            return contentType;
        }

        String etag() {
            return etag;
        }

        byte[] content() {
            return content;
        }
    }

    Audience audience() {
        return audience;
    }

    String prefix() {
        return prefix;
    }

    /** The file at that path; empty if it is outside the prefix, or there is none. */
    Optional<File> find(List<String> path) {
        String whole = "/" + String.join("/", path);
        if (!whole.startsWith(prefix)) {
            return Optional.empty();
        }
        String name = whole.substring(prefix.length());
        String file = name.isEmpty() || name.endsWith("/") ? name + "index.html" : name;
        for (String part : file.split("/", -1)) {
            if (!NAME.matcher(part).matches()) {
                return Optional.empty();
            }
        }
        Optional<File> cached = known.get(file);
        if (cached != null) {
            return cached;
        }
        Optional<File> read = read(file);
        read.ifPresent(found -> known.put(file, read)); // what is not there is not remembered: paths are endless
        return read;
    }

    private Optional<File> read(String file) {
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = beside.getResourceAsStream(folder + "/" + file)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readNBytes(MAX_FILE + 1);
            if (content.length > MAX_FILE) {
                throw new IllegalStateException(file + " is larger than a page's file may be");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            String etag = "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
            return Optional.of(new File(type, etag, content));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("the program's own file " + file + " cannot be read", e);
        }
    }
}
