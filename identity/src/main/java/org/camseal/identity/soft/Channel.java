package org.camseal.identity.soft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.camseal.identity.element.TimedSocket;

/**
 * Messages of at most {@link #MAX_MESSAGE} bytes over one socket, encrypted and in order. Whatever else than the other end's next message
 * comes is {@link Altered}, and the end of the channel. Not for several threads.
 */
final class Channel implements AutoCloseable {
    /** A request with the longest message that is signed. */
    static final int MAX_MESSAGE = (1 << 20) + 1024;

    /** Noise, section 3: a transport message has at most 65535 bytes. */
    private static final int MAX_PART = 65_535 - NoiseState.TAG - 1;

    private final TimedSocket socket;
    private final byte[] sendKey;
    private final byte[] receiveKey;
    private long sent;
    private long received;

    private Channel(TimedSocket socket, byte[] sendKey, byte[] receiveKey) {
        this.socket = socket;
        this.sendKey = sendKey;
        this.receiveKey = receiveKey;
    }

    /** The other end is not the paired one, or something on the way is at work. */
    static final class Altered extends IOException {
        Altered(String what) {
            super(what);
        }
    }

    /** The program's end. */
    static Channel toElement(TimedSocket socket, Pairing pairing, SecureRandom random, long end) throws IOException {
        Handshake handshake =
                new Handshake(Handshake.PROLOGUE, pairing.elementKey(), pairing.secret(), X25519.generate(random));
        try {
            socket.write(handshake.first(pairing.elementKey(), new byte[0]), end);
            handshake.readSecond(socket.read(Handshake.MESSAGE_BYTES, end));
        } catch (GeneralSecurityException e) {
            throw new Altered("the element did not prove that it is the paired one");
        }
        byte[][] keys = handshake.split();
        return new Channel(socket, keys[0], keys[1]);
    }

    /** The element's end. */
    static Channel toProgram(TimedSocket socket, X25519 elementKey, byte[] pairingSecret, SecureRandom random, long end)
            throws IOException {
        Handshake handshake =
                new Handshake(Handshake.PROLOGUE, elementKey.publicKey(), pairingSecret, X25519.generate(random));
        try {
            handshake.readFirst(elementKey, socket.read(Handshake.MESSAGE_BYTES, end));
            socket.write(handshake.second(new byte[0]), end);
        } catch (GeneralSecurityException e) {
            throw new Altered("the program is not the paired one");
        }
        byte[][] keys = handshake.split();
        return new Channel(socket, keys[1], keys[0]);
    }

    void send(byte[] message, long end) throws IOException {
        int at = 0;
        do {
            int part = Math.min(MAX_PART, message.length - at);
            byte[] plain = new byte[1 + part];
            plain[0] = (byte) (at + part == message.length ? 1 : 0);
            System.arraycopy(message, at, plain, 1, part);
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, sendKey, sent++, plain);
            Arrays.fill(plain, (byte) 0);
            socket.write(
                    ByteBuffer.allocate(2 + sealed.length)
                            .putShort((short) sealed.length)
                            .put(sealed)
                            .array(),
                    end);
            at += part;
        } while (at < message.length);
    }

    byte[] receive(long end) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int length =
                    Short.toUnsignedInt(ByteBuffer.wrap(socket.read(2, end)).getShort());
            if (length <= NoiseState.TAG) {
                throw new Altered("a part of " + length + " bytes is none");
            }
            byte[] plain = crypt(Cipher.DECRYPT_MODE, receiveKey, received++, socket.read(length, end));
            if (message.size() + plain.length > MAX_MESSAGE) {
                throw new Altered("a message of more than " + MAX_MESSAGE + " bytes");
            }
            message.write(plain, 1, plain.length - 1);
            if (plain[0] == 1) {
                return message.toByteArray();
            }
        }
    }

    private static byte[] crypt(int mode, byte[] key, long counter, byte[] text) throws Altered {
        try {
            return NoiseState.aesGcm(mode, key, counter, new byte[0], text);
        } catch (GeneralSecurityException e) {
            throw new Altered("a message was altered, repeated or left out");
        }
    }

    @Override
    public void close() {
        Arrays.fill(sendKey, (byte) 0);
        Arrays.fill(receiveKey, (byte) 0);
        socket.close();
    }
}
