package org.camseal.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** An input stream that fails when nothing came for too long: java.net.http has no such limit for bodies. */
final class WatchedStream extends FilterInputStream {
    private final Duration silence;
    private final Thread watch;
    private volatile long waitingSince; // nanoTime, 0 while nobody waits
    private volatile boolean expired;
    private volatile boolean closed;

    WatchedStream(InputStream in, Duration silence) {
        super(in);
        this.silence = silence;
        this.watch = Thread.ofVirtual().name("stream watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(Math.max(10, silence.toMillis() / 4));
                long since = waitingSince;
                if (since != 0 && System.nanoTime() - since > silence.toNanos()) {
                    expired = true;
                    in.close(); // wakes the reader
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            // closed
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        waitingSince = System.nanoTime() | 1;
        try {
            int read = in.read(into, offset, length);
            if (expired) {
                throw silent();
            }
            return read;
        } catch (IOException e) {
            throw expired ? silent() : e;
        } finally {
            waitingSince = 0;
        }
    }

    private IOException silent() {
        return new IOException("the server sent nothing for " + silence.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        watch.interrupt();
        super.close();
    }
}
