package org.camseal.authority.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;

/**
 * The log as it is published: tiles, entry bundles and a signed checkpoint in a directory, made from the register's leaves.
 *
 * <p>It never signs two different trees of one size, nor one that does not begin with the tree signed before: the newest signed checkpoint is
 * durable before anyone sees it, each tree is grown from the hashes under it and not from the register anew, and a register that has fewer
 * leaves, or others, stops the log. If the directory's tiles are lost they are made again, and must have the root that was signed. What
 * it cannot notice is that the directory and the register were both set back to an older copy; whoever kept a checkpoint does.
 *
 * <p>Safe for use by several threads; one process at a time has a directory.
 */
public final class TransparencyLog implements AutoCloseable {
    private final LogDirectory directory;
    private final LogLeaves leaves;
    private final LogKeys keys;
    private TreeEdge edge = new TreeEdge();
    private Optional<Checkpoint> head = Optional.empty();

    private TransparencyLog(LogDirectory directory, LogLeaves leaves, LogKeys keys) {
        this.directory = directory;
        this.leaves = leaves;
        this.keys = keys;
    }

    /**
     * Opens the log, and publishes what was signed but not published when the last process ended. Reads a few tiles, however long the log
     * is; only if they are lost are all made again.
     *
     * @throws AuthorityException.Log if the register is not the one that was signed before
     * @throws AuthorityException if the directory or the register cannot be read, or another process has the directory
     */
    public static TransparencyLog open(Path directory, LogLeaves leaves, LogKeys keys) throws AuthorityException {
        LogDirectory files = LogDirectory.open(directory);
        try {
            TransparencyLog log = new TransparencyLog(files, leaves, keys);
            log.resume();
            return log;
        } catch (AuthorityException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void resume() throws AuthorityException {
        Optional<byte[]> published = directory.published();
        Optional<byte[]> signed = directory.signed();
        if (signed.isEmpty() || isLarger(published, signed.get())) {
            signed = published; // a directory that was copied without what is not public
        }
        if (signed.isEmpty()) {
            return;
        }
        Checkpoint last = own(signed.get());
        long inRegister = leaves.size();
        if (inRegister < last.size()) {
            throw new AuthorityException.Log("the register has " + inRegister + " log leaves, but a checkpoint of "
                    + last.size() + " was signed: the register was set back to an older copy; restore the newest one");
        }
        edge = edge(last);
        head = Optional.of(last);
        if (published.isEmpty() || !java.util.Arrays.equals(published.get(), signed.get())) {
            directory.writeSigned(signed.get());
            directory.publish(signed.get());
        }
    }

    private boolean isLarger(Optional<byte[]> published, byte[] signed) throws AuthorityException.Log {
        return published.isPresent()
                && own(published.get()).size() > own(signed).size();
    }

    private Checkpoint own(byte[] note) throws AuthorityException.Log {
        try {
            return keys.publicKey().verify(note);
        } catch (LogKey.NotSigned e) {
            throw new AuthorityException.Log("the checkpoint in " + directory + " is not this log's: " + e.getMessage()
                    + "; use the keys it was made with, or another directory");
        }
    }

    /** The edge of the tree that was signed: from its tiles, or, where they are damaged or gone, from the register. */
    private TreeEdge edge(Checkpoint signed) throws AuthorityException {
        try {
            TreeEdge stored = TreeEdge.of(signed.size(), this::tile);
            if (stored.root().equals(signed.root())) {
                return stored;
            }
        } catch (IllegalArgumentException damaged) {
            // made again below
        }
        return rebuilt(signed);
    }

    private TreeEdge rebuilt(Checkpoint signed) throws AuthorityException {
        TreeEdge rebuilt = new TreeEdge();
        grow(rebuilt, signed.size());
        if (!rebuilt.root().equals(signed.root())) {
            throw new AuthorityException.Log(
                    "the first " + signed.size()
                            + " log leaves in the register do not have the root that was signed: somebody changed them; restore the register");
        }
        return rebuilt;
    }

    /** A tile of hashes that must be there. */
    private Tile tile(TileAddress address) throws AuthorityException.Store {
        Tile tile = Tile.of(
                directory.read(address).orElseThrow(() -> new IllegalArgumentException(address + " is not there")));
        if (tile.hashes().size() != address.width()) {
            throw new IllegalArgumentException(address + " has " + tile.hashes().size() + " hashes");
        }
        return tile;
    }

    /**
     * Publishes a checkpoint over all leaves that the register has now, if they are more than at the last one, or if there was none.
     *
     * @return true if there is a new checkpoint
     * @throws AuthorityException.Log if the register lost or changed leaves; nothing is signed then
     */
    public synchronized boolean publish() throws AuthorityException {
        long size = leaves.size();
        long before = edge.size();
        if (size < before) {
            throw new AuthorityException.Log("the register has " + size + " log leaves after it had " + before);
        }
        if (size == before && head.isPresent()) {
            return false;
        }
        TreeEdge grown = TreeEdge.copyOf(edge);
        List<TileAddress> full = grow(grown, size);
        Checkpoint checkpoint = new Checkpoint(keys.origin(), size, grown.root());
        byte[] note = keys.sign(checkpoint).bytes();
        directory.writeSigned(note); // from here on no other tree of this size is ever signed
        directory.publish(note);
        edge = grown;
        head = Optional.of(checkpoint);
        for (TileAddress address : full) {
            directory.removePartial(address);
        }
        return true;
    }

    /** Appends the register's leaves up to that size, and writes all tiles and bundles; returns those that are full now. */
    private List<TileAddress> grow(TreeEdge tree, long size) throws AuthorityException {
        List<TileAddress> full = new ArrayList<>();
        while (tree.size() < size) {
            long bundle = tree.size() / TileAddress.FULL;
            long first = bundle * TileAddress.FULL;
            int width = (int) Math.min(TileAddress.FULL, size - first);
            List<byte[]> entries = leaves.leaves(first, width);
            requireKnown(tree, entries, width);
            TileAddress address = new TileAddress(TileAddress.ENTRIES, bundle, width);
            directory.write(address, EntryBundle.of(entries));
            for (byte[] entry : entries.subList((int) (tree.size() - first), width)) {
                for (TreeEdge.Filled filled : tree.append(TreeHash.leaf(entry))) {
                    directory.write(filled.address(), filled.tile().bytes());
                    full.add(filled.address());
                }
            }
            if (address.isFull()) {
                full.add(address);
            }
        }
        for (TileAddress partial : TreeEdge.partial(size)) {
            directory.write(partial, new Tile(tree.hashes(partial.level())).bytes());
        }
        return full;
    }

    /** The leaves of an unfinished bundle are read again: they must still be those in the tree. */
    private static void requireKnown(TreeEdge tree, List<byte[]> entries, int width) throws AuthorityException.Log {
        if (entries.size() != width) {
            throw new AuthorityException.Log("the register gave " + entries.size() + " log leaves instead of " + width);
        }
        List<TreeHash> known = tree.hashes(0);
        for (int i = 0; i < known.size(); i++) {
            if (!TreeHash.leaf(entries.get(i)).equals(known.get(i))) {
                throw new AuthorityException.Log("log leaf " + (tree.size() - known.size() + i)
                        + " in the register is not the one that was signed: somebody changed it; restore the register");
            }
        }
    }

    /**
     * Makes all tiles and bundles of the newest checkpoint again from the register, for a directory that lost some.
     *
     * @throws AuthorityException.Log if the register's leaves do not have the root that was signed
     */
    public synchronized void rebuild() throws AuthorityException {
        if (head.isPresent()) {
            edge = rebuilt(head.get());
        }
    }

    /** The newest checkpoint that was signed; empty before the first. */
    public synchronized Optional<Checkpoint> head() {
        return head;
    }

    /** Whose log it is. */
    public LogKey key() {
        return keys.publicKey();
    }

    /**
     * That a leaf is in the newest tree.
     *
     * @throws IllegalArgumentException if there is no such leaf in it
     */
    public InclusionProof inclusion(long leafIndex) throws AuthorityException {
        long size = head().map(Checkpoint::size).orElse(0L);
        return InclusionProof.of(new TileNodes<>(size, this::tile), leafIndex, size);
    }

    /**
     * That the tree of an earlier size is the beginning of the newest one.
     *
     * @throws IllegalArgumentException if that size is 0, or larger than the newest
     */
    public ConsistencyProof consistency(long first) throws AuthorityException {
        long size = head().map(Checkpoint::size).orElse(0L);
        return ConsistencyProof.of(new TileNodes<>(size, this::tile), first, size);
    }

    /** Where a tile is, for who serves it. */
    Path path(TileAddress address) {
        return directory.path(address);
    }

    Path checkpointPath() {
        return directory.checkpointPath();
    }

    /** Gives the directory back. */
    @Override
    public synchronized void close() {
        directory.close();
    }
}
