package org.camseal.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.bench.Measurement;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.ScratchDirectory;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal bench element}: how quick secure elements are here. */
@Command(
        name = "element",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures signatures and TLS handshakes a second with a camera's P-256 keys in each element named, and how long a signature"
                    + " takes. Makes new keys in it, and removes them again.",
            "",
            "The target is 100 ms: one signature for video and four handshakes a second then take half of the element's time."
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  every target is met", "   3  a target is missed", "   5  an element is missing or refuses"})
final class ElementBenchCommand implements Callable<Integer> {
    @Option(
            names = "--element",
            paramLabel = "ADDRESS",
            description = "As in camseal identity prepare; may be repeated. Default: files and soft.")
    private List<String> elements = List.of("files", "soft");

    @Option(names = "--seconds", defaultValue = "5", description = "For each number. Default: ${DEFAULT-VALUE}.")
    private int seconds = 5;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description =
                    "Also finds how long an element may take for a signature before one signature for video and four TLS handshakes a second"
                            + " fail: slows an element down, does that work for SECONDS at each of eight speeds, and halves the distance.")
    private int limit;

    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException, IOException, CommandFailure, InterruptedException {
        if (seconds < 1 || seconds > 3600) {
            throw new CommandFailure(ExitCode.USAGE, "--seconds is 1 to 3600", null);
        }
        if (limit < 0 || limit > 600) {
            throw new CommandFailure(ExitCode.USAGE, "--limit is 1 to 600", null);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Measurement> measurements = new ArrayList<>();
        for (String element : elements) {
            try (ScratchDirectory scratch = ScratchDirectory.create()) {
                measurements.addAll(measured(element, scratch.path()));
            }
        }
        if (limit > 0) {
            measurements.add(limit());
        }
        return BenchReport.print(out, json, measurements);
    }

    private Measurement limit() throws IdentityException, IOException, InterruptedException {
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            int millis = new ElementLimit(scratch.path(), Duration.ofSeconds(limit)).find();
            return Measurement.of(
                    "element", "limit", "longest signature with 1 for video and 4 handshakes a second", millis, "ms");
        }
    }

    private List<Measurement> measured(String element, Path directory)
            throws IdentityException, IOException, CommandFailure {
        SecureRandom random = new SecureRandom();
        ElementAddress address = ElementAddress.parse(element);
        Identity camera = Identity.openOrCreate(
                directory.resolve("camera"), Role.CAMERA, element, ElementAddress.preparing(address, random));
        requireEmpty(camera, element);
        try {
            DeviceAuthority maker = DeviceAuthority.openOrCreate(
                    directory.resolve("maker"), "Measurement", InstantSource.system(), random);
            maker.enrol(camera, new CertificateSubject("Measurement", "camera", "CS-BENCH"));
            return new ElementMeasurements(element, Duration.ofSeconds(seconds))
                    .of(camera, new TrustEvaluator(TrustRoots.NONE.withDevice(maker.root())));
        } finally {
            for (var slot : Role.CAMERA.slots()) {
                camera.element().destroy(slot);
            }
            camera.element().close();
        }
    }

    /** A token has one place for all: keys that are in it are somebody's, and are neither measured nor removed. */
    private static void requireEmpty(Identity camera, String element) throws IdentityException, CommandFailure {
        for (var slot : Role.CAMERA.slots()) {
            if (camera.element().key(slot).isPresent()) {
                camera.element().close();
                throw new CommandFailure(
                        ExitCode.KEY,
                        element + " has a " + slot.label() + " key already, which is not touched",
                        "measure with an empty token");
            }
        }
    }
}
