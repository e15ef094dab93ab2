package org.camseal.streaming.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;

/** A link by way of another one that is open: the same two ends and the same privacy, whatever is made of the bytes. */
abstract class OpenLink implements RtspLink {
    private final RtspLink way;

    OpenLink(RtspLink way) {
        this.way = way;
    }

    @Override
    public InetAddress peer() {
        return way.peer();
    }

    @Override
    public InetAddress local() {
        return way.local();
    }

    @Override
    public Privacy privacy() {
        return way.privacy();
    }

    @Override
    public void open() {}

    @Override
    public OutputStream out() throws IOException {
        return way.out();
    }

    @Override
    public void finish() throws IOException {
        way.finish();
    }

    @Override
    public void close() {
        way.close();
    }
}
