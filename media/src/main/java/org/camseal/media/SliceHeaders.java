package org.camseal.media;

/**
 * Knows the parameter sets of one video stream and with them reads slice headers exactly.
 *
 * <p>No method looks at a bit behind the slice header: the slices of a sealed stream, where ciphertext follows the header, are read
 * as those of a clear one. Confined to one thread.
 */
public interface SliceHeaders {
    /**
     * Takes a parameter set, which replaces the one of the same kind and id, or an end of sequence. Other NAL units are passed over, so
     * that a whole access unit may be handed in, in order.
     *
     * @throws MediaException where the parameter set breaks its format, or uses what is not handled here; the sets known before stay
     */
    void accept(NalUnit nal) throws MediaException;

    /**
     * Raw bytes of a slice's NAL unit up to the place where its slice header is complete: NAL header, slice header, and the rest of
     * the RBSP byte in which the slice header ends; emulation prevention bytes in between are counted. An emulation prevention byte
     * right behind is not.
     *
     * @param slice {@link NalUnit#isSlice}
     * @return 2 to {@code slice.length()}
     * @throws MediaException where the header breaks its format, names a parameter set not seen, ends too early, or is of a kind that is
     *     not handled here (H.264 data partitions and scalable or multi-view slices; H.265 layers above the base layer)
     */
    int clearLength(NalUnit slice) throws MediaException;

    /**
     * Whether a slice is the first of its picture, judged against the slice that was handed to this method before.
     *
     * @throws MediaException as {@link #clearLength}
     */
    boolean startsPicture(NalUnit slice) throws MediaException;

    /**
     * The place of a picture in output order. Counts go on from picture to picture, so this is asked once for each picture, in
     * decoding order.
     *
     * @param firstSlice of the picture
     * @throws MediaException as {@link #clearLength}
     */
    PictureOrder pictureOrder(NalUnit firstSlice) throws MediaException;
}
