package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The right edge of a growing tree: of each level the tile that is not full yet. Everything to the left of it is in full tiles that never
 * change; so a tree of any size grows in memory for a few hundred hashes. Not safe for use by several threads.
 */
final class TreeEdge {
    private final List<List<TreeHash>> levels = new ArrayList<>();
    private long size;

    /** A tile that has just become full. */
    record Filled(TileAddress address, Tile tile) {}

    /** The edge of an empty tree. */
    TreeEdge() {}

    /** The edge of a tree of that size, from its tiles. */
    static <X extends Exception> TreeEdge of(long size, TileReader<X> tiles) throws X {
        TreeEdge edge = new TreeEdge();
        edge.size = size;
        for (TileAddress address : partial(size)) {
            while (edge.levels.size() < address.level()) {
                edge.levels.add(new ArrayList<>());
            }
            edge.levels.add(new ArrayList<>(tiles.read(address).hashes()));
        }
        return edge;
    }

    static TreeEdge copyOf(TreeEdge other) {
        TreeEdge copy = new TreeEdge();
        copy.size = other.size;
        other.levels.forEach(level -> copy.levels.add(new ArrayList<>(level)));
        return copy;
    }

    /** Reads tiles of hashes that are there, of exactly that width. */
    @FunctionalInterface
    interface TileReader<X extends Exception> {
        Tile read(TileAddress address) throws X;
    }

    /** The tiles of a tree that are not full, lower levels first; never the empty ones. */
    static List<TileAddress> partial(long size) {
        List<TileAddress> addresses = new ArrayList<>();
        int level = 0;
        for (long rest = size; rest > 0; rest /= TileAddress.FULL, level++) {
            int width = (int) (rest % TileAddress.FULL);
            if (width > 0) {
                addresses.add(new TileAddress(level, rest / TileAddress.FULL, width));
            }
        }
        return addresses;
    }

    long size() {
        return size;
    }

    /** Appends a leaf; returns the tiles that are full now, lower levels first: mostly none. */
    List<Filled> append(TreeHash leaf) {
        List<Filled> filled = List.of();
        TreeHash next = leaf;
        long index = size++;
        for (int level = 0; ; level++) {
            if (levels.size() == level) {
                levels.add(new ArrayList<>(TileAddress.FULL));
            }
            List<TreeHash> hashes = levels.get(level);
            hashes.add(next);
            if (hashes.size() < TileAddress.FULL) {
                return filled;
            }
            index /= TileAddress.FULL;
            Tile tile = new Tile(hashes);
            hashes.clear();
            filled = new ArrayList<>(filled);
            filled.add(new Filled(TileAddress.full(level, index), tile));
            next = tile.node(8, 0);
        }
    }

    /** The partial tile of a level; empty if there is none. */
    List<TreeHash> hashes(int level) {
        return level < levels.size() ? Collections.unmodifiableList(levels.get(level)) : List.of();
    }

    TreeHash root() {
        List<TreeHash> subtrees = new ArrayList<>();
        for (List<TreeHash> level : levels.reversed()) {
            if (!level.isEmpty()) {
                subtrees.addAll(new Tile(level).perfectSubtrees());
            }
        }
        return TreeHash.over(subtrees);
    }
}
