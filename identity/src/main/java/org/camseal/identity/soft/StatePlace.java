package org.camseal.identity.soft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.camseal.identity.IdentityException;

/** What tells a state at its place from a copy of it elsewhere. */
@FunctionalInterface
interface StatePlace {
    /** Bytes that are the same every time at this place, and others for a copy. */
    byte[] of(Path seed) throws IdentityException;

    /**
     * The machine's own id and the seed file's number in its file system: a copied directory has other numbers, another machine another
     * id. An image of a whole disk, or a virtual machine's snapshot, has the same of both: that is not seen.
     *
     * @param machineId {@code /etc/machine-id}; a machine without it counts as one without a name
     */
    static StatePlace on(Path machineId) {
        return seed -> {
            try {
                Object number = Files.getAttribute(seed, "unix:ino");
                return (machine(machineId) + "/" + number).getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IdentityException.Store("cannot see where " + seed + " is: " + e.getMessage(), e);
            }
        };
    }

    private static String machine(Path machineId) throws IOException {
        try {
            return Files.readString(machineId).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
