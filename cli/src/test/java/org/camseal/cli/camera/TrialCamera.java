package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.pages.RecipientShelf;
import org.camseal.cli.CamSeal;
import org.camseal.cli.command.YamlSettings;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.streaming.Login;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;

/** The directory of a camera that {@code camera init} made, with an administrator and a recipient, on ports that are free. */
record TrialCamera(Path home, SecureRandom random) {
    static final String SERIAL = "CS-TRIAL-1";
    static final String USER = "vms";
    static final String PASSWORD = "quite a long pass phrase 7";
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @param more settings beside the ports */
    static TrialCamera init(Path home, String more) throws Exception {
        StringWriter told = new StringWriter();
        int code = CamSeal.run(
                new PrintWriter(told), new PrintWriter(told), "camera", "init", home.toString(), "--serial", SERIAL);
        assertThat(code).as(told.toString()).isZero();
        DurableFile.write(
                home.resolve("camera.yaml"), ("""
                rtsp:
                  listen: 127.0.0.1:0
                https:
                  listen: 127.0.0.1:0
                  redirect-listen: ""
                """ + more).getBytes(StandardCharsets.UTF_8), DurableFile.Readers.OWNER);
        return new TrialCamera(home, new SecureRandom());
    }

    /** An administrator with a secret for programs, and somebody who may open the video: without one none is sent. */
    String secret() throws Exception {
        Path state = home.resolve("state");
        DurableFile.ownDirectory(state);
        Accounts accounts =
                Accounts.open(state.resolve("accounts.json"), SERIAL, PasswordCost.STANDARD, random, System::nanoTime);
        accounts.setFirst(USER, PASSWORD);
        SiteAuthority site = SiteAuthority.openOrCreate(home.resolve("site"), "Site", InstantSource.system(), random);
        Identity viewer = Identity.openOrCreate(home.resolve("viewer"), Role.PERSON, random);
        site.enrol(viewer, new CertificateSubject("Site", "viewer", "viewer-1"));
        RecipientShelf.open(state.resolve("recipients"))
                .add(viewer.recipient().chain().getFirst());
        return accounts.newStreamSecret(USER, Account.StreamSecret.DIGEST).orElseThrow();
    }

    CameraProgram start() throws Exception {
        CameraFile settings = YamlSettings.read(home.resolve("camera.yaml"), CameraFile.DEFAULTS);
        return CameraProgram.start(home, settings, random, _ -> {});
    }

    static URI pages(CameraProgram program) {
        return URI.create(program.lines().stream()
                .filter(line -> line.startsWith("pages: "))
                .findFirst()
                .orElseThrow()
                .substring("pages: ".length()));
    }

    /** Trusts this camera alone. */
    PeerRule rule() throws Exception {
        TrustRoots roots = new TrustRoots(Pem.readCertificates(home.resolve("device-root.pem")), List.of(), List.of());
        return PeerRule.camera(new TrustEvaluator(roots), SERIAL, InstantSource.system());
    }

    RtspRequest request(URI stream, String secret) throws Exception {
        return RtspRequest.of(stream)
                .withLogin(new Login(USER, secret))
                .withTls(TlsContexts.client(rule()).getSocketFactory(), HostCheck.BY_TRUST_MANAGER);
    }

    /** Tried again for a while: the stream is there once the source has given its first picture. */
    static RtspPlayback open(RtspRequest request) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return RtspClient.open(request);
            } catch (StreamingException notYet) {
                if (System.nanoTime() - end > 0) {
                    throw notYet;
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }
    }
}
