package org.camseal.authority.log;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tile, and where it is (C2SP tlog-tiles, "Merkle Tree" and "Log entries").
 *
 * @param level 0 for leaf hashes, each level above over 256 of the one below; {@link #ENTRIES} for the entries themselves
 * @param index number of the tile in its level
 * @param width how many hashes or entries are in it: 256 when it is full
 */
record TileAddress(int level, long index, int width) {
    /** Hashes in a full tile. */
    static final int FULL = 256;

    /** The level that stands for entries. */
    static final int ENTRIES = -1;

    static final String PREFIX = "tile/";

    private static final int MAX_LEVEL = 63;
    private static final Pattern PATH =
            Pattern.compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    TileAddress {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile " + level + "/" + index + " of width " + width);
        }
    }

    static TileAddress full(int level, long index) {
        return new TileAddress(level, index, FULL);
    }

    /** The same tile when it was, or is, that wide. */
    TileAddress ofWidth(int changed) {
        return new TileAddress(level, index, changed);
    }

    boolean isFull() {
        return width == FULL;
    }

    /** The path below the log's prefix, without a slash in front. */
    String path() {
        return PREFIX + (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + elements()
                + (isFull() ? "" : ".p/" + width);
    }

    /** The directory with the narrower forms of this tile. */
    String partialDirectory() {
        return ofWidth(FULL).path() + ".p";
    }

    private String elements() {
        StringBuilder path = new StringBuilder(three(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + three(rest % 1000) + "/");
        }
        return path.toString();
    }

    private static String three(long number) {
        return String.format(java.util.Locale.ROOT, "%03d", number);
    }

    /** Reads a path; empty if it is not exactly one that {@link #path()} writes. */
    static Optional<TileAddress> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        if (level > MAX_LEVEL || width > FULL) {
            return Optional.empty();
        }
        TileAddress address = new TileAddress(level, index, width);
        return address.path().equals(path) ? Optional.of(address) : Optional.empty();
    }

    @Override
    public String toString() {
        return path();
    }
}
