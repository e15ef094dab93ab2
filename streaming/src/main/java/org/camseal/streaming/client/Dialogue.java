package org.camseal.streaming.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.TimedOutException;
import org.camseal.streaming.UnreachableException;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.RtspStatus;
import org.jspecify.annotations.Nullable;

/** Requests and responses on one connection, with the login; interleaved frames go to their own listener. */
final class Dialogue implements Closeable {
    private static final int MAX_BODY = 262_144;
    private static final int MOST_TRIES = 3;
    private static final int MOST_PENDING = 16;

    /** Who hears what arrives besides responses, on the reading thread. */
    interface Listener {
        void frame(RtspMessage.Frame frame) throws InterruptedException;

        /** Nothing more will arrive, and this is why. */
        void broken(StreamingException reason);
    }

    /** Hears, on the reading thread, what becomes of a request. */
    private interface Pending {
        void answered(Response response);

        default void failed(StreamingException reason) {}
    }

    /** A request whose answer a thread waits for. */
    private static final class Awaited implements Pending {
        private final CompletableFuture<Response> answer = new CompletableFuture<>();
        private final Consumer<Response> first;

        Awaited(Consumer<Response> first) {
            this.first = first;
        }

        @Override
        public void answered(Response response) {
            first.accept(response);
            answer.complete(response);
        }

        @Override
        public void failed(StreamingException reason) {
            answer.completeExceptionally(reason);
        }
    }

    private final RtspRequest request;
    private final ClientConnection connection;
    private final ClientLogin login;
    private final AtomicInteger cseq = new AtomicInteger();
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Listener listener = new Listener() {
        @Override
        public void frame(RtspMessage.Frame frame) {}

        @Override
        public void broken(StreamingException reason) {}
    };
    private volatile @Nullable StreamingException end;
    private volatile String session = "";

    private final Thread reading;

    Dialogue(RtspRequest request, ClientConnection connection) {
        this.request = request;
        this.connection = connection;
        this.login = new ClientLogin(request, new SecureRandom());
        this.reading =
                Thread.ofVirtual().name("rtsp-client-" + connection.name()).start(this::read);
    }

    ClientConnection connection() {
        return connection;
    }

    void listen(Listener to) {
        listener = to;
        StreamingException already = end;
        if (already != null) {
            to.broken(already);
        }
    }

    /** Sends this session with every request from now on. */
    void session(String id) {
        session = id;
    }

    private void read() {
        StreamingException reason = readAll();
        end = reason;
        connection.close();
        pending.values().forEach(waiting -> waiting.failed(reason));
        listener.broken(reason);
    }

    /** Reads to the end; returns why it ended. */
    private StreamingException readAll() {
        try {
            RtspReader reader = new RtspReader(connection.in(), MAX_BODY);
            RtspMessage message = reader.next();
            while (message != null) {
                take(message);
                message = reader.next();
            }
            return new UnreachableException(connection.name() + " closed the connection");
        } catch (IOException e) {
            return connection.broken(e);
        } catch (ProtocolException e) {
            return new ProtocolException(connection.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            return new UnreachableException(connection.name() + ": the playback was closed");
        }
    }

    private void take(RtspMessage message) throws IOException, InterruptedException {
        switch (message) {
            case Response response -> {
                Pending waiting = response.cseq().isPresent()
                        ? pending.remove(response.cseq().getAsInt())
                        : null;
                if (waiting != null) {
                    waiting.answered(response);
                }
            }
            case RtspMessage.Frame frame -> listener.frame(frame);
            case Request asked -> answer(asked);
        }
    }

    /** Some servers ask whether we are still there. */
    private void answer(Request asked) throws IOException {
        RtspStatus status = asked.method().equals("OPTIONS") || asked.method().equals("GET_PARAMETER")
                ? RtspStatus.OK
                : RtspStatus.NOT_IMPLEMENTED;
        Response response = Response.of(status);
        if (asked.cseq().isPresent()) {
            response = response.with("CSeq", Integer.toString(asked.cseq().getAsInt()));
        }
        write(response.toBytes());
    }

    void write(byte[] bytes) throws IOException {
        writing.lock();
        try {
            // Asked for once: a refusal may be answered, read and the connection closed before this returns, and a
            // closed
            // socket gives no stream.
            OutputStream out = connection.out();
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /**
     * Asks and waits for the answer, logging in where the server wants that.
     *
     * @return any answer but 401
     */
    Response ask(String method, String uri, RtspHeaders headers) throws StreamingException, InterruptedException {
        return ask(method, uri, headers, response -> {});
    }

    /** As {@link #ask(String, String, RtspHeaders)}; {@code first} hears each answer before anything behind it is read. */
    Response ask(String method, String uri, RtspHeaders headers, Consumer<Response> first)
            throws StreamingException, InterruptedException {
        String where = connection.name() + ", " + method;
        for (int i = 0; i < MOST_TRIES; i++) {
            Awaited awaited = new Awaited(first);
            send(new Request(method, uri, headers), awaited);
            Response response = await(awaited.answer, where);
            if (response.status() != RtspStatus.UNAUTHORIZED.code()) {
                return response;
            }
            login.challenged(response, connection.name());
        }
        throw new ProtocolException(where + ": the server calls every login stale");
    }

    private Response await(CompletableFuture<Response> answer, String where)
            throws StreamingException, InterruptedException {
        try {
            return answer.get(request.timeouts().reply().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.clear();
            throw new TimedOutException(where + ": no answer within "
                    + request.timeouts().reply().toMillis() + " ms; the source hangs, or it is no RTSP server");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StreamingException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void send(Request asked, Pending waiting) throws StreamingException {
        int number = cseq.incrementAndGet();
        RtspHeaders all = asked.headers().with("CSeq", Integer.toString(number)).with("User-Agent", "CamSeal");
        if (!session.isEmpty()) {
            all = all.with("Session", session);
        }
        RtspHeaders bare = all;
        RtspHeaders complete = login.authorization(new Request(asked.method(), asked.uri(), bare))
                .map(value -> bare.with("Authorization", value))
                .orElse(bare);
        pending.put(number, waiting);
        StreamingException over = end;
        if (over != null) {
            pending.remove(number);
            throw over;
        }
        try {
            write(new Request(asked.method(), asked.uri(), complete, asked.body()).toBytes());
        } catch (IOException e) {
            pending.remove(number);
            StreamingException reason = end;
            throw reason != null ? reason : connection.broken(e);
        }
    }

    /** Hears an answer. */
    interface Hearer {
        void answered(Response response) throws StreamingException;
    }

    /** Asks without waiting; {@code then} hears the answer on the reading thread, or nothing. A stale login is renewed, not repeated. */
    void askLater(Request asked, Hearer then) throws StreamingException {
        if (pending.size() > MOST_PENDING) {
            pending.clear(); // a server that answers nothing; whether it still sends is what counts
        }
        send(asked, response -> heard(response, then));
    }

    private void heard(Response response, Hearer then) {
        try {
            if (response.status() == RtspStatus.UNAUTHORIZED.code()) {
                login.challenged(response, connection.name());
            }
            then.answered(response);
        } catch (StreamingException e) {
            listener.broken(e);
        }
    }

    @Override
    public void close() {
        connection.close();
        reading.interrupt();
    }
}
