package org.camseal.authority.log;

/**
 * The inner hashes of a tree of that size, from its tiles. Reads each tile that is asked for in turn, and keeps the last.
 *
 * @param <X> what may go wrong with a tile
 */
final class TileNodes<X extends Exception> implements TreeNodes<X> {
    private final long size;
    private final TreeEdge.TileReader<X> tiles;

    TileNodes(long size, TreeEdge.TileReader<X> tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    @Override
    public TreeHash node(int height, long index) throws X {
        int level = height / 8;
        int inTile = height % 8;
        long first = index << inTile; // the first hash of that level below it
        long tile = first / TileAddress.FULL;
        long hashesInLevel = size >>> (8 * level);
        int width = (int) Math.min(TileAddress.FULL, hashesInLevel - tile * TileAddress.FULL);
        Tile read = tiles.read(new TileAddress(level, tile, width));
        return read.node(inTile, (int) (first % TileAddress.FULL) >> inTile);
    }
}
