package org.camseal.cli.camera;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.camera.Backoff;
import org.camseal.camera.CameraException;
import org.camseal.camera.CameraSettings;
import org.camseal.camera.Delivery;
import org.camseal.camera.RtspSource;
import org.camseal.camera.Sealing;
import org.camseal.camera.Signing;
import org.camseal.camera.Source;
import org.camseal.camera.WatchedSource;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.card.CardEvent;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.card.CardSettings;
import org.camseal.camera.pages.CameraCertificates;
import org.camseal.camera.pages.PageWorld;
import org.camseal.camera.pages.RecipientShelf;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.manifest.StreamId;
import org.camseal.streaming.Login;
import org.camseal.web.ListenAddress;
import org.camseal.web.WebException;

/** What a camera's settings say of its stream. */
final class CameraStream {
    private static final int MAX_LOGIN_FILE = 1024;

    private CameraStream() {}

    /** What of the camera the stream needs. */
    record Parts(String serial, Accounts accounts, RecipientShelf recipients, CameraCertificates certificates) {}

    static CameraSettings of(Path home, CameraFile settings, Parts parts, Optional<PageWorld.Live> live)
            throws CameraException, WebException, CommandFailure, IdentityException {
        InetSocketAddress listen =
                ListenAddress.parse("rtsp.listen", settings.rtsp().listen());
        Delivery delivery = new Delivery(
                listen.getAddress(),
                listen.getPort(),
                new Delivery.Protection.ChosenTls(parts.certificates().stream()),
                parts.accounts().authenticator(settings.rtsp().legacyDigest()));
        Sealing sealing = new Sealing(
                parts.recipients().certificates(),
                settings.sealing().suite(),
                Duration.ofSeconds(settings.sealing().epochSeconds()));
        Source source = source(home, settings);
        return new CameraSettings(
                new StreamId(parts.serial(), settings.stream()),
                live.<Source>map(page -> new WatchedSource(source, page.picture()))
                        .orElse(source),
                settings.sign()
                        ? Signing.by(parts.serial(), parts.certificates().signer())
                        : new Signing.Off(),
                sealing,
                delivery,
                Backoff.STANDARD);
    }

    /**
     * The card, if the settings name one.
     *
     * @param events told when writing begins and stops
     */
    static Optional<CardRing> card(Path home, CameraFile settings, Consumer<CardEvent> events) throws CommandFailure {
        if (settings.card().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CardRing.open(cardSettings(home.resolve(settings.card()), settings), events));
    }

    private static CardSettings cardSettings(Path directory, CameraFile settings) throws CommandFailure {
        try {
            return CardSettings.of(directory, settings.cardQuotaBytes());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "card-quota-bytes: " + e.getMessage(), null);
        }
    }

    private static Source source(Path home, CameraFile settings) throws CommandFailure, IdentityException {
        String named = settings.source();
        if (named.matches("[a-z]+://[^/]*@.*")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "source: a password does not belong into the settings",
                    "put USER:PASSWORD into a file for its owner only, and name it with source-login-file");
        }
        boolean file = !named.equals("testpattern") && !named.contains("://") && !named.startsWith("/dev/");
        Source source = DemoSource.of(
                file ? home.resolve(named).toString() : named,
                settings.sourceTransport(),
                settings.sourceLegacyDigest());
        if (settings.sourceLoginFile().isEmpty()) {
            return source;
        }
        if (!(source instanceof RtspSource rtsp)) {
            throw new CommandFailure(ExitCode.USAGE, "source-login-file is for a source by RTSP", null);
        }
        return new RtspSource(rtsp.request().withLogin(login(home.resolve(settings.sourceLoginFile()))));
    }

    private static Login login(Path file) throws CommandFailure, IdentityException {
        byte[] bytes = DurableFile.read(file, MAX_LOGIN_FILE)
                .orElseThrow(() -> new CommandFailure(ExitCode.IO, "no such file: " + file, null));
        DurableFile.requireOwnerOnly(file, "600");
        String line = new String(bytes, StandardCharsets.UTF_8).strip();
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new CommandFailure(ExitCode.USAGE, file + ": not one line USER:PASSWORD", null);
        }
        return new Login(line.substring(0, colon), line.substring(colon + 1));
    }
}
