package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;

/** Reads a whole log: hashes every entry, and holds every tile to those hashes, and to what was seen before. */
final class TreeScan {
    private final LogFiles files;
    private final Optional<SeenLog> seen;
    private final EntryRules rules;
    private final TreeEdge edge = new TreeEdge();
    private final List<TreeHash> tiles = new ArrayList<>();
    private Optional<String> changed = Optional.empty();

    TreeScan(LogFiles files, Optional<SeenLog> seen, EntryRules rules) {
        this.files = files;
        this.seen = seen;
        this.rules = rules;
    }

    /** Reads the entries and tiles of a tree of that size. */
    void read(long size, LogCheck.Progress progress) throws AuthorityException.Peer, Finding {
        for (long from = 0; from < size; from += TileAddress.FULL) {
            int width = (int) Math.min(TileAddress.FULL, size - from);
            bundle(new TileAddress(TileAddress.ENTRIES, from / TileAddress.FULL, width));
            progress.checked(from + width, size);
        }
        for (TileAddress partial : TreeEdge.partial(size)) {
            compare(partial, new Tile(edge.hashes(partial.level())));
        }
    }

    private void bundle(TileAddress address) throws AuthorityException.Peer, Finding {
        long first = address.index() * TileAddress.FULL;
        List<byte[]> leaves = files.entries(address);
        Tile published = files.tile(new TileAddress(0, address.index(), address.width()));
        List<TreeHash> hashes = new ArrayList<>(leaves.size());
        for (int i = 0; i < leaves.size(); i++) {
            TreeHash hash = TreeHash.leaf(leaves.get(i));
            if (!hash.equals(published.hashes().get(i))) {
                throw Finding.of(
                        LogFault.ENTRY_NOT_IN_TREE,
                        "entry " + (first + i),
                        "its hash is " + hash + "; the tree has "
                                + published.hashes().get(i));
            }
            hashes.add(hash);
            rules.next(first + i, leaves.get(i));
        }
        compareWithSeen(first, hashes);
        for (TreeHash hash : hashes) {
            for (TreeEdge.Filled filled : edge.append(hash)) {
                full(filled.address(), filled.tile());
            }
        }
    }

    private void full(TileAddress address, Tile tile) throws AuthorityException.Peer, Finding {
        if (address.level() == 0) {
            tiles.add(tile.node(8, 0)); // its hashes were compared entry by entry
        } else {
            compare(address, tile);
        }
    }

    private void compare(TileAddress address, Tile own) throws AuthorityException.Peer, Finding {
        List<TreeHash> published = files.tile(address).hashes();
        for (int i = 0; i < own.hashes().size(); i++) {
            if (!published.get(i).equals(own.hashes().get(i))) {
                throw Finding.of(
                        LogFault.TILE_WRONG,
                        address.path() + ", hash " + i,
                        "it is " + published.get(i) + "; what is below it gives "
                                + own.hashes().get(i));
            }
        }
    }

    private void compareWithSeen(long first, List<TreeHash> hashes) {
        if (seen.isEmpty() || changed.isPresent()) {
            return;
        }
        int tile = (int) (first / TileAddress.FULL);
        List<TreeHash> known = seen.get().tiles();
        if (tile < known.size()) {
            if (hashes.size() < TileAddress.FULL || !new Tile(hashes).node(8, 0).equals(known.get(tile))) {
                changed = Optional.of("entries " + first + " to " + (first + TileAddress.FULL - 1));
            }
        } else if (tile == known.size()) {
            List<TreeHash> tail = seen.get().tail();
            for (int i = 0; i < Math.min(tail.size(), hashes.size()); i++) {
                if (!hashes.get(i).equals(tail.get(i))) {
                    changed = Optional.of("entry " + (first + i));
                    return;
                }
            }
        }
    }

    TreeHash root() {
        return edge.root();
    }

    /** Where the first entry is that was another one when the log was seen last. */
    Optional<String> changed() {
        return changed;
    }

    /** What to keep of this visit. */
    SeenLog seen(SignedNote note) {
        return new SeenLog(note, tiles, edge.hashes(0));
    }
}
