package org.camseal.streaming.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/**
 * A link that is open, and of which somebody has read the beginning.
 *
 * @param in what is to be read in place of the link's own
 */
record PartlyRead(RtspLink link, InputStream in) implements RtspLink {
    @Override
    public InetAddress peer() {
        return link.peer();
    }

    @Override
    public InetAddress local() {
        return link.local();
    }

    @Override
    public Privacy privacy() {
        return link.privacy();
    }

    @Override
    public void open() {}

    @Override
    public OutputStream out() throws IOException {
        return link.out();
    }

    @Override
    public void finish() throws IOException {
        link.finish();
    }

    @Override
    public void close() {
        link.close();
    }
}
