package org.camseal.streaming.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.camseal.streaming.tunnel.WebSocketInput;
import org.camseal.streaming.tunnel.WebSocketOutput;

/** RTSP in the binary frames of a WebSocket that is open. */
final class WebSocketLink extends OpenLink {
    private static final int NORMAL = 1000; // RFC 6455 section 7.4.1

    private final WebSocketOutput out;
    private final WebSocketInput in;

    /** @param rest what the link brings behind the opening handshake */
    WebSocketLink(RtspLink link, InputStream rest) throws IOException {
        super(link);
        this.out = new WebSocketOutput(link.out());
        this.in = new WebSocketInput(rest, out);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void finish() throws IOException {
        out.sayGoodbye(NORMAL);
        super.finish();
    }
}
