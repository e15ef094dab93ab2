package org.camseal.e2e.soak;

import java.nio.file.Path;
import java.util.Locale;
import org.camseal.authority.register.RegisterAddress;

/** Where everything of one soak is. */
record SoakPlaces(Path root) {
    Path keys() {
        return root.resolve("keys");
    }

    Path deviceRoot() {
        return root.resolve("device-root.pem");
    }

    Path operationsRoot() {
        return root.resolve("operations-root.pem");
    }

    Path issuing() {
        return root.resolve("issuing.pem");
    }

    Path issuingElement() {
        return root.resolve("ca");
    }

    Path server() {
        return root.resolve("server.pem");
    }

    Path line(int line) {
        return root.resolve("lines").resolve(lineId(line));
    }

    Path work(int line) {
        return root.resolve("work").resolve(lineId(line));
    }

    Path list(int line) {
        return root.resolve(lineId(line) + ".txt");
    }

    /** The number of each certificate that the issuing key was asked to sign, one on a line, written before it signs. */
    Path witnessed() {
        return root.resolve("witnessed.txt");
    }

    RegisterAddress register() {
        return new RegisterAddress.Sqlite(root.resolve("register.db"));
    }

    static String lineId(int line) {
        return "L" + line;
    }

    static String serial(int line, int camera) {
        return String.format(Locale.ROOT, "SK%d-%06d", line, camera);
    }
}
