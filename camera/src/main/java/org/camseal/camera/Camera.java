package org.camseal.camera;

import java.io.Closeable;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.TlsContexts;
import org.camseal.seal.Recipient;
import org.camseal.seal.RecipientId;
import org.camseal.seal.SealException;
import org.camseal.signing.SignerSettings;
import org.camseal.streaming.CannotListenException;
import org.camseal.streaming.server.ReplayStream;
import org.camseal.streaming.server.RtspLink;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerEvent;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.jspecify.annotations.Nullable;

/**
 * One stream of one camera, at work: source, signer, sealer, {@link SealedPublisher}, RTSP server.
 *
 * <p>Nothing leaves it in clear. A unit that cannot be sealed is dropped and the loss is stated; a source that is lost is tried again and
 * the gap is stated. All methods may be called from any thread.
 */
public final class Camera implements Closeable {
    /** What stands in front of a stream's path where its recording is replayed. */
    public static final String REPLAY = "/replay";

    private static final long CLOSE_WAIT_MILLIS = 10_000;

    private final CameraSettings settings;
    private final RtspServer server;
    private final SealingSink sink;
    private final Journal journal;
    private final LiveClock clock;
    private final Thread thread;

    private Camera(CameraSettings settings, RtspServer server, SealingSink sink, Journal journal, LiveClock clock) {
        this.settings = settings;
        this.server = server;
        this.sink = sink;
        this.journal = journal;
        this.clock = clock;
        Source source = settings.source();
        SourceRunner runner =
                new SourceRunner(source.describe(), source::open, clock, settings.backoff(), sink, journal);
        sink.onKeyRequest(runner::requestKey);
        this.thread = Thread.ofPlatform().name("camera " + settings.stream()).unstarted(() -> work(runner));
    }

    /**
     * Starts to listen and to work; whether the source gives anything is told by {@link #status} and events.
     *
     * @throws CameraException if the keys are another camera's, a recipient's certificate is unfit, or the port cannot be used
     */
    public static Camera start(CameraSettings settings, CameraKeys keys, Surroundings around) throws CameraException {
        return start(settings, keys, around, null);
    }

    /**
     * As {@link #start(CameraSettings, CameraKeys, Surroundings)}, with a card: it gets all that is sent, and is replayed under
     * {@link #REPLAY} and the stream's path.
     *
     * @param card which the caller closes, behind the camera; null for none
     * @throws CameraException as there
     */
    public static Camera start(CameraSettings settings, CameraKeys keys, Surroundings around, @Nullable Card card)
            throws CameraException {
        keys.requireSerial(settings.stream().camera());
        List<Recipient> recipients = recipients(settings.sealing());
        Journal journal = new Journal(around.events());
        Supplier<Optional<InnerSigner.Means>> signing = signing(settings, keys);
        RtspServer server = listen(settings.delivery(), keys, around, journal);
        SealingSink.Place place = new SealingSink.Place(
                settings.stream(),
                settings.sealing(),
                signing,
                new ElementMediaKey(keys.media()),
                around.random(),
                server,
                settings.path(),
                around.clock(),
                card);
        if (card != null) {
            server.mount(REPLAY + settings.path(), new ReplayStream(card));
        }
        SealingSink sink = new SealingSink(place, recipients, journal);
        Camera camera = new Camera(settings, server, sink, journal, around.clock());
        camera.thread.start();
        return camera;
    }

    private static Supplier<Optional<InnerSigner.Means>> signing(CameraSettings settings, CameraKeys keys)
            throws CameraException.UnfitIdentity {
        return switch (settings.signing()) {
            case Signing.Off off -> Optional::empty;
            case Signing.On(SignerSettings signing) -> {
                Optional<InnerSigner.Means> means = Optional.of(means(signing, keys.media()));
                yield () -> means;
            }
            case Signing.Chosen(SignerSettings signing, Supplier<CertifiedKey> key) -> {
                means(signing, key.get()); // what cannot sign is said at once
                yield () -> Optional.of(fitMeans(signing, key.get()));
            }
        };
    }

    private static InnerSigner.Means means(SignerSettings signing, CertifiedKey key)
            throws CameraException.UnfitIdentity {
        return new InnerSigner.Means(
                signing,
                ElementSigningKey.of(key),
                task -> Thread.ofVirtual().name("media signing").start(task));
    }

    /** Every kind of key that an element makes is one that media signing knows. */
    private static InnerSigner.Means fitMeans(SignerSettings signing, CertifiedKey key) {
        try {
            return means(signing, key);
        } catch (CameraException.UnfitIdentity e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Recipient> recipients(Sealing sealing) throws CameraException.UnfitRecipient {
        List<Recipient> recipients = new ArrayList<>();
        for (X509Certificate certificate : sealing.recipients()) {
            recipients.add(recipient(certificate));
        }
        return recipients;
    }

    private static Recipient recipient(X509Certificate certificate) throws CameraException.UnfitRecipient {
        try {
            return Recipient.of(certificate);
        } catch (SealException.UnfitRecipient e) {
            throw new CameraException.UnfitRecipient(
                    "recipient " + certificate.getSubjectX500Principal().getName() + ": " + e.getMessage(), e);
        }
    }

    private static RtspServer listen(Delivery delivery, CameraKeys keys, Surroundings around, Journal journal)
            throws CameraException.CannotListen {
        RtspServerSettings plain = RtspServerSettings.of(delivery.address(), delivery.port(), delivery.readers())
                .withEvents(event ->
                        journal.accept(new CameraEvent.Reader(around.clock().instant(), event)));
        RtspServerSettings protection = switch (delivery.protection()) {
            case Delivery.Protection.Plain p -> plain;
            case Delivery.Protection.Tls p ->
                plain.withTls(TlsContexts.server(keys.tls()), ClientCertificates.NOT_ASKED);
            case Delivery.Protection.ChosenTls p ->
                plain.withTls(TlsContexts.server(p.shown()), ClientCertificates.NOT_ASKED);
            case Delivery.Protection.MutualTls p ->
                plain.withTls(TlsContexts.mutualServer(keys.tls(), p.readers()), ClientCertificates.REQUIRED);
        };
        try {
            return RtspServer.start(protection);
        } catch (CannotListenException e) {
            throw new CameraException.CannotListen(String.valueOf(e.getMessage()), e);
        }
    }

    private void work(SourceRunner runner) {
        try {
            runner.run();
        } catch (InterruptedException e) {
            // close() was called. The thread ends here, and the readers' farewell below may still wait: so no interrupt
            // is left set.
            return;
        } catch (RuntimeException | Error e) {
            journal.accept(CameraEvent.Stopped.byFault(clock.instant(), e));
            throw e;
        } finally {
            sink.close();
        }
    }

    /** How it is doing. */
    public CameraStatus status() {
        return new CameraStatus(
                settings.stream(),
                journal.state(),
                settings.source().describe(),
                address(),
                sink.suite(),
                sink.readers(),
                sink.counts(),
                sink.lastUnit(),
                journal.recent());
    }

    /** Whose signatures stand in the video now; empty while there is no stream, or none in it. */
    public Optional<X509Certificate> signer() {
        return sink.signer();
    }

    /** What the stream's video is like, as it was sent in the last seconds; empty until a whole group of pictures was sent. */
    public Optional<StreamMeasure> measure() {
        return sink.measure();
    }

    /** Where readers find the stream. */
    public URI address() {
        Delivery delivery = settings.delivery();
        try {
            return new URI(
                    delivery.scheme(),
                    null,
                    delivery.address().getHostAddress(),
                    server.port(),
                    settings.path(),
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Serves a reader who came by another port of this camera, such as the one of its pages, by the rules of the stream's own port: its logins,
     * limits and sessions. Returns when the reader is gone. Where readers must show a certificate ({@link Delivery.Protection.MutualTls}) this
     * one must have shown it there, so that a port which does not ask for any is no way around.
     *
     * @param shown the certificates that the reader showed in that port's handshake and has the key of; empty for none
     */
    public void serve(RtspLink link, List<X509Certificate> shown) {
        Optional<String> complaint = settings.delivery().protection() instanceof Delivery.Protection.MutualTls mutual
                ? mutual.readers().complaint(shown)
                : Optional.empty();
        if (complaint.isPresent()) {
            journal.accept(new CameraEvent.Reader(
                    clock.instant(), new RtspServerEvent.ConnectionFailed(link.peer(), "TLS: " + complaint.get())));
            link.close();
            return;
        }
        server.serve(link);
    }

    /**
     * Lets one more open the stream, from the next key picture on.
     *
     * @throws CameraException.UnfitRecipient for a certificate that nothing can be granted to
     */
    public void addRecipient(X509Certificate certificate) throws CameraException.UnfitRecipient {
        sink.add(recipient(certificate));
    }

    /**
     * Grants nothing more to somebody: from the next key picture on they cannot open the stream. Without the last one it stops at once.
     */
    public void removeRecipient(X509Certificate certificate) {
        sink.remove(RecipientId.of(certificate.getPublicKey()));
    }

    /** Waits until the source is over, the camera has failed or was closed; says which. */
    public CameraStatus.State await() throws InterruptedException {
        thread.join();
        return journal.state();
    }

    /** Stops the source, ends the stream, closes all connections and forgets the keys. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.closed();
        server.close();
    }
}
