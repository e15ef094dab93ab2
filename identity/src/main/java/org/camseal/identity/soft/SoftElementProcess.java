package org.camseal.identity.soft;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.element.TimedSocket;

/**
 * The element's own process. It says {@code ready} on standard output once it can be asked, and ends when its standard input does: so it
 * does not outlive the program that started it. Errors go to standard error, one line each.
 */
public final class SoftElementProcess {
    private static final int MAX_PROGRAMS = 16;
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.DAYS.toNanos(365);

    private final SoftState state;
    private final SecureRandom random;
    private final Semaphore programs = new Semaphore(MAX_PROGRAMS);

    SoftElementProcess(SoftState state, SecureRandom random) {
        this.state = state;
        this.random = random;
    }

    /** {@code STATE-DIRECTORY SOCKET}: serves until standard input ends. */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("camseal: error: a soft element needs its state directory and its socket");
            System.exit(2);
        }
        System.exit(run(Path.of(arguments[0]), Path.of(arguments[1]), step -> {}));
    }

    static int run(Path directory, Path socket, DurableFile.Steps steps) {
        SecureRandom random = new SecureRandom();
        try (StateLock _ = StateLock.take(directory.resolve("lock"))) {
            DurableFile.removeHalfWritten(directory);
            SoftState state = SoftState.open(directory, StatePlace.on(Path.of("/etc/machine-id")), random, steps);
            Files.deleteIfExists(socket);
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                Thread.ofPlatform().daemon().start(() -> new SoftElementProcess(state, random).serve(server));
                System.out.println("ready");
                while (System.in.read() >= 0) {
                    // until who started this ends
                }
            }
            Files.deleteIfExists(socket);
            return 0;
        } catch (IdentityException.Element e) {
            System.err.println(Numbers.line(e.fault(), String.valueOf(e.getMessage())));
            return 5;
        } catch (IdentityException | IOException e) {
            System.err.println(Numbers.line(ElementFault.UNAVAILABLE, String.valueOf(e.getMessage())));
            return 4;
        }
    }

    void serve(ServerSocketChannel server) {
        while (server.isOpen()) {
            try {
                SocketChannel program = server.accept();
                if (programs.tryAcquire()) {
                    Thread.ofVirtual().start(() -> answer(program));
                } else {
                    program.close();
                }
            } catch (IOException e) {
                // the next one, or the end
            }
        }
    }

    private void answer(SocketChannel program) {
        try (TimedSocket socket = new TimedSocket(program);
                Channel channel = Channel.toProgram(
                        socket,
                        state.channelKey(),
                        state.pairingSecret(),
                        random,
                        System.nanoTime() + HANDSHAKE_NANOS)) {
            while (true) {
                byte[] request = channel.receive(System.nanoTime() + IDLE_NANOS);
                channel.send(answer(request), System.nanoTime() + HANDSHAKE_NANOS);
            }
        } catch (IOException e) {
            // this program is gone, or was not the paired one
        } finally {
            programs.release();
        }
    }

    /** One byte 0 and the answer; or 1 and the fault as a line. */
    private byte[] answer(byte[] bytes) {
        try {
            Optional<Request> request = Request.decode(bytes);
            if (request.isEmpty()) {
                throw new IdentityException.Element(ElementFault.REFUSED, "a request that this element does not know");
            }
            byte[] result = answer(request.get());
            return ByteBuffer.allocate(1 + result.length)
                    .put((byte) 0)
                    .put(result)
                    .array();
        } catch (IdentityException.Element e) {
            return refusal(e.fault(), String.valueOf(e.getMessage()));
        } catch (IdentityException | GeneralSecurityException e) {
            return refusal(ElementFault.FAILED, "the soft element failed: " + e.getMessage());
        }
    }

    private static byte[] refusal(ElementFault fault, String message) {
        byte[] text = Numbers.line(fault, message).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put((byte) 1).put(text).array();
    }

    private byte[] answer(Request request) throws IdentityException, GeneralSecurityException {
        return switch (request) {
            case Request.Generate generate -> generated(generate);
            case Request.Find find -> described(find(find.slot()));
            case Request.Destroy destroy -> {
                synchronized (state) {
                    state.remove(destroy.slot());
                }
                yield new byte[0];
            }
            case Request.Sign sign -> {
                if (!sign.slot().signs()) {
                    throw new IdentityException.Element("the " + sign.slot().label() + " key does not sign");
                }
                SlotHandle.requireAllowed(sign.slot(), sign.message());
                yield living(sign.slot(), sign.keyDigest()).sign(sign.message(), random);
            }
            case Request.SignDigest sign -> {
                SoftKey key = living(sign.slot(), sign.keyDigest());
                SlotHandle.requireDigest(sign.slot(), key.spec().signature(), sign.digest());
                yield key.signDigest(sign.digest(), random);
            }
            case Request.Agree agree -> {
                if (agree.slot().signs()) {
                    throw new IdentityException.Element("the " + agree.slot().label() + " key does not agree");
                }
                yield agreed(agree);
            }
        };
    }

    private byte[] agreed(Request.Agree agree) throws IdentityException.Element {
        SoftKey key = living(agree.slot(), agree.keyDigest());
        try {
            return key.agree(agree.peer());
        } catch (GeneralSecurityException e) {
            throw new IdentityException.Element(
                    ElementFault.REFUSED, "the peer's key does not fit: not a point of this key's curve", e);
        }
    }

    private byte[] generated(Request.Generate generate) throws IdentityException, GeneralSecurityException {
        if (!generate.slot().signs() && !generate.spec().agrees()) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED, "a " + generate.spec() + " key cannot agree on secrets: choose P256");
        }
        synchronized (state) {
            if (state.keys().containsKey(generate.slot())) {
                throw new IdentityException.Element(
                        ElementFault.SLOT_TAKEN,
                        "the element already has a " + generate.slot().label()
                                + " key; destroy it first if it shall be replaced");
            }
            SoftKey key = SoftKey.generate(generate.spec(), random);
            state.put(generate.slot(), key);
            return described(Optional.of(key));
        }
    }

    private static byte[] described(Optional<SoftKey> key) {
        if (key.isEmpty()) {
            return new byte[0];
        }
        byte[] publicKey = key.get().publicBytes();
        return ByteBuffer.allocate(1 + publicKey.length)
                .put(Numbers.of(key.get().spec()))
                .put(publicKey)
                .array();
    }

    private Optional<SoftKey> find(Slot slot) {
        synchronized (state) {
            return Optional.ofNullable(state.keys().get(slot));
        }
    }

    private SoftKey living(Slot slot, byte[] keyDigest) throws IdentityException.Element {
        return find(slot)
                .filter(key -> MessageDigest.isEqual(NoiseState.sha256(key.publicBytes()), keyDigest))
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.NO_KEY, "the " + slot.label() + " key was destroyed"));
    }
}
