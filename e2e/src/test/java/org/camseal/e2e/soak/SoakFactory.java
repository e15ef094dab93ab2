package org.camseal.e2e.soak;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.camseal.cli.CamSeal;

/** Sets a factory up by the commands that its operators give: ceremony, operator, lines, orders. The issuing key is in a soft element. */
final class SoakFactory {
    static final String MAKER = "Soak Maker";
    static final String MODEL = "Soak Camera";

    private final SoakPlaces places;

    SoakFactory(SoakPlaces places) {
        this.places = places;
    }

    void make(List<SoakLine> lines) throws Exception {
        String home = places.home().directory().toString();
        String operator = places.operator().toString();
        Path passphrase = Files.createFile(
                places.passphrase(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passphrase, "only for this soak");
        said(
                "authority",
                "init",
                home,
                "--roots",
                places.root().resolve("roots").toString(),
                "--organization",
                MAKER,
                "--root-passphrase-file",
                passphrase.toString(),
                "--passphrase-file",
                passphrase.toString(),
                "--issuing-keys",
                "soft");
        said("authority", "operator", "add", "anna", "--identity", operator, "--home", home);
        for (SoakLine line : lines) {
            String id = SoakPlaces.lineId(line.line());
            said(
                    "authority",
                    "line",
                    "add",
                    id,
                    "--identity",
                    places.line(line.line()).toString(),
                    "--home",
                    home,
                    "--as",
                    operator);
            said(
                    "authority",
                    "order",
                    "add",
                    "O" + line.line(),
                    "--maker",
                    MAKER,
                    "--model",
                    MODEL,
                    "--serials",
                    SoakPlaces.serial(line.line(), 0) + ".." + SoakPlaces.serial(line.line(), line.cameras() - 1),
                    "--quantity",
                    Integer.toString(line.cameras()),
                    "--line",
                    id,
                    "--home",
                    home,
                    "--as",
                    operator);
        }
    }

    /** Has the authority listen where the relay expects it, and publish its log as often as it can. */
    void listen(int port) throws Exception {
        Path settings = places.home().settings();
        List<String> kept = Files.readAllLines(settings).stream()
                .filter(line -> !line.startsWith("listen:") && !line.startsWith("public-listen:"))
                .toList();
        Files.writeString(settings, String.join("\n", kept) + """

                listen: 127.0.0.1:%d
                public-listen: ""
                host-names: [%s]
                log-interval-seconds: 1
                """.formatted(port, CuttingRelay.HOST));
    }

    /** What a command says that ends with 0. */
    static String said(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CamSeal.run(new PrintWriter(out), new PrintWriter(err), words);
        if (code != 0) {
            throw new AssertionError(String.join(" ", words) + " ended with " + code + ": " + err);
        }
        return out.toString();
    }
}
