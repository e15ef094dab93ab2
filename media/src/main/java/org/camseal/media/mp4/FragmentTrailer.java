package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * The last box of what {@link FragmentedMp4Writer} writes in one go: a uuid box with the length and CRC-32C of everything since the
 * trailer before. With it a fragment that a power cut left with the right length but holes in it is known as torn. It is against
 * accidents only; what is authentic, manifests say.
 *
 * <p>Payload after the UUID: version u8 (0), 24 bits of zero, length u64, CRC-32C u32.
 */
record FragmentTrailer(long length, int crc) {
    static final UUID ID = UUID.fromString("5c1d0c5e-6a0b-4f0e-9a43-ca35ea1d0002");
    static final int BYTES = 8 + 16 + 4 + 8 + 4;

    static byte[] of(byte[]... parts) {
        CRC32C crc = new CRC32C();
        long length = 0;
        for (byte[] part : parts) {
            crc.update(part);
            length += part.length;
        }
        BoxBuilder out = new BoxBuilder(BYTES);
        out.open("uuid").u64(ID.getMostSignificantBits()).u64(ID.getLeastSignificantBits());
        return out.u32(0).u64(length).u32(crc.getValue()).close().toBytes();
    }

    /** The trailer that a whole box is; null where it is another one. */
    static @Nullable FragmentTrailer at(ByteSource source, FileBox box) throws MediaException, IOException {
        if (!box.type().equals("uuid") || box.end() - box.start() != BYTES) {
            return null;
        }
        BoxBytes payload = box.load(source, BYTES);
        ByteBuffer id = payload.view(16);
        return new UUID(id.getLong(), id.getLong()).equals(ID) ? read(payload) : null;
    }

    /** Reads the payload behind the UUID. */
    static FragmentTrailer read(BoxBytes box) throws MalformedException {
        box.skip(4);
        return new FragmentTrailer(box.u64(), box.i32());
    }
}
