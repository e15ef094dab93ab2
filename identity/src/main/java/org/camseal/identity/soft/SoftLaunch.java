package org.camseal.identity.soft;

import java.nio.file.Path;
import java.util.List;

/**
 * How the element's process is started.
 *
 * @param command starts it, without its arguments
 * @param stateDirectory its first argument: where its keys are
 * @param socket its second: where it listens; at most about 100 bytes long, as Unix has it
 */
public record SoftLaunch(List<String> command, Path stateDirectory, Path socket) {
    public SoftLaunch {
        command = List.copyOf(command);
    }

    /**
     * With this program's own Java and class path, in little memory, without the doors by which other programs look into a Java process.
     */
    public static SoftLaunch sameJava(Path stateDirectory, Path socket) {
        return new SoftLaunch(java(SoftElementProcess.class.getName()), stateDirectory, socket);
    }

    static List<String> java(String mainClass) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:+DisableAttachMechanism",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass);
    }
}
