package org.camseal.authority.log;

import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;

/** The files of a log that somebody else keeps: bounded, and of exactly the width that a tree of that size has. */
final class LogFiles {
    private static final int TILE_BYTES = TileAddress.FULL * TreeHash.BYTES;

    private final LogSource source;

    LogFiles(LogSource source) {
        this.source = source;
    }

    byte[] checkpoint() throws AuthorityException.Peer, Finding {
        return source.read(LogDirectory.CHECKPOINT, SignedNote.MAX_BYTES)
                .orElseThrow(() -> Finding.of(LogFault.MISSING, LogDirectory.CHECKPOINT, "there is none at " + source));
    }

    Tile tile(TileAddress address) throws AuthorityException.Peer, Finding {
        byte[] bytes = read(address, TILE_BYTES);
        try {
            List<TreeHash> hashes = Tile.of(bytes).hashes();
            if (hashes.size() < address.width()) {
                throw new IllegalArgumentException("it has " + hashes.size() + " hashes");
            }
            return new Tile(hashes.subList(0, address.width()));
        } catch (IllegalArgumentException e) {
            throw Finding.of(LogFault.TILE_WRONG, address.path(), String.valueOf(e.getMessage()));
        }
    }

    List<byte[]> entries(TileAddress address) throws AuthorityException.Peer, Finding {
        Optional<byte[]> exact = source.read(address.path(), EntryBundle.MAX_BYTES);
        TileAddress full = address.ofWidth(TileAddress.FULL);
        byte[] bytes = exact.isPresent() ? exact.get() : read(full, EntryBundle.MAX_BYTES);
        try {
            int width = exact.isPresent() ? address.width() : TileAddress.FULL;
            return EntryBundle.parse(bytes, width).subList(0, address.width());
        } catch (IllegalArgumentException e) {
            throw Finding.of(LogFault.ENTRY_NOT_IN_TREE, address.path(), String.valueOf(e.getMessage()));
        }
    }

    /** A log may drop a narrower tile once the full one is there. */
    private byte[] read(TileAddress address, int maxBytes) throws AuthorityException.Peer, Finding {
        Optional<byte[]> bytes = source.read(address.path(), maxBytes);
        if (bytes.isEmpty() && !address.isFull()) {
            bytes = source.read(address.ofWidth(TileAddress.FULL).path(), maxBytes);
        }
        return bytes.orElseThrow(() ->
                Finding.of(LogFault.MISSING, address.path(), "it is not at " + source + ", but belongs to the tree"));
    }
}
