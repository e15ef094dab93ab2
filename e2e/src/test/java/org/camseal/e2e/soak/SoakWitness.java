package org.camseal.e2e.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Security;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.camseal.authority.registration.RegistrationAuthority.Step;
import org.camseal.identity.soft.SoftElementProcess;

/**
 * What happens inside the authority and inside the process with its key where a camera's certificate is digested. In the key's process that
 * is the moment before it signs: the certificate's number is written down, outside the register, so that what was signed cannot be denied.
 * In the authority it is the moment it checks the signature that came back. At the one that it is told, for the set certificate, the
 * authority is killed.
 */
final class SoakWitness {
    private static final String WITNESSED = "camseal.soak.witnessed";
    private static final String FATAL = "camseal.soak.fatal";

    /** Digits of a number of 16 bytes, and the end of the line. */
    static final int LINE_BYTES = 33;

    /** X.509's TBSCertificate: a sequence of a length of two bytes, version 3, then the number. */
    private static final byte[] VERSION_3 = {(byte) 0xa0, 3, 2, 1, 2, 2};

    private static final int VERSION_AT = 4;
    private static final Pattern CAMERA = Pattern.compile(SoakPlaces.SERIALS);
    private static final AtomicInteger SEEN = new AtomicInteger();

    private SoakWitness() {}

    /** The words that have a Java watched, and those that are started by it: for {@code JAVA_TOOL_OPTIONS}. */
    static String options(SoakPlaces places, Optional<Step> fatal, int certificate) throws IOException {
        int place = 1;
        while (Security.getProperty("security.provider." + place) != null) {
            place++;
        }
        Path properties = Files.writeString(
                places.root().resolve("witness.security"),
                "security.provider." + place + "=" + WitnessProvider.class.getName()
                        + "\njdk.security.provider.preferred=MessageDigest.SHA-256:" + WitnessProvider.NAME + "\n");
        return "-Djava.security.properties=" + properties + " -D" + WITNESSED + "=" + places.witnessed() + " -D" + FATAL
                + "=" + fatal.map(Step::name).orElse("none") + ":" + certificate;
    }

    static void digested(byte[] bytes) {
        String file = System.getProperty(WITNESSED);
        if (file == null
                || bytes.length < VERSION_AT + VERSION_3.length + 1
                || !HexFormat.of()
                        .formatHex(bytes, VERSION_AT, VERSION_AT + VERSION_3.length)
                        .equals(HexFormat.of().formatHex(VERSION_3))
                || !CAMERA.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                        .find()) {
            return;
        }
        if (System.getProperty("sun.java.command", "").startsWith(SoftElementProcess.class.getName())) {
            aboutToSign(Path.of(file), number(bytes));
        } else if (isTime(Step.SIGNED)) {
            Runtime.getRuntime().halt(SoakCentre.KILLED);
        }
    }

    private static void aboutToSign(Path witnessed, String number) {
        try {
            // One write of less than a page to a file opened for appending is whole or not there.
            Files.writeString(witnessed, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isTime(Step.INTENDED)) {
            ProcessHandle.current().parent().ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static String number(byte[] bytes) {
        int at = VERSION_AT + VERSION_3.length;
        String digits = HexFormat.of().formatHex(bytes, at + 1, at + 1 + bytes[at]);
        String padded = "0".repeat(LINE_BYTES) + digits;
        return padded.substring(padded.length() - (LINE_BYTES - 1));
    }

    private static boolean isTime(Step step) {
        List<String> fatal = List.of(System.getProperty(FATAL, "").split(":", -1));
        return fatal.getFirst().equals(step.name()) && SEEN.incrementAndGet() == Integer.parseInt(fatal.getLast());
    }
}
