package org.camseal.authority.log;

/**
 * Where the inner hashes of a tree come from: a list in memory, the tiles of a directory, or those of a server.
 *
 * @param <X> what may go wrong there
 */
@FunctionalInterface
interface TreeNodes<X extends Exception> {
    /** The root over the leaves from {@code index << height} to {@code (index + 1) << height}, all of which are there. */
    TreeHash node(int height, long index) throws X;

    /** MTH(D[from:to]) of RFC 6962 section 2.1, where from is a multiple of the smallest power of two that is not below the length. */
    default TreeHash range(long from, long to) throws X {
        long n = to - from;
        if (Long.bitCount(n) == 1) {
            int height = Long.numberOfTrailingZeros(n);
            return node(height, from >>> height);
        }
        long k = Long.highestOneBit(n);
        return TreeHash.node(range(from, from + k), range(from + k, to));
    }

    /** The root of the tree of the first so many leaves. */
    default TreeHash root(long size) throws X {
        return size == 0 ? TreeHash.EMPTY : range(0, size);
    }
}
