package org.camseal.camera;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camseal.identity.CertificateSubject;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.seal.Recipient;
import org.camseal.seal.RecipientId;
import org.camseal.seal.SealException;
import org.camseal.seal.SealerSettings;
import org.camseal.signing.SigningException;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.server.RtspServer;
import org.jspecify.annotations.Nullable;

/**
 * Signs and seals what a source gives and hands it to the server: one video track and at most one of sound. What cannot be sealed is dropped and
 * stated. A source that comes back with other formats begins a new run, and readers are told that the stream they had is over.
 *
 * <p>{@link #begin}, {@link #take} and {@link #close} belong to one thread; the rest may be called from any.
 */
final class SealingSink implements UnitSink, AutoCloseable {
    /**
     * What a sink needs for its whole life.
     *
     * @param sealing how; its recipients are for whoever makes the sink
     * @param signing how the video is signed from the next run on; empty for video that is sealed as it comes. A change of the key begins a run
     * @param card where what is sent is kept too; null for nowhere
     */
    record Place(
            StreamId stream,
            Sealing sealing,
            Supplier<Optional<InnerSigner.Means>> signing,
            MediaKey key,
            SecureRandom random,
            RtspServer server,
            String path,
            LiveClock clock,
            @Nullable Card card) {
        /** Without a card, and signed by one key. */
        Place(
                StreamId stream,
                Sealing sealing,
                InnerSigner.Means signing,
                MediaKey key,
                SecureRandom random,
                RtspServer server,
                String path,
                LiveClock clock) {
            this(stream, sealing, () -> Optional.of(signing), key, random, server, path, clock, null);
        }

        SealerSettings settingsFor(List<Recipient> recipients) {
            return SealerSettings.of(stream, recipients)
                    .withSuite(sealing.suite())
                    .withEpochLength(sealing.epochLength());
        }
    }

    private final Place place;
    private final Consumer<CameraEvent> events;
    private final DropLog drops;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final StreamMeter meter = new StreamMeter();
    private final Object recipientsLock = new Object();
    private List<Recipient> recipients;
    private List<Track> tracks = List.of();
    private volatile Runnable keyRequests = () -> {};
    private volatile @Nullable SealingRun run;
    private volatile @Nullable Instant lastUnit;

    /** @param recipients who may open the stream at the start; nobody means that it begins when somebody is added */
    SealingSink(Place place, List<Recipient> recipients, Consumer<CameraEvent> events) {
        this.place = place;
        this.events = events;
        this.drops = new DropLog(place.clock(), events);
        this.recipients = List.copyOf(recipients);
    }

    @Override
    public void begin(List<Track> offered) throws SourceException.Unusable, Impossible {
        List<Track> chosen = choose(offered);
        if (!chosen.equals(tracks)) {
            endRun();
            tracks = chosen;
            meter.restart();
            beginRun();
        }
    }

    /** The first video track, then the first of sound, whatever their order in the source. */
    private static List<Track> choose(List<Track> offered) throws SourceException.Unusable {
        List<Track> chosen = new ArrayList<>();
        offered.stream()
                .filter(track -> track.format().codec().isVideo())
                .findFirst()
                .ifPresent(chosen::add);
        if (chosen.isEmpty()) {
            throw new SourceException.Unusable("the source has no track of H.264 or H.265; nothing else can be sealed");
        }
        offered.stream()
                .filter(track -> !track.format().codec().isVideo())
                .findFirst()
                .ifPresent(chosen::add);
        return chosen;
    }

    /** Without recipients there is no run: it begins when somebody is added. */
    private void beginRun() throws Impossible {
        synchronized (recipientsLock) {
            if (!recipients.isEmpty()) {
                try {
                    SealingRun begun = SealingRun.begin(tracks, place, place.settingsFor(recipients), events);
                    begun.stream().onKeyRequest(() -> keyRequests.run());
                    run = begun;
                } catch (SealException.SelfTestFailed e) {
                    throw new Impossible(String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    @Override
    public void take(AccessUnit unit) throws Impossible {
        if (tracks.stream().noneMatch(track -> track.number() == unit.track())) {
            return;
        }
        if (run == null) {
            beginRun();
        } else if (unit instanceof VideoUnit picture && picture.isKey()) {
            changeSigner();
        }
        SealingRun current = run;
        if (current == null) {
            drop(unit, "no recipient is left; the stream stops until one is added");
            return;
        }
        try {
            int bytes = current.send(unit);
            sentBytes.addAndGet(bytes);
            sent.incrementAndGet();
            if (unit instanceof VideoUnit picture) {
                meter.sent(picture, bytes);
            }
            lastUnit = unit.capturedAt();
            drops.sent();
        } catch (SealException.SelfTestFailed e) {
            throw new Impossible(String.valueOf(e.getMessage()), e);
        } catch (SealException.NotStarted | SigningException.NotStarted e) {
            dropped.incrementAndGet();
            drops.alsoDropped(unit, String.valueOf(e.getMessage()));
        } catch (SigningException | SealException | ProtocolException e) {
            drop(unit, String.valueOf(e.getMessage()));
        }
    }

    /** Another key signs from this key picture on, in a run of its own: within one nobody could tell it from a forgery. */
    private void changeSigner() throws Impossible {
        SealingRun current = run;
        if (current == null || current.signer().signsLike(place.signing().get())) {
            return;
        }
        endRun();
        beginRun();
        Optional<X509Certificate> now = signer();
        if (now.isPresent()) {
            events.accept(new CameraEvent.SignerChanged(
                    place.clock().instant(),
                    CertificateSubject.display(now.get().getSubjectX500Principal())));
        }
    }

    /** Whose signatures stand in the video now; empty while there is no stream, or none in it. */
    Optional<X509Certificate> signer() {
        SealingRun current = run;
        return current == null ? Optional.empty() : current.signer().certificate();
    }

    private void drop(AccessUnit unit, String cause) {
        dropped.incrementAndGet();
        drops.dropped(unit, cause);
    }

    private void endRun() {
        SealingRun ended = run;
        if (ended != null) {
            run = null;
            ended.close();
        }
    }

    /** Hears that a reader needs a key picture; see {@link org.camseal.streaming.server.LiveStream#onKeyRequest}. */
    void onKeyRequest(Runnable source) {
        keyRequests = source;
    }

    /** Grants the stream to one more, from the next key picture on. */
    void add(Recipient recipient) {
        synchronized (recipientsLock) {
            if (!recipients.contains(recipient)) {
                List<Recipient> more = new ArrayList<>(recipients);
                more.add(recipient);
                SealingRun current = run;
                if (current != null) {
                    current.sealer().addRecipient(recipient);
                }
                recipients = List.copyOf(more);
            }
        }
    }

    /** Grants nothing more to somebody. */
    void remove(RecipientId recipient) {
        synchronized (recipientsLock) {
            recipients = recipients.stream()
                    .filter(one -> !one.id().equals(recipient))
                    .toList();
            SealingRun current = run;
            if (current != null) {
                current.sealer().removeRecipient(recipient);
            }
        }
    }

    /** The cipher in use; empty before the first run. */
    Optional<Suite> suite() {
        SealingRun current = run;
        return current == null ? Optional.empty() : Optional.of(current.sealer().suite());
    }

    int readers() {
        SealingRun current = run;
        return current == null ? 0 : current.stream().readers();
    }

    Optional<Instant> lastUnit() {
        return Optional.ofNullable(lastUnit);
    }

    /** What the video is like; empty until a whole group of pictures was sent. */
    Optional<StreamMeasure> measure() {
        return meter.measure();
    }

    CameraStatus.Counts counts() {
        return new CameraStatus.Counts(sent.get(), sentBytes.get(), dropped.get());
    }

    /** Ends the stream: readers are told. */
    @Override
    public void close() {
        drops.sent();
        endRun();
    }
}
