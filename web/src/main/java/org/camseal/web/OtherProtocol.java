package org.camseal.web;

/**
 * Another protocol on a server's port. A connection whose first request asks for it is handed over whole, with that request, and no route
 * sees it. What a connection asks for later is the routes' affair.
 */
public interface OtherProtocol {
    /**
     * Whether a connection is for it. Asked of whoever sent a whole head of GET or POST for a host that is this server's; must return at
     * once.
     *
     * @param first the head of the connection's first request
     */
    boolean isAskedFor(RequestHead first);

    /** Speaks over a connection until it is over, on a virtual thread of its own; it is closed when this returns. */
    void speak(OpenConnection connection);
}
