package org.camseal.streaming.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The few calls of Linux's C library that {@link SegmentedSender} needs and Java does not offer. Only where this Java was allowed native
 * access on its command line, and on processors whose layouts are known here; nowhere is a library loaded.
 */
final class LinuxSockets {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int EINTR = 4;

    private LinuxSockets() {}

    static boolean areUsable() {
        return System.getProperty("os.name", "").equals("Linux")
                && PROCESSORS.contains(System.getProperty("os.arch", ""))
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                && LinuxSockets.class.getModule().isNativeAccessEnabled();
    }

    /** Made when it is first used, which is where it may be. */
    private static final class Calls {
        private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle SOCKET =
                call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        private static final MethodHandle BIND =
                call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle GETSOCKNAME =
                call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        private static final MethodHandle SETSOCKOPT =
                call("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        private static final MethodHandle SENDMSG = call(
                "sendmsg",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.captureCallState("errno"));

        @SuppressWarnings("restricted") // allowed: areUsable() has asked
        private static MethodHandle call(String name, FunctionDescriptor types, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), types, options);
        }
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static int run(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the C library throws nothing", e);
        }
    }

    /** A new one for datagrams, with a large send buffer, for both families where IPv6 is asked for; negative where there is none. */
    static int socket(int family) {
        int socket = run(() -> (int) Calls.SOCKET.invokeExact(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (socket >= 0) {
            set(socket, SOL_SOCKET, SO_SNDBUF, DatagramSender.SEND_BUFFER);
            if (family == AF_INET6) {
                set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
        }
        return socket;
    }

    private static void set(int socket, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = arena.allocateFrom(JAVA_INT, value);
            int _ = run(() -> (int) Calls.SETSOCKOPT.invokeExact(socket, level, option, at, Integer.BYTES));
        }
    }

    /** Binds it; returns the port that it got, negative where the address is none of this machine's. */
    static int bind(int socket, MemorySegment address) {
        int size = (int) address.byteSize();
        if (run(() -> (int) Calls.BIND.invokeExact(socket, address, size)) != 0) {
            return -1;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, size);
            return run(() -> (int) Calls.GETSOCKNAME.invokeExact(socket, address, length)) != 0
                    ? -1
                    : Short.toUnsignedInt(address.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2));
        }
    }

    /** Sends a struct msghdr; returns 0, or the system's error number. */
    static int sendmsg(int socket, MemorySegment message, MemorySegment state) {
        int errno;
        do {
            errno = run(() -> (long) Calls.SENDMSG.invokeExact(state, socket, message, 0) >= 0
                    ? 0
                    : (int) Calls.ERRNO.get(state, 0L));
        } while (errno == EINTR);
        return errno;
    }

    /** Room for what {@link #sendmsg} leaves behind. */
    static MemorySegment state(Arena arena) {
        return arena.allocate(Calls.STATE);
    }

    static void close(int socket) {
        int _ = run(() -> (int) Calls.CLOSE.invokeExact(socket));
    }
}
