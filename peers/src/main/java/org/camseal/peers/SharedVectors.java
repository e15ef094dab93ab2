package org.camseal.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Test vectors that several projects share, too large for this repository: beside it in {@code ../shared}, or where {@code
 * -Dcamseal.shared=DIRECTORY} says.
 */
public final class SharedVectors {
    private SharedVectors() {}

    /** The absolute path of a file or directory of them, where it is there; tests run in the directory of their module. */
    public static Optional<Path> find(String path) {
        Path found = Path.of(System.getProperty("camseal.shared", "../../shared"), path)
                .toAbsolutePath()
                .normalize();
        return Files.exists(found) ? Optional.of(found) : Optional.empty();
    }

    /** The same; leaves the test out where it is not there. */
    public static Path require(String path) {
        Optional<Path> found = find(path);
        Assumptions.assumeTrue(found.isPresent(), () -> "no shared test vectors: " + path);
        return found.orElseThrow();
    }
}
