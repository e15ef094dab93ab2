package org.camseal.camera;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.manifest.SealedUnit;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.seal.SealException;
import org.camseal.seal.Sealer;
import org.camseal.seal.SealerSettings;
import org.camseal.signing.SigningException;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.server.LiveStream;

/** One sealed stream from its beginning to its end: fixed tracks, one sealer, mounted under the camera's path. */
record SealingRun(
        SealingSink.Place place, InnerSigner signer, Sealer sealer, LiveStream stream, SealedPublisher publisher)
        implements AutoCloseable {
    private static final Duration GOODBYE_STEP = Duration.ofMillis(10);
    private static final int GOODBYE_STEPS = 100;

    static SealingRun begin(
            List<Track> tracks, SealingSink.Place place, SealerSettings settings, Consumer<CameraEvent> events)
            throws SealException.SelfTestFailed {
        Sealer sealer = new Sealer(tracks, settings, place.key(), place.random());
        LiveStream stream =
                new LiveStream(tracks.stream().map(SealingRun::inBand).toList());
        place.server().mount(place.path(), stream);
        Card card = place.card();
        if (card != null) {
            card.begin(stream.tracks());
        }
        InnerSigner signer =
                new InnerSigner(tracks.getFirst(), place.signing().get().orElse(null), place.clock(), events);
        return new SealingRun(place, signer, sealer, stream, new SealedPublisher(stream));
    }

    /** The sealer puts parameter sets in band, so what the server says of them is always what the stream has now. */
    private static Track inBand(Track track) {
        return track.format() instanceof VideoFormat video
                ? new Track(track.number(), new VideoFormat(video.codec(), video.width(), video.height(), List.of()))
                : track;
    }

    /**
     * Signs and seals a unit and hands it to the readers.
     *
     * @return bytes of payload that they get
     * @throws SigningException if it cannot be signed; nothing of it is sent
     * @throws SealException if it cannot be sealed; nothing of it is sent
     * @throws ProtocolException if RTP cannot carry it; nothing of it is sent
     */
    int send(AccessUnit unit) throws SigningException, SealException, ProtocolException {
        AccessUnit signed = signer.sign(unit);
        boolean sent = false;
        try {
            SealedUnit sealed = sealer.seal(signed);
            publish(sealed);
            sent = true;
            return sealed.unit().sizeBytes();
        } finally {
            if (!sent) {
                signer.notSent(unit, signed);
            }
        }
    }

    /** Hands a unit to the readers and to the card. */
    private void publish(SealedUnit sealed) throws ProtocolException {
        publisher.publish(sealed);
        Card card = place.card();
        if (card != null) {
            card.take(sealed);
        }
    }

    /** Sends the signature over the last pictures, if the key gives it. */
    private void sendLastSignature() {
        try {
            Optional<AccessUnit> last = signer.end();
            if (last.isPresent()) {
                publish(sealer.seal(last.get()));
            }
        } catch (SigningException | SealException | ProtocolException e) {
            signer.state("the last pictures: " + e.getMessage());
        }
    }

    /** Signs the last pictures, wipes the keys, tells the readers that the stream is over, and takes it from the server. */
    @Override
    public void close() {
        sendLastSignature();
        sealer.close();
        stream.close();
        waitForReaders();
        place.server().unmount(place.path());
    }

    /** Taking the path away ends sessions at once; a reader who is not told before waits for a stream that never goes on. */
    private void waitForReaders() {
        try {
            for (int i = 0; i < GOODBYE_STEPS && stream.readers() > 0; i++) {
                place.clock().sleep(GOODBYE_STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
