package org.camseal.peers;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program of others, and the Debian package it comes with. */
public record Peer(String program, String debianPackage) {
    public static final Peer CHROMIUM = new Peer("chromium", "chromium");
    public static final Peer CURL = new Peer("curl", "curl");
    public static final Peer FFMPEG = new Peer("ffmpeg", "ffmpeg");
    public static final Peer FFPROBE = new Peer("ffprobe", "ffmpeg");
    public static final Peer GSTREAMER = new Peer("gst-launch-1.0", "gstreamer1.0-tools");
    public static final Peer NODE = new Peer("node", "nodejs");
    public static final Peer OPENSSL = new Peer("openssl", "openssl");
    public static final Peer TSHARK = new Peer("tshark", "tshark");

    /** The system's own: others do not have the bindings of Debian's packages. */
    public static final Peer PYTHON = new Peer("/usr/bin/python3", "python3");

    /** The program's path; ends the test here where it is not installed. */
    public String path() {
        if (program.startsWith("/")) {
            requireFile(Path.of(program), debianPackage);
            return program;
        }
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        missing(program, debianPackage);
        return program;
    }

    /** Goes on only where the program is installed. */
    public void require() {
        path();
    }

    /** Goes on only where that file of a Debian package, a library or plugin, is there. */
    public static void requireFile(Path file, String debianPackage) {
        if (!Files.exists(file)) {
            missing(file.toString(), debianPackage);
        }
    }

    /** Ends the test here because something is not installed: left out, or failed where peers are required. */
    public static void missing(String what, String debianPackage) {
        String message = what + " is not installed (Debian package " + debianPackage + ")";
        if (System.getProperty("camseal.peers", "").equals("required")) {
            fail(message);
        }
        Assumptions.abort(message);
    }

    /** The command line of the program with those arguments. */
    public List<String> with(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path()));
        command.addAll(arguments);
        return command;
    }

    /** Runs it to its end, which may be a bad one. */
    public PeerOutcome run(List<String> arguments) throws IOException, InterruptedException {
        return PeerOutcome.of(new ProcessBuilder(with(arguments)));
    }

    /** As {@link #run(List)}. */
    public PeerOutcome run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    /** Runs it with that standard input. */
    public PeerOutcome feed(String input, String... arguments) throws IOException, InterruptedException {
        Path file = Files.createTempFile("peer", ".in");
        try {
            Files.writeString(file, input, StandardCharsets.UTF_8);
            return PeerOutcome.of(new ProcessBuilder(with(List.of(arguments))).redirectInput(file.toFile()));
        } finally {
            Files.delete(file);
        }
    }

    /** Runs a command line in a directory to its good end. */
    public static PeerOutcome runIn(Path directory, List<String> command) throws IOException, InterruptedException {
        return PeerOutcome.of(new ProcessBuilder(command).directory(directory.toFile()))
                .good();
    }
}
