package org.camseal.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** A foreign program that judges our work, and the Debian package it comes from. */
enum Peer {
    FFMPEG("ffmpeg", "ffmpeg"),
    FFPROBE("ffprobe", "ffmpeg"),
    GSTREAMER("gst-launch-1.0", "gstreamer1.0-tools"),
    /** The system's own: others do not have the GStreamer bindings. */
    PYTHON("/usr/bin/python3", "python3-gi"),
    OPENSSL("openssl", "openssl"),
    NODE("node", "nodejs"),
    CHROMIUM("chromium", "chromium");

    private final String program;
    private final String debianPackage;

    Peer(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** The program's name, for a command line; skips the test where it is not installed, and fails it where peers are required. */
    String command() {
        boolean present = program.startsWith("/") && Files.isExecutable(Path.of(program));
        for (String directory : System.getenv("PATH").split(":", -1)) {
            present |= Files.isExecutable(Path.of(directory, program));
        }
        if (!present && "required".equals(System.getProperty("camseal.peers"))) {
            throw new AssertionError(program + " is required and not installed (package " + debianPackage + ")");
        }
        assumeTrue(present, program + " is not installed (package " + debianPackage + ")");
        return program;
    }
}
