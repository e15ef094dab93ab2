package org.camseal.cli.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.service.AuthorityService;
import org.camseal.authority.service.AuthoritySettings;
import org.camseal.cli.Said;
import org.camseal.cli.command.YamlSettings;

/** An authority that is made and staffed by commands, and runs in this process as {@code camseal authority run} has it. */
final class AuthorityHouse {
    final Path directory;
    final Path home;
    final Path passphrase;

    AuthorityHouse(Path directory) throws IOException {
        this.directory = directory;
        this.home = directory.resolve("authority");
        this.passphrase = secret("passphrase", "only for this test");
    }

    /** A file for its owner only. */
    Path secret(String name, String text) throws IOException {
        Path file = Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    /** The ceremony; with the words that say where keys are. */
    Said init(String... places) {
        List<Object> words = new ArrayList<>(List.of(
                "authority",
                "init",
                home,
                "--roots",
                directory.resolve("roots"),
                "--organization",
                "Maker",
                "--passphrase-file",
                passphrase,
                "--root-passphrase-file",
                passphrase));
        words.addAll(List.of(places));
        return Said.by(words.toArray());
    }

    /** A command about this authority, by nobody in particular. */
    Said tell(Object... words) {
        List<Object> all = new ArrayList<>(List.of("authority"));
        all.addAll(List.of(words));
        all.addAll(List.of("--home", home));
        return Said.by(all.toArray());
    }

    /** A command that an operator gives. */
    Said as(String operator, Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--as", directory.resolve(operator)));
        return tell(all.toArray());
    }

    /** Operators anna and bert, line L1, and an order of a hundred cameras. */
    void staff() {
        tell("operator", "add", "anna", "--identity", directory.resolve("anna")).good();
        as("anna", "operator", "add", "bert", "--identity", directory.resolve("bert"))
                .good();
        as("anna", "line", "add", "L1", "--identity", directory.resolve("L1")).good();
        order("PO-1", "CS-0001..CS-0100").good();
    }

    Said order(String id, String serials) {
        return as(
                "anna",
                "order",
                "add",
                id,
                "--maker",
                "Maker",
                "--model",
                "Model X",
                "--serials",
                serials,
                "--quantity",
                100,
                "--line",
                "L1");
    }

    /** Starts it, on any port, with the settings that the ceremony wrote. */
    AuthorityService start() throws Exception {
        Path file = new AuthorityHome(home).settings();
        List<String> kept = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("listen:") && !line.startsWith("public-listen:"))
                .toList();
        Files.writeString(file, String.join("\n", kept) + "\nlisten: 127.0.0.1:0\npublic-listen: 127.0.0.1:0\n");
        return AuthorityService.start(
                new AuthorityHome(home),
                YamlSettings.read(file, AuthoritySettings.DEFAULTS),
                new AuthorityService.Surroundings(InstantSource.system(), new SecureRandom(), fault -> {}));
    }

    /** Has line L1 give a camera its certificates. */
    Said provision(AuthorityService service, String work, String serial) {
        return Said.by(
                "factory",
                "provision",
                serial,
                "--authority",
                service.https().uri(),
                "--line",
                directory.resolve("L1"),
                "--organization",
                "Maker",
                "--model",
                "Model X",
                "--work",
                directory.resolve(work),
                "--json");
    }
}
