package org.camseal.authority.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/**
 * What a checker keeps of a log between two visits: the checkpoint, one hash over each 256 entries, and one over each entry after those. So it
 * can say not only that an old entry is another now, but where.
 *
 * @param note the checkpoint, with its signatures
 * @param tiles hashes over the full level-0 tiles
 * @param tail leaf hashes behind them
 */
record SeenLog(SignedNote note, List<TreeHash> tiles, List<TreeHash> tail) {
    private static final String FIRST_LINE = "camseal-seen-log-1";
    private static final int MAX_BYTES = 64 << 20;

    SeenLog {
        tiles = List.copyOf(tiles);
        tail = List.copyOf(tail);
    }

    long size() {
        return (long) tiles.size() * TileAddress.FULL + tail.size();
    }

    private TreeHash root() {
        int whole = tiles.size();
        TreeNodes<RuntimeException> nodes = new TreeNodes<>() {
            @Override
            public TreeHash node(int height, long index) {
                if (height == 8) {
                    return tiles.get((int) index);
                }
                if (height > 8) {
                    return TreeHash.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
                }
                return new Tile(tail).node(height, (int) (index - (((long) whole * TileAddress.FULL) >> height)));
            }
        };
        return nodes.root(size());
    }

    static Optional<SeenLog> read(Path file, LogKey key) throws AuthorityException.Store {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(bytes.get(), key));
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        } catch (IllegalArgumentException | LogKey.NotSigned e) {
            throw new AuthorityException.Store(
                    file + " is not what a checker kept of this log: " + e.getMessage()
                            + "; it may be of another log, or damaged: restore it, because without it a changed"
                            + " history is not noticed",
                    e);
        }
    }

    /** Throws IllegalArgumentException if it is not of the form, or not whole. */
    static SeenLog parse(byte[] bytes, LogKey key) throws LogKey.NotSigned {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\n\n");
        List<String> lines = text.substring(0, Math.max(end, 0)).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
            throw new IllegalArgumentException("it does not begin with " + FIRST_LINE);
        }
        byte[] note = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
        Checkpoint checkpoint = key.verify(note);
        List<TreeHash> hashes = new ArrayList<>();
        lines.subList(1, lines.size())
                .forEach(line -> hashes.add(TreeHash.of(Base64.getDecoder().decode(line))));
        int full = (int) Math.min(hashes.size(), checkpoint.size() / TileAddress.FULL);
        SeenLog seen =
                new SeenLog(SignedNote.parse(note), hashes.subList(0, full), hashes.subList(full, hashes.size()));
        if (seen.size() != checkpoint.size() || !seen.root().equals(checkpoint.root())) {
            throw new IllegalArgumentException("its hashes do not have the root of its checkpoint");
        }
        return seen;
    }

    void write(Path file) throws AuthorityException.Store {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        tiles.forEach(hash -> text.append(hash.base64()).append('\n'));
        tail.forEach(hash -> text.append(hash.base64()).append('\n'));
        text.append('\n').append(note);
        try {
            DurableFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), DurableFile.Readers.EVERYBODY);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
    }
}
