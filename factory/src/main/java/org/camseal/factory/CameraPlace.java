package org.camseal.factory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.web.Json;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/**
 * Where the station keeps one camera:
 *
 * <pre>
 *   identity/      the camera's {@link Identity}
 *   answer.json    the chains that came, until they are installed
 *   report.json    once it is tested
 * </pre>
 *
 * <p>Confined to one thread. Closing closes the element, if it was opened.
 */
final class CameraPlace implements AutoCloseable {
    private static final int MAX_BYTES = 256 * 1024;

    private final Path directory;
    private final Element element;
    private @Nullable Identity identity;

    /**
     * Which element cameras keep their keys in.
     *
     * @param address {@code {serial}} in it stands for the camera's serial
     * @param opener prepares and opens it
     */
    record Element(String address, ElementOpener opener) {
        String addressOf(String serial) {
            return address.replace("{serial}", serial);
        }
    }

    /** The chains in PEM. */
    record Answer(String tls, String media) {
        Answer {
            Objects.requireNonNull(tls);
            Objects.requireNonNull(media);
        }
    }

    CameraPlace(Path directory, Element element) {
        this.directory = directory;
        this.element = element;
    }

    /** The camera's identity, made if it is not there; the element is opened once. */
    Identity identity() throws IdentityException {
        Identity open = identity;
        if (open == null) {
            DurableFile.ownDirectory(directory);
            String serial = String.valueOf(directory.getFileName());
            open = Identity.openOrCreate(
                    directory.resolve("identity"), Role.CAMERA, element.addressOf(serial), element.opener());
            identity = open;
        }
        return open;
    }

    /** True if something of the camera is there. */
    boolean exists() {
        return Files.exists(directory.resolve("identity"));
    }

    /** Keeps the chains that came; durable when this returns. */
    void keepAnswer(CameraChains chains) throws IdentityException {
        Answer answer = new Answer(Pem.encode(chains.tls()), Pem.encode(chains.media()));
        DurableFile.ownDirectory(directory);
        DurableFile.write(answerFile(), Json.write(answer), DurableFile.Readers.OWNER);
    }

    /** The certificates that came before, unchecked; empty also if they cannot be read: then they are asked for again. */
    Optional<CameraChains> answer() throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(answerFile(), MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Answer answer = Json.read(bytes.get(), Answer.class);
            return Optional.of(new CameraChains(certificates(answer.tls()), certificates(answer.media())));
        } catch (WebException.Refused | IdentityException.Malformed e) {
            return Optional.empty();
        }
    }

    private List<X509Certificate> certificates(String pem) throws IdentityException.Malformed {
        return Pem.certificates(pem, answerFile().toString());
    }

    void removeAnswer() throws IdentityException {
        DurableFile.destroy(answerFile());
    }

    /** Writes the report; durable when this returns. */
    void keepReport(CameraReport report) throws IdentityException {
        DurableFile.write(reportFile(), Json.write(report), DurableFile.Readers.EVERYBODY);
    }

    /** The report of an earlier run; empty also if it cannot be read: then the camera is tested again. */
    Optional<CameraReport> report() throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(reportFile(), MAX_BYTES);
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(Json.read(bytes.get(), CameraReport.class));
        } catch (WebException.Refused e) {
            return Optional.empty();
        }
    }

    private Path answerFile() {
        return directory.resolve("answer.json");
    }

    private Path reportFile() {
        return directory.resolve("report.json");
    }

    @Override
    public void close() {
        if (identity != null) {
            identity.element().close();
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
