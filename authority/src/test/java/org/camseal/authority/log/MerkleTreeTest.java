package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees and proofs against the known answers that the authors of RFC 6962 published with their log, and against themselves. */
class MerkleTreeTest {
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    /** A tree in memory, straight from the definition. */
    private record Leaves(List<TreeHash> hashes) implements TreeNodes<RuntimeException> {
        @Override
        public TreeHash node(int height, long index) {
            return height == 0
                    ? hashes.get((int) index)
                    : TreeHash.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
        }
    }

    private static Leaves numbered(int size) {
        return new Leaves(IntStream.range(0, size)
                .mapToObj(i -> TreeHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList());
    }

    private static String hex(TreeHash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    @Test
    void rootsAreThePublishedOnes() {
        assertThat(hex(TreeHash.EMPTY)).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        TreeEdge edge = new TreeEdge();
        List<TreeHash> hashes = new ArrayList<>();
        for (int i = 0; i < INPUTS.size(); i++) {
            TreeHash leaf = TreeHash.leaf(HexFormat.of().parseHex(INPUTS.get(i)));
            hashes.add(leaf);
            edge.append(leaf);
            assertThat(hex(edge.root())).isEqualTo(ROOTS.get(i));
            assertThat(hex(new Leaves(hashes).root(i + 1))).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void theEdgeHasTheRootOfTheDefinitionAtEverySize() {
        Leaves leaves = numbered(1100);
        TreeEdge edge = new TreeEdge();
        assertThat(edge.root()).isEqualTo(TreeHash.EMPTY);
        for (int size = 1; size <= 1100; size++) {
            edge.append(leaves.hashes().get(size - 1));
            if (size < 20 || size % 97 == 0 || size % 256 < 2 || size % 256 == 255) {
                assertThat(edge.root()).as("size %d", size).isEqualTo(leaves.root(size));
            }
        }
    }

    @Test
    void everyLeafOfEverySmallTreeIsProvenAndNothingElse() {
        Leaves leaves = numbered(40);
        for (int size = 1; size <= 40; size++) {
            TreeHash root = leaves.root(size);
            for (int i = 0; i < size; i++) {
                InclusionProof proof = InclusionProof.of(leaves, i, size);
                TreeHash leaf = leaves.hashes().get(i);
                assertThat(proof.proves(leaf, root)).isTrue();
                assertThat(proof.proves(TreeHash.EMPTY, root)).isFalse();
                assertThat(proof.proves(leaf, TreeHash.EMPTY)).isFalse();
                assertThat(new InclusionProof((i + 1) % size, size, proof.path()).proves(leaf, root))
                        .isEqualTo(size == 1);
                requireWholePath(proof, leaf, root);
            }
        }
    }

    private static void requireWholePath(InclusionProof proof, TreeHash leaf, TreeHash root) {
        List<TreeHash> longer = new ArrayList<>(proof.path());
        longer.add(TreeHash.EMPTY);
        assertThat(new InclusionProof(proof.leafIndex(), proof.treeSize(), longer).proves(leaf, root))
                .isFalse();
        for (int i = 0; i < proof.path().size(); i++) {
            List<TreeHash> other = new ArrayList<>(proof.path());
            other.set(i, TreeHash.EMPTY);
            assertThat(new InclusionProof(proof.leafIndex(), proof.treeSize(), other).proves(leaf, root))
                    .isFalse();
            other.remove(i);
            assertThat(new InclusionProof(proof.leafIndex(), proof.treeSize(), other).proves(leaf, root))
                    .isFalse();
        }
    }

    @Test
    void everySmallerTreeIsProvenToBeTheBeginning() {
        Leaves leaves = numbered(40);
        List<TreeHash> others = new ArrayList<>(leaves.hashes());
        others.set(0, TreeHash.EMPTY);
        for (int second = 1; second <= 40; second++) {
            for (int first = 1; first <= second; first++) {
                ConsistencyProof proof = ConsistencyProof.of(leaves, first, second);
                TreeHash firstRoot = leaves.root(first);
                TreeHash secondRoot = leaves.root(second);
                assertThat(proof.proves(firstRoot, secondRoot))
                        .as("%d in %d", first, second)
                        .isTrue();
                assertThat(proof.proves(new Leaves(others).root(first), secondRoot))
                        .isFalse();
                assertThat(proof.proves(firstRoot, new Leaves(others).root(second)))
                        .isFalse();
                for (int i = 0; i < proof.path().size(); i++) {
                    List<TreeHash> shorter = new ArrayList<>(proof.path());
                    shorter.remove(i);
                    assertThat(new ConsistencyProof(first, second, shorter).proves(firstRoot, secondRoot))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void tilesHaveTheNamesOfTheSpecification() {
        assertThat(TileAddress.full(0, 1234067).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TileAddress(TileAddress.ENTRIES, 0, 112).path()).isEqualTo("tile/entries/000.p/112");
        for (String path : List.of("tile/0/x001/x234/067", "tile/63/000", "tile/entries/x999/999.p/255")) {
            assertThat(TileAddress.parse(path).orElseThrow().path()).isEqualTo(path);
        }
        assertThat(List.of(
                        "tile/64/000",
                        "tile/00/000",
                        "tile/0/00",
                        "tile/0/x000/000",
                        "tile/0/001/000",
                        "tile/0/000.p/256",
                        "tile/0/000.p/0",
                        "tile/0/../000",
                        "tile/0/000/"))
                .allSatisfy(path -> assertThat(TileAddress.parse(path)).isEmpty());
        assertThat(TreeEdge.partial(70_000)) // the specification's own example
                .containsExactly(new TileAddress(0, 273, 112), new TileAddress(1, 1, 17), new TileAddress(2, 0, 1));
        assertThat(TreeEdge.partial(256)).containsExactly(new TileAddress(1, 0, 1));
    }
}
