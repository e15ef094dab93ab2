package org.camseal.identity.tpm2;

import java.nio.file.Path;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/** Where a TPM is reached. */
public sealed interface TpmAddress {
    /** A character device of the kernel: {@code /dev/tpmrm0}, with the kernel's resource manager; or {@code /dev/tpm0} without. */
    record Device(Path path) implements TpmAddress {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A TCP port that takes raw TPM commands, as {@code swtpm socket --server type=tcp} does. */
    record Tcp(String host, int port) implements TpmAddress {
        @Override
        public String toString() {
            return "tcp:" + host + ":" + port;
        }
    }

    /** A Unix-domain socket that takes raw TPM commands, as {@code swtpm socket --server type=unixio} does. */
    record Unix(Path path) implements TpmAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * Reads {@code /dev/NAME}, {@code tcp:HOST:PORT} or {@code unix:PATH}.
     *
     * @throws IdentityException.Element with {@link ElementFault#REFUSED} if it is none of them
     */
    static TpmAddress parse(String text) throws IdentityException.Element {
        if (text.startsWith("unix:/")) {
            return new Unix(Path.of(text.substring("unix:".length())));
        }
        if (text.startsWith("/")) {
            return new Device(Path.of(text));
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("tcp:") && colon > 4) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= 65_535) {
                    return new Tcp(text.substring("tcp:".length(), colon), port);
                }
            } catch (NumberFormatException e) {
                // said below
            }
        }
        throw new IdentityException.Element(
                ElementFault.REFUSED,
                "\"" + text + "\" is no address of a TPM: it is /dev/NAME, tcp:HOST:PORT or unix:PATH");
    }
}
