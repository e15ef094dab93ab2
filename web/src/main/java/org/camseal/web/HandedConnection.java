package org.camseal.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;

/** A connection that is another protocol's from its first byte on: reads and writes wait, as that protocol's threads may. */
final class HandedConnection extends AbstractConnection implements Connection.UpgradeTo, OpenConnection {
    /** More than what one record of TLS holds, so that none is copied twice. */
    private static final int BUFFER = 20 * 1024;

    private static final long NEVER = 0;

    private final OtherProtocol protocol;
    private final ByteBuffer read = BufferUtil.allocate(BUFFER);
    private final ReentrantLock writing = new ReentrantLock();

    HandedConnection(EndPoint endPoint, Executor executor, OtherProtocol protocol) {
        super(endPoint, executor);
        this.protocol = protocol;
    }

    /** What was read so far. */
    @Override
    public void onUpgradeTo(ByteBuffer first) {
        BufferUtil.append(read, first);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(NEVER); // how long it may be silent is the protocol's to say
        Thread.ofVirtual().name("handed-over-" + peer().getHostAddress()).start(() -> {
            try {
                protocol.speak(this);
            } finally {
                close();
            }
        });
    }

    /** Reads wait for themselves. */
    @Override
    public void onFillable() {}

    @Override
    public InetAddress peer() {
        return Remote.address(getEndPoint().getRemoteSocketAddress());
    }

    @Override
    public InetAddress local() {
        return Remote.address(getEndPoint().getLocalSocketAddress());
    }

    @Override
    public boolean isTls() {
        return getEndPoint().isSecure();
    }

    @Override
    public List<X509Certificate> clientChain() {
        return Remote.chain(getEndPoint());
    }

    @Override
    public InputStream in() {
        return new Incoming();
    }

    @Override
    public OutputStream out() {
        return new Outgoing();
    }

    private final class Incoming extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!read.hasRemaining() && !fill()) {
                return -1;
            }
            int taken = Math.min(length, read.remaining());
            read.get(to, offset, taken);
            return taken;
        }

        @Override
        public int available() {
            return read.remaining();
        }

        /** Waits for more; false at the end. */
        private boolean fill() throws IOException {
            BufferUtil.clear(read);
            int filled = getEndPoint().fill(read);
            while (filled == 0) {
                try (Blocker.Callback more = Blocker.callback()) {
                    getEndPoint().fillInterested(more);
                    more.block();
                }
                filled = getEndPoint().fill(read);
            }
            return filled > 0;
        }
    }

    private final class Outgoing extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writing.lock();
            try (Blocker.Callback written = Blocker.callback()) {
                getEndPoint().write(written, ByteBuffer.wrap(bytes, offset, length));
                written.block();
            } finally {
                writing.unlock();
            }
        }
    }
}
