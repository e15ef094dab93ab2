package org.camseal.camera.pages;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import org.camseal.camera.Camera;
import org.camseal.streaming.server.RtspLink;
import org.camseal.streaming.tunnel.WebSocketHandshake;
import org.camseal.web.OpenConnection;
import org.camseal.web.OtherProtocol;
import org.camseal.web.RequestHead;

/**
 * RTSP in HTTPS and in WebSockets on the port of the pages, for readers whom a firewall lets through to no other: the stream's own server
 * serves them, by its own rules. A session of the pages is no login there, and a login there none at the pages.
 */
record StreamTunnels(Camera camera) implements OtherProtocol {
    /** Joins GET and POST of a tunnel; no page of ours sends it. */
    private static final String TUNNEL = "x-sessioncookie";

    @Override
    public boolean isAskedFor(RequestHead first) {
        boolean webSocket = first.method().equals("GET")
                && first.has("Upgrade", "websocket")
                && first.has("Sec-WebSocket-Protocol", WebSocketHandshake.SUBPROTOCOL);
        return webSocket || first.first(TUNNEL).isPresent();
    }

    @Override
    public void speak(OpenConnection connection) {
        camera.serve(new Handed(connection), connection.clientChain());
    }

    private record Handed(OpenConnection connection) implements RtspLink {
        @Override
        public InetAddress peer() {
            return connection.peer();
        }

        @Override
        public InetAddress local() {
            return connection.local();
        }

        @Override
        public Privacy privacy() {
            return connection.isTls() ? Privacy.TLS : Privacy.CLEAR;
        }

        @Override
        public void open() {}

        @Override
        public InputStream in() {
            return connection.in();
        }

        @Override
        public OutputStream out() {
            return connection.out();
        }

        @Override
        public void finish() {
            connection.close();
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
