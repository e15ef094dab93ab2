package org.camseal.cli.camera;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.identity.ElementOption;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal camera init}: a directory in which {@code camera run} works, with a certificate of an authority made for trying. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the directory of one camera for trying: keys in an element, certificates of an authority that is made beside it, and"
                    + " camera.yaml.",
            "",
            "A real camera gets its certificates from its maker's authority: see `camseal factory provision`. Nobody else trusts this one."
        })
final class CameraInitCommand implements Callable<Integer> {
    private static final String ORGANIZATION = "CamSeal trial";

    @Parameters(paramLabel = "DIR", description = "The camera's directory.")
    private @Nullable Path directory;

    @Option(names = "--serial", defaultValue = "CS-TRIAL-0001", description = "Default: ${DEFAULT-VALUE}.")
    private String serial = "CS-TRIAL-0001";

    @Mixin
    private ElementOption element = new ElementOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException, IOException {
        Path home = Objects.requireNonNull(directory);
        SecureRandom random = new SecureRandom();
        DurableFile.ownDirectory(home);
        Identity identity = element.openOrCreate(home.resolve("identity"), Role.CAMERA, random);
        try {
            DeviceAuthority maker = DeviceAuthority.openOrCreate(
                    home.resolve("trial-authority"), ORGANIZATION, InstantSource.system(), random);
            maker.enrol(identity, new CertificateSubject(ORGANIZATION, "trial camera", serial));
            Pem.writeCertificates(home.resolve("device-root.pem"), List.of(maker.root()));
            Path settings = home.resolve("camera.yaml");
            if (!Files.exists(settings)) {
                DurableFile.write(settings, yaml().getBytes(StandardCharsets.UTF_8), DurableFile.Readers.OWNER);
            }
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(home + ": camera " + serial + ", "
                    + identity.element().info().name());
            out.println("start it with: camseal camera run --config " + settings);
        } finally {
            identity.element().close();
        }
        return ExitCode.DONE.number();
    }

    private static String yaml() {
        return """
                # Settings of one camera; docs/guide/camera.md has them all. What is not said keeps its default.
                source: testpattern
                rtsp:
                  listen: %s
                https:
                  listen: %s
                  redirect-listen: %s
                """.formatted(
                        CameraFile.DEFAULTS.rtsp().listen(),
                        CameraFile.DEFAULTS.https().listen(),
                        CameraFile.DEFAULTS.https().redirectListen());
    }
}
