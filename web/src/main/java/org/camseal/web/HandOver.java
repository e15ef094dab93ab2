package org.camseal.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first request of each connection and hands over those that ask for another protocol. What is too long, not HTTP or for
 * another host is left to HTTP, which refuses it with a reason.
 */
final class HandOver extends AbstractConnectionFactory implements ConnectionFactory.Detecting {
    /** As much as is looked at, which HTTP then takes over where it is not for us: half of the longest head that it takes. */
    private static final int MOST_HEAD = 4 * 1024;

    private static final List<String> METHODS = List.of("GET ", "POST ");

    private final OtherProtocol protocol;
    private final HostGuard hosts;

    HandOver(OtherProtocol protocol, HostGuard hosts) {
        super("other");
        this.protocol = protocol;
        this.hosts = hosts;
    }

    /** What stands in front of HTTP and looks. */
    ConnectionFactory inFrontOfHttp() {
        DetectorConnectionFactory look = new DetectorConnectionFactory(this);
        look.setInputBufferSize(MOST_HEAD);
        return look;
    }

    @Override
    public Detection detect(ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), MOST_HEAD)];
        buffer.duplicate().get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (METHODS.stream().noneMatch(method -> text.startsWith(method) || method.startsWith(text))) {
            return Detection.NOT_RECOGNIZED;
        }
        if (!text.contains("\n\r\n") && !text.contains("\n\n")) {
            return bytes.length < MOST_HEAD ? Detection.NEED_MORE_BYTES : Detection.NOT_RECOGNIZED;
        }
        return head(bytes).filter(this::isOurs).filter(protocol::isAskedFor).isPresent()
                ? Detection.RECOGNIZED
                : Detection.NOT_RECOGNIZED;
    }

    private boolean isOurs(RequestHead head) {
        try {
            hosts.check(head.method(), head.first("Host"), head.first("Origin"));
            return true;
        } catch (WebException.Refused elsewhere) {
            return false;
        }
    }

    /** By the parser that HTTP is read with, so that both see the same fields. */
    private static Optional<RequestHead> head(byte[] bytes) {
        Reading reading = new Reading();
        new HttpParser(reading, MOST_HEAD).parseNext(ByteBuffer.wrap(bytes));
        return Optional.ofNullable(reading.read);
    }

    private static final class Reading implements HttpParser.RequestHandler {
        private final List<RequestHead.Field> fields = new ArrayList<>();
        private String method = "";
        private @Nullable RequestHead read;

        @Override
        public void startRequest(String itsMethod, String uri, HttpVersion version) {
            method = itsMethod;
        }

        @Override
        public void parsedHeader(HttpField field) {
            String value = field.getValue();
            fields.add(new RequestHead.Field(field.getName(), value == null ? "" : value));
        }

        @Override
        public boolean headerComplete() {
            read = new RequestHead(method, fields);
            return true;
        }

        @Override
        public boolean content(ByteBuffer content) {
            return true;
        }

        @Override
        public boolean contentComplete() {
            return true;
        }

        @Override
        public boolean messageComplete() {
            return true;
        }

        @Override
        public void earlyEOF() {}
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new HandedConnection(endPoint, connector.getExecutor(), protocol), connector, endPoint);
    }
}
