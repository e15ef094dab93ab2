package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.List;

/**
 * That one leaf is in a tree (RFC 9162 section 2.1.3).
 *
 * @param leafIndex number of the leaf, from 0
 * @param treeSize how many leaves the tree has
 * @param path hashes beside the way from the leaf to the root
 */
public record InclusionProof(long leafIndex, long treeSize, List<TreeHash> path) {
    /**
     * @throws IllegalArgumentException if there is no such leaf in such a tree
     */
    public InclusionProof {
        if (leafIndex < 0 || leafIndex >= treeSize) {
            throw new IllegalArgumentException("leaf " + leafIndex + " is not in a tree of " + treeSize);
        }
        path = List.copyOf(path);
    }

    static <X extends Exception> InclusionProof of(TreeNodes<X> tree, long leafIndex, long treeSize) throws X {
        List<TreeHash> path = new ArrayList<>();
        long from = 0;
        long to = treeSize;
        while (to - from > 1) { // RFC 6962 section 2.1.1, from the root down
            long k = Long.highestOneBit(to - from - 1);
            if (leafIndex < from + k) {
                path.addFirst(tree.range(from + k, to));
                to = from + k;
            } else {
                path.addFirst(tree.range(from, from + k));
                from += k;
            }
        }
        return new InclusionProof(leafIndex, treeSize, path);
    }

    /** Whether it proves that a leaf of that hash is in the tree with that root (RFC 9162 section 2.1.3.2). */
    public boolean proves(TreeHash leaf, TreeHash root) {
        long fn = leafIndex;
        long sn = treeSize - 1;
        TreeHash r = leaf;
        for (TreeHash p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = TreeHash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                r = TreeHash.node(r, p);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && r.equals(root);
    }
}
