package org.camseal.factory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SlotHandle;
import org.camseal.web.Json;
import org.camseal.web.WebException;

/**
 * Requests that have no answer yet, one file for each camera, signed by the line's key: a station that was without a link sends them later,
 * and sends none that somebody changed, exchanged or put there. A file that somebody took away is only asked for anew.
 *
 * <pre>
 *   SERIAL.json     {"statement": base64 of the request's JSON, "signature": base64}
 * </pre>
 *
 * <p>The signature is over {@value #WHAT_FOR}, a zero byte, and the statement. Safe for use by several threads for different cameras.
 */
public final class RequestQueue {
    /** What the line's key signs here begins with these words, and nothing else that it signs does. */
    static final String WHAT_FOR = "camseal factory request 1";

    private static final int MAX_BYTES = 64 * 1024;
    private static final String ENDING = ".json";

    private final Path directory;
    private final CertifiedKey line;

    /**
     * @param directory made if it is not there, for its owner only
     * @param line the line's key and certificate
     */
    public RequestQueue(Path directory, CertifiedKey line) throws IdentityException {
        DurableFile.ownDirectory(directory);
        this.directory = directory;
        this.line = line;
    }

    /** A file of the queue. */
    record Entry(String statement, String signature) {
        Entry {
            Objects.requireNonNull(statement);
            Objects.requireNonNull(signature);
        }
    }

    /** Keeps a request; durable when this returns. */
    void keep(CameraRequest request) throws IdentityException {
        byte[] statement = Json.write(request);
        Base64.Encoder base64 = Base64.getEncoder();
        Entry entry = new Entry(
                base64.encodeToString(statement),
                base64.encodeToString(line.key().sign(signed(statement))));
        DurableFile.write(file(request.serial()), Json.write(entry), DurableFile.Readers.OWNER);
    }

    /**
     * The request that is kept for a camera.
     *
     * @throws FactoryException.AlteredRequest if it is not the one that this line's key signed for that camera
     */
    Optional<CameraRequest> find(String serial) throws IdentityException, FactoryException.AlteredRequest {
        Path file = file(serial);
        Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        CameraRequest request = verified(file, bytes.get());
        if (!request.serial().equals(serial)) {
            throw new FactoryException.AlteredRequest(file + " is the request of " + request.serial());
        }
        return Optional.of(request);
    }

    private CameraRequest verified(Path file, byte[] bytes) throws FactoryException.AlteredRequest {
        try {
            Entry entry = Json.read(bytes, Entry.class);
            byte[] statement = Base64.getDecoder().decode(entry.statement());
            byte[] signature = Base64.getDecoder().decode(entry.signature());
            if (!SlotHandle.verifies(line.key().publicKey(), line.key().algorithm(), signed(statement), signature)) {
                throw new FactoryException.AlteredRequest(
                        file + " was altered, or signed by another key than that of line " + line.serial());
            }
            return Json.read(statement, CameraRequest.class);
        } catch (WebException.Refused | IllegalArgumentException e) {
            throw new FactoryException.AlteredRequest(file + " was altered: " + e.getMessage());
        }
    }

    /** Forgets a camera's request; durable when this returns. */
    void remove(String serial) throws IdentityException {
        DurableFile.destroy(file(serial));
    }

    /** The serials of all cameras whose requests are kept, genuine or not, in order. */
    public List<String> serials() throws IdentityException {
        List<String> serials = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[!.]*" + ENDING)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                serials.add(name.substring(0, name.length() - ENDING.length()));
            }
        } catch (IOException e) {
            throw new IdentityException.Store("cannot list " + directory + ": " + e.getMessage(), e);
        }
        serials.sort(null);
        return serials;
    }

    private Path file(String serial) {
        return directory.resolve(serial + ENDING);
    }

    private static byte[] signed(byte[] statement) {
        byte[] head = (WHAT_FOR + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + statement.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(statement, 0, whole, head.length, statement.length);
        return whole;
    }
}
