package org.camseal.media.mp4;

import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.UnsupportedException;

/**
 * A trak whose sample descriptions have not been read yet.
 *
 * @param trak stands at its first child
 * @param handler such as {@code vide}
 * @param sampleTable stbl, at its first child
 */
record TrackBox(BoxBytes trak, long id, long timescale, String handler, BoxBytes sampleTable) {
    static TrackBox read(BoxBytes trak) throws MalformedException {
        BoxBytes tkhd = trak.demand("tkhd");
        boolean wide = tkhd.u8() == 1;
        tkhd.skip(3 + (wide ? 16 : 8));
        long id = tkhd.u32();
        BoxBytes mdia = trak.demand("mdia");
        BoxBytes mdhd = mdia.demand("mdhd");
        boolean wideMedia = mdhd.u8() == 1;
        mdhd.skip(3 + (wideMedia ? 16 : 8));
        long timescale = mdhd.u32();
        if (timescale == 0) {
            throw mdhd.malformed("a time scale of 0");
        }
        BoxBytes hdlr = mdia.demand("hdlr");
        hdlr.skip(8);
        String handler = BoxBytes.printable(hdlr.fourCc());
        return new TrackBox(trak, id, timescale, handler, mdia.demand("minf").demand("stbl"));
    }

    /**
     * The one format of the track.
     *
     * @throws UnsupportedException where it is not one of ours, or there are several
     */
    SampleEntry entry() throws MediaException {
        if (!handler.equals("vide") && !handler.equals("soun")) {
            throw new UnsupportedException("neither video nor sound");
        }
        BoxBytes stsd = sampleTable.demand("stsd");
        int version = stsd.u8();
        stsd.skip(3);
        stsd.skip(4);
        SampleEntry first = null;
        for (BoxBytes box = stsd.nextBox(); box != null; box = stsd.nextBox()) {
            SampleEntry entry = SampleEntry.read(box, version, timescale);
            if (first != null && !first.equals(entry)) {
                throw new UnsupportedException(
                        "its format changes on the way: " + stsd.path() + " has several sample descriptions");
            }
            first = entry;
        }
        if (first == null) {
            throw stsd.malformed("has no sample description");
        }
        return first;
    }
}
