package org.camseal.viewer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Runs the rig with a viewer until it is ended, to look at the pages while working on them. Prints both addresses. */
final class RigMain {
    private RigMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("camseal-rig");
        try (Rig rig = new Rig(directory, Duration.ofSeconds(30), 70, Rig.pagePattern());
                Viewer viewer = new Viewer(
                        rig.viewer(List.of(rig.deviceRoot()), List.of(rig.recipientKey()), 0),
                        InstantSource.system(),
                        new LocalDemo(rig.recorder()))) {
            viewer.start();
            System.out.println("viewer " + viewer.entryAddress());
            System.out.println("recorder " + rig.recorder().entryAddress());
            Thread.sleep(Duration.ofHours(1));
        }
    }
}
