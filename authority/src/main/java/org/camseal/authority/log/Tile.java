package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.List;

/**
 * Hashes of one level side by side, 1 to 256 of them (C2SP tlog-tiles, "Merkle Tree").
 *
 * @param hashes from left to right
 */
record Tile(List<TreeHash> hashes) {
    Tile {
        hashes = List.copyOf(hashes);
        if (hashes.isEmpty() || hashes.size() > TileAddress.FULL) {
            throw new IllegalArgumentException("a tile of " + hashes.size() + " hashes");
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[hashes.size() * TreeHash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).writeTo(bytes, i * TreeHash.BYTES);
        }
        return bytes;
    }

    /**
     * @throws IllegalArgumentException if the bytes are not 1 to 256 hashes
     */
    static Tile of(byte[] bytes) {
        if (bytes.length % TreeHash.BYTES != 0) {
            throw new IllegalArgumentException("a tile of " + bytes.length + " bytes, which are no whole hashes");
        }
        List<TreeHash> hashes = new ArrayList<>(bytes.length / TreeHash.BYTES);
        for (int at = 0; at < bytes.length; at += TreeHash.BYTES) {
            hashes.add(TreeHash.of(bytes, at, TreeHash.BYTES));
        }
        return new Tile(hashes);
    }

    /** The root over {@code 1 << height} of its hashes, from {@code index << height} on. */
    TreeHash node(int height, int index) {
        return height == 0
                ? hashes.get(index)
                : TreeHash.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
    }

    /** The roots of the perfect subtrees that its hashes make, largest first. */
    List<TreeHash> perfectSubtrees() {
        List<TreeHash> roots = new ArrayList<>();
        int at = 0;
        for (int height = 8; height >= 0; height--) {
            if ((hashes.size() >> height & 1) == 1) {
                roots.add(node(height, at >> height));
                at += 1 << height;
            }
        }
        return roots;
    }
}
