package org.camseal.streaming.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Hands Linux a whole run of datagrams in one call, and Linux divides it as late as it can (UDP generic segmentation offload, {@code
 * UDP_SEGMENT} of udp(7), since 4.18): a third of the processor time of a call each. Where a run is refused, because a way in between is too
 * narrow or a network card cannot compute checksums, datagrams go one by one from then on, from the same port.
 */
final class SegmentedSender implements DatagramSender {
    private static final int SOL_UDP = 17;
    private static final short UDP_SEGMENT = 103;
    private static final int MESSAGE_BYTES = 56; // struct msghdr
    private static final int CONTROL_BYTES = 24; // CMSG_SPACE(sizeof(uint16_t))
    private static final long CONTROL_LENGTH = 18; // CMSG_LEN(sizeof(uint16_t))
    private static final int IPV6_ADDRESS_BYTES = 28; // struct sockaddr_in6
    private static final int IPV4_ADDRESS_BYTES = 16; // struct sockaddr_in
    private static final ByteOrder NETWORK = ByteOrder.BIG_ENDIAN;

    private final Arena arena;
    private final int family;
    private final int port;
    private final MemorySegment address;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final MemorySegment message;
    private final MemorySegment state;
    private @Nullable InetSocketAddress last;
    private int socket;
    private boolean segments = true;

    private SegmentedSender(Arena arena, int socket, int family, int port) {
        this.arena = arena;
        this.socket = socket;
        this.family = family;
        this.port = port;
        this.address = arena.allocate(IPV6_ADDRESS_BYTES, 8);
        this.vector = arena.allocate(16, 8);
        this.control = arena.allocate(CONTROL_BYTES, 8);
        this.message = arena.allocate(MESSAGE_BYTES, 8);
        this.state = LinuxSockets.state(arena);
        control.set(JAVA_LONG, 0, CONTROL_LENGTH);
        control.set(JAVA_INT, 8, SOL_UDP);
        control.set(JAVA_INT, 12, UDP_SEGMENT);
        message.set(ADDRESS, 0, address);
        message.set(JAVA_INT, 8, family == LinuxSockets.AF_INET ? IPV4_ADDRESS_BYTES : IPV6_ADDRESS_BYTES);
        message.set(ADDRESS, 16, vector);
        message.set(JAVA_LONG, 24, 1L);
    }

    /** A bound socket; null where this is no Linux that is known here, or this Java may not call it. */
    static @Nullable SegmentedSender open(InetAddress at) throws SocketException {
        if (!LinuxSockets.areUsable()) {
            return null;
        }
        int family =
                at instanceof Inet6Address || at.isAnyLocalAddress() ? LinuxSockets.AF_INET6 : LinuxSockets.AF_INET;
        Arena arena = Arena.ofShared();
        int socket = LinuxSockets.socket(family);
        if (socket < 0 && at.isAnyLocalAddress()) { // a machine without IPv6
            family = LinuxSockets.AF_INET;
            socket = LinuxSockets.socket(family);
        }
        int port = socket < 0
                ? -1
                : LinuxSockets.bind(socket, write(arena.allocate(IPV6_ADDRESS_BYTES, 8), family, at, 0));
        if (port < 0) {
            if (socket >= 0) {
                LinuxSockets.close(socket);
            }
            arena.close();
            return null; // the JDK's own socket will say why
        }
        return new SegmentedSender(arena, socket, family, port);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void send(ByteBuffer datagrams, int size, InetSocketAddress to) throws IOException {
        if (socket < 0) {
            throw new SocketException("the socket is closed");
        }
        if (!to.equals(last)) {
            write(address, family, to.getAddress(), to.getPort());
            last = to;
        }
        MemorySegment bytes = MemorySegment.ofBuffer(datagrams);
        if (segments && bytes.byteSize() > size) {
            control.set(JAVA_SHORT, 16, (short) size);
            message.set(ADDRESS, 32, control);
            message.set(JAVA_LONG, 40, (long) CONTROL_BYTES);
            int errno = send(bytes);
            if (errno == 0) {
                return;
            }
            segments = false;
        }
        message.set(ADDRESS, 32, MemorySegment.NULL);
        message.set(JAVA_LONG, 40, 0L);
        for (long at = 0; at < bytes.byteSize(); at += size) {
            int errno = send(bytes.asSlice(at, Math.min(size, bytes.byteSize() - at)));
            if (errno != 0) {
                throw new SocketException("the system sends nothing to " + to + " (error number " + errno + ")");
            }
        }
    }

    private int send(MemorySegment bytes) {
        vector.set(ADDRESS, 0, bytes);
        vector.set(JAVA_LONG, 8, bytes.byteSize());
        return LinuxSockets.sendmsg(socket, message, state);
    }

    /** Writes a sockaddr_in or sockaddr_in6; an IPv4 address in the latter is a mapped one (RFC 4291 section 2.5.5.2). */
    private static MemorySegment write(MemorySegment to, int family, InetAddress address, int port) {
        to.fill((byte) 0);
        byte[] bytes = address.getAddress();
        to.set(JAVA_SHORT, 0, (short) family);
        to.set(JAVA_SHORT.withOrder(NETWORK), 2, (short) port);
        if (family == LinuxSockets.AF_INET) {
            MemorySegment.copy(bytes, 0, to, JAVA_BYTE, 4, bytes.length);
            return to.asSlice(0, IPV4_ADDRESS_BYTES);
        }
        if (address instanceof Inet6Address six) {
            MemorySegment.copy(bytes, 0, to, JAVA_BYTE, 8, bytes.length);
            to.set(JAVA_INT, 24, six.getScopeId());
        } else if (!address.isAnyLocalAddress()) {
            to.set(JAVA_SHORT, 18, (short) -1);
            MemorySegment.copy(bytes, 0, to, JAVA_BYTE, 20, bytes.length);
        }
        return to;
    }

    @Override
    public void close() {
        if (socket >= 0) {
            LinuxSockets.close(socket);
            socket = -1;
            arena.close();
        }
    }
}
