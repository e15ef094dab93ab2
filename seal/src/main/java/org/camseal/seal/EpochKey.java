package org.camseal.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.camseal.manifest.Commitment;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.StreamId;

/**
 * EK: 256 random bits that open one epoch of one stream. Never stored by a sender; wiped by {@link #close()}.
 *
 * <p>Thread-safe. Shows its bytes to this package alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">HKDF, RFC 5869</a>; sealed-video.md, key schedule
 */
public final class EpochKey implements AutoCloseable {
    static final int BYTES = 32;

    private static final byte[] SHARE_LABEL = ascii("camseal 1 share");
    private static final byte[] COMMIT_LABEL = ascii("camseal 1 commit");

    private final StreamId stream;
    private final EpochId epoch;
    private final byte[] secret;
    private volatile boolean closed;

    private EpochKey(StreamId stream, EpochId epoch, byte[] secret) {
        this.stream = stream;
        this.epoch = epoch;
        this.secret = secret;
    }

    /** A new one. */
    static EpochKey generate(StreamId stream, EpochId epoch, SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new EpochKey(stream, epoch, secret);
    }

    /** Copies the secret, 32 bytes. */
    static EpochKey of(StreamId stream, EpochId epoch, byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("an epoch key of " + secret.length + " bytes; " + BYTES + " expected");
        }
        return new EpochKey(stream, epoch, secret.clone());
    }

    public StreamId stream() {
        return stream;
    }

    public EpochId epoch() {
        return epoch;
    }

    /** The digest that fixes this key, and so one payload for each package, without showing it. */
    public Commitment commitment() {
        MessageDigest sha256 = Digests.sha256();
        sha256.update(COMMIT_LABEL);
        sha256.update(name(stream, epoch));
        sha256.update(secret());
        return Commitment.of(sha256.digest());
    }

    /** SK of a track: 32 bytes, the caller's to wipe. */
    byte[] shareKey(int track) {
        byte[] name = name(stream, epoch);
        byte[] info = Arrays.copyOf(name, name.length + 1);
        info[name.length] = (byte) track;
        byte[] prk = Hkdf.extract(SHARE_LABEL, secret());
        byte[] shareKey = Hkdf.expand(prk, info, BYTES);
        Arrays.fill(prk, (byte) 0);
        return shareKey;
    }

    /** The bytes themselves, shared. */
    byte[] secret() {
        if (closed) {
            throw new IllegalStateException("this epoch key is closed");
        }
        return secret;
    }

    /** How keys, packages, grants and commitments name an epoch: camera, stream, run, number (sealed-video.md, names). */
    static byte[] name(StreamId stream, EpochId epoch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        putText(out, stream.camera());
        putText(out, stream.stream());
        out.writeBytes(epoch.run().bytes());
        byte[] number = new byte[4];
        BigEndian.putInt(number, 0, (int) epoch.number());
        out.writeBytes(number);
        return out.toByteArray();
    }

    private static void putText(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(utf8.length);
        out.writeBytes(utf8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Wipes the key; whatever asks for it afterwards fails. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "key of epoch " + epoch + " of " + stream;
    }
}
