package org.camseal.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraEvent;
import org.camseal.camera.CameraException;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.CameraSettings;
import org.camseal.camera.Delivery;
import org.camseal.camera.Sealing;
import org.camseal.camera.Source;
import org.camseal.camera.Surroundings;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.Fault;
import org.camseal.identity.IdentityException;
import org.camseal.recorder.CameraEntry;
import org.camseal.recorder.Recorder;
import org.camseal.recorder.RecorderSettings;
import org.camseal.seal.SuiteChoice;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.server.Authenticator;
import org.camseal.viewer.ElementRecipientKey;
import org.camseal.viewer.Viewer;
import org.camseal.viewer.ViewerSettings;
import org.camseal.web.Access;
import org.camseal.web.SessionToken;
import org.camseal.web.WebClient;
import org.camseal.web.WebSettings;

/**
 * Camera, recorder and viewer at work in one process, joined by nothing but the network: each has only its own directory, keys and
 * addresses.
 */
final class DemoWorld implements AutoCloseable {
    /** The recorder's name for the camera. */
    static final String CAMERA_NAME = "demo";

    static final String LOGIN_NAME = "demo";

    /**
     * What the user chose.
     *
     * @param element the address of the secure element in which the camera's keys are
     * @param viewerPort where the page listens; 0 takes a free one
     * @param cameraPort where the camera's RTSPS listens; 0 takes a free one
     * @param segmentLength of the recorder's files
     */
    record Choices(
            Source source,
            String element,
            SuiteChoice suite,
            LegacyDigest legacy,
            int viewerPort,
            int cameraPort,
            Duration segmentLength) {}

    private final DemoSite site;
    private final Login login;
    private final Camera camera;
    private final Recorder recorder;
    private final Viewer viewer;
    private final SessionToken viewerToken;

    private DemoWorld(
            DemoSite site, Login login, Camera camera, Recorder recorder, Viewer viewer, SessionToken viewerToken) {
        this.site = site;
        this.login = login;
        this.camera = camera;
        this.recorder = recorder;
        this.viewer = viewer;
        this.viewerToken = viewerToken;
    }

    static DemoWorld start(Path directory, Choices choices, Consumer<CameraEvent> events)
            throws IOException, IdentityException, CommandFailure {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        DemoSite site = DemoSite.openOrCreate(directory, choices.element(), clock, random);
        Login login = new Login(LOGIN_NAME, DemoSite.secret(random));
        Camera camera = null;
        Recorder recorder = null;
        try {
            camera = startCamera(site, choices, login, events);
            SessionToken recorderToken = SessionToken.random(random);
            recorder = new Recorder(
                    new RecorderSettings(
                            site.recordings(),
                            WebSettings.loopback(0, new Access.WithToken(recorderToken)),
                            List.of(new CameraEntry(
                                    CAMERA_NAME,
                                    camera.address(),
                                    login,
                                    DemoSite.CAMERA_SERIAL,
                                    site.recorder().roots().device())),
                            new RecorderSettings.Storage(
                                    choices.segmentLength(), RecorderSettings.Storage.DEFAULT.minimumFreeBytes())),
                    site.recorder().tls(),
                    clock);
            recorder.start();
            SessionToken viewerToken = SessionToken.random(random);
            Viewer viewer = startViewer(site, choices, recorder, recorderToken, viewerToken);
            return new DemoWorld(site, login, camera, recorder, viewer, viewerToken);
        } catch (IOException | IdentityException | CommandFailure | RuntimeException e) {
            if (recorder != null) {
                recorder.close();
            }
            if (camera != null) {
                camera.close();
            }
            site.close();
            throw e;
        }
    }

    private static Camera startCamera(DemoSite site, Choices choices, Login login, Consumer<CameraEvent> events)
            throws IdentityException, CommandFailure {
        Sealing sealing = new Sealing(
                List.of(site.viewer().recipient().chain().getFirst()),
                choices.suite(),
                Sealing.to(site.viewer().recipient().chain()).epochLength());
        Delivery delivery = new Delivery(
                InetAddress.getLoopbackAddress(),
                choices.cameraPort(),
                new Delivery.Protection.Tls(),
                Authenticator.digest("CamSeal camera", List.of(login), choices.legacy()));
        try {
            return Camera.start(
                    CameraSettings.of(DemoSite.CAMERA_SERIAL, choices.source(), sealing, delivery),
                    CameraKeys.of(site.camera()),
                    Surroundings.ofThisMachine(events));
        } catch (CameraException e) {
            throw Fault.explain(e);
        }
    }

    private static Viewer startViewer(
            DemoSite site, Choices choices, Recorder recorder, SessionToken recorderToken, SessionToken viewerToken)
            throws IdentityException, IOException {
        ViewerSettings settings = new ViewerSettings(
                new ViewerSettings.RecorderAddress(recorder.address(), Optional.empty(), Optional.of(recorderToken)),
                site.viewer().roots().device(),
                Map.of(CAMERA_NAME, DemoSite.CAMERA_SERIAL),
                List.of(new ElementRecipientKey(site.viewer().recipient().key())),
                WebSettings.loopback(choices.viewerPort(), new Access.WithToken(viewerToken)));
        Viewer viewer = new Viewer(settings, Clock.systemUTC(), new LocalDemo(recorder));
        viewer.start();
        return viewer;
    }

    DemoSite site() {
        return site;
    }

    Login login() {
        return login;
    }

    Camera camera() {
        return camera;
    }

    Recorder recorder() {
        return recorder;
    }

    Viewer viewer() {
        return viewer;
    }

    /** A client of the viewer's page, as the browser is one. */
    WebClient viewerClient() {
        URI page = viewer.entryAddress();
        return new WebClient(
                URI.create(page.getScheme() + "://" + page.getAuthority() + "/"),
                Optional.empty(),
                Optional.of(viewerToken),
                WebClient.Limits.USUAL);
    }

    /** Viewer first, camera last: so nobody meets an end that is not its own. */
    @Override
    public void close() throws IOException {
        viewer.close();
        recorder.close();
        camera.close();
        site.close();
    }
}
