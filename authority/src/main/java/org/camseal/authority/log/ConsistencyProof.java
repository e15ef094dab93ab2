package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.List;

/**
 * That a smaller tree is the beginning of a larger one (RFC 9162 section 2.1.4).
 *
 * @param first size of the smaller; at least 1
 * @param second size of the larger, or the same
 * @param path hashes from which both roots follow
 */
public record ConsistencyProof(long first, long second, List<TreeHash> path) {
    /**
     * @throws IllegalArgumentException if the sizes are not in that order
     */
    public ConsistencyProof {
        if (first < 1 || second < first) {
            throw new IllegalArgumentException("no proof from a tree of " + first + " to one of " + second);
        }
        path = List.copyOf(path);
    }

    static <X extends Exception> ConsistencyProof of(TreeNodes<X> tree, long first, long second) throws X {
        List<TreeHash> path = new ArrayList<>();
        long from = 0;
        long to = second;
        boolean whole = true; // "b" of SUBPROOF in RFC 6962 section 2.1.2
        while (to != first) {
            long k = Long.highestOneBit(to - from - 1);
            if (first <= from + k) {
                path.addFirst(tree.range(from + k, to));
                to = from + k;
            } else {
                path.addFirst(tree.range(from, from + k));
                from += k;
                whole = false;
            }
        }
        if (!whole) {
            path.addFirst(tree.range(from, to));
        }
        return new ConsistencyProof(first, second, path);
    }

    /** Whether it proves it of trees with those roots (RFC 9162 section 2.1.4.2). */
    public boolean proves(TreeHash firstRoot, TreeHash secondRoot) {
        if (first == second) {
            return path.isEmpty() && firstRoot.equals(secondRoot);
        }
        List<TreeHash> hashes = new ArrayList<>(path);
        if (Long.bitCount(first) == 1) {
            hashes.addFirst(firstRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long fn = first - 1;
        long sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>>= 1;
            sn >>>= 1;
        }
        TreeHash fr = hashes.getFirst();
        TreeHash sr = fr;
        for (TreeHash c : hashes.subList(1, hashes.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = TreeHash.node(c, fr);
                sr = TreeHash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>>= 1;
                    sn >>>= 1;
                }
            } else {
                sr = TreeHash.node(sr, c);
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
    }
}
