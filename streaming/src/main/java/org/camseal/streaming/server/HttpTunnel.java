package org.camseal.streaming.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.streaming.tunnel.Base64Input;
import org.jspecify.annotations.Nullable;

/**
 * RTSP in a pair of HTTP requests: what the server says is the endless answer to a GET, what the reader says is the endless body of a POST, in
 * base64. A POST that ends, as those of QuickTime do, may be followed by another. The length that a POST states is passed over, because
 * ffmpeg and GStreamer state one and then do not keep to it.
 */
final class HttpTunnel extends OpenLink {
    /** One that is read, and one that came before its end was seen. */
    private static final int MOST_POSTS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Post> posts = new ArrayDeque<>();
    private boolean closed;

    private record Post(RtspLink link, InputStream body) {}

    HttpTunnel(RtspLink get) {
        super(get);
    }

    /**
     * Reads from a POST, until its end or the tunnel's.
     *
     * @param rest the body
     * @return false where the tunnel has one more than enough
     */
    boolean feed(RtspLink link, InputStream rest) throws InterruptedException {
        Post post = new Post(link, new Base64Input(rest));
        lock.lockInterruptibly();
        try {
            if (closed || posts.size() >= MOST_POSTS) {
                return false;
            }
            posts.add(post);
            changed.signalAll();
            while (!closed && posts.contains(post)) {
                changed.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The POST to read from; null where the tunnel is over. */
    private @Nullable Post current() throws IOException {
        lock.lock();
        try {
            while (posts.isEmpty() && !closed) {
                changed.await();
            }
            return closed ? null : posts.peek();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the tunnel was given up", e);
        } finally {
            lock.unlock();
        }
    }

    private void ended(Post post) {
        lock.lock();
        try {
            posts.remove(post);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Bodies extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            for (Post post = current(); post != null; post = current()) {
                int read = post.body().read(to, offset, length);
                if (read >= 0) {
                    return read;
                }
                ended(post);
            }
            return -1;
        }
    }

    @Override
    public InputStream in() {
        return new Bodies();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            posts.forEach(post -> post.link().close());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        super.close();
    }
}
