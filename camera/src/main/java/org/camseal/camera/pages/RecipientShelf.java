package org.camseal.camera.pages;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.camera.CameraException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.seal.Recipient;
import org.camseal.seal.RecipientId;
import org.camseal.seal.SealException;

/**
 * Who may open the video: one certificate a file, named after its key. What is put here counts from the next start; {@link
 * org.camseal.camera.Camera#addRecipient} makes it count now. Safe for use by several threads.
 */
public final class RecipientShelf {
    /** Most that can be granted to at once. */
    public static final int MOST = 32;

    private static final String ENDING = ".pem";

    private final Path directory;

    private RecipientShelf(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the directory, or makes it.
     *
     * @throws CameraException.Store if it cannot be used
     */
    public static RecipientShelf open(Path directory) throws CameraException.Store {
        try {
            DurableFile.ownDirectory(directory);
            return new RecipientShelf(directory);
        } catch (IdentityException e) {
            throw new CameraException.Store(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * All of them, by the hexadecimal digits of their ids.
     *
     * @throws CameraException.Store if a file cannot be read, or holds no certificate
     */
    public synchronized Map<String, X509Certificate> all() throws CameraException.Store {
        Map<String, X509Certificate> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                X509Certificate certificate = Pem.readCertificates(file).getFirst();
                found.put(id(certificate), certificate);
            }
            return found;
        } catch (IOException | IdentityException e) {
            throw new CameraException.Store("recipients in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Their certificates, each once. */
    public List<X509Certificate> certificates() throws CameraException.Store {
        return new ArrayList<>(all().values());
    }

    /**
     * Puts one there.
     *
     * @throws CameraException.Refused if nothing can be granted to its key, or there are {@link #MOST}
     */
    public synchronized void add(X509Certificate certificate) throws CameraException.Refused, CameraException.Store {
        try {
            Recipient _ = Recipient.of(certificate);
        } catch (SealException.UnfitRecipient e) {
            throw new CameraException.Refused("this certificate cannot open video: " + e.getMessage());
        }
        Map<String, X509Certificate> known = all();
        if (known.size() >= MOST && !known.containsKey(id(certificate))) {
            throw new CameraException.Refused("video is granted to at most " + MOST + ": remove one first");
        }
        try {
            Pem.writeCertificates(file(id(certificate)), List.of(certificate));
        } catch (IdentityException e) {
            throw new CameraException.Store(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Takes one away.
     *
     * @throws CameraException.Refused if there is none of that id
     */
    public synchronized X509Certificate remove(String id) throws CameraException.Refused, CameraException.Store {
        X509Certificate certificate = all().get(id);
        if (certificate == null) {
            throw new CameraException.Refused("there is no recipient of this id");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            for (Path file : files) {
                if (id(Pem.readCertificates(file).getFirst()).equals(id)) {
                    DurableFile.destroy(file);
                }
            }
            return certificate;
        } catch (IOException | IdentityException e) {
            throw new CameraException.Store("recipients in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The id of a certificate's key, in hexadecimal digits. */
    static String id(X509Certificate certificate) {
        return RecipientId.of(certificate.getPublicKey()).toString();
    }

    private Path file(String id) {
        return directory.resolve(id + ENDING);
    }
}
