package org.camseal.e2e.soak;

import java.nio.file.Path;
import java.util.Locale;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.register.RegisterAddress;

/** Where everything of one soak is. */
record SoakPlaces(Path root) {
    /** Of what form cameras' serials are. */
    static final String SERIALS = "SK[0-9]-[0-9]{6}";

    AuthorityHome home() {
        return new AuthorityHome(root.resolve("authority"));
    }

    Path operator() {
        return root.resolve("operator");
    }

    Path passphrase() {
        return root.resolve("passphrase");
    }

    Path tiles() {
        return home().log().resolve("tiles");
    }

    Path logKeys() {
        return home().log().resolve("keys");
    }

    /** What a checker of the log saw when it looked last. */
    Path seenLog() {
        return root.resolve("seen-log");
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
        return new RegisterAddress.Sqlite(home().directory().resolve("register.db"));
    }

    static String lineId(int line) {
        return "L" + line;
    }

    static String serial(int line, int camera) {
        return String.format(Locale.ROOT, "SK%d-%06d", line, camera);
    }
}
