package org.camseal.streaming.server;

import java.io.InputStream;

/** A link that is open, and of which somebody has read the beginning. */
final class PartlyRead extends OpenLink {
    private final InputStream in;

    /** @param in what is to be read in place of the link's own */
    PartlyRead(RtspLink link, InputStream in) {
        super(link);
        this.in = in;
    }

    @Override
    public InputStream in() {
        return in;
    }
}
