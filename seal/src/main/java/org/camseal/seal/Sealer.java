package org.camseal.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.manifest.AudioPrefix;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;

/**
 * Seals a stream: makes of each access unit one that any carrier carries and nobody can see without a grant, and puts in what viewers
 * and recorders need: session certificates, manifests, grants.
 *
 * <p>Give it the units of all tracks in the order of their decode times. What it cannot seal exactly it refuses; it never passes anything
 * in clear, whatever happens to recipients, keys or randomness. Confined to one thread but for {@link #addRecipient} and {@link
 * #removeRecipient}.
 *
 * @see SealedUnit
 */
public final class Sealer implements AutoCloseable {
    private final SealerTracks tracks;
    private final AtomicReference<List<Recipient>> recipients;
    private final Suite suite;
    private final PictureSealer pictures;

    /**
     * Checks ciphers and randomness by known answers.
     *
     * @param tracks one of H.264 or H.265, and at most one of audio
     * @param mediaKey signs a session certificate at the start of each run and every 12 h, nothing else
     * @throws SealException.SelfTestFailed if ciphers or randomness do not do what they must
     * @throws IllegalArgumentException for other tracks
     */
    public Sealer(List<Track> tracks, SealerSettings settings, MediaKey mediaKey, SecureRandom random)
            throws SealException.SelfTestFailed {
        this(SealerTracks.of(tracks), settings, mediaKey, Entropy.of(random));
    }

    /** With draws of known answers. */
    Sealer(SealerTracks tracks, SealerSettings settings, MediaKey mediaKey, Entropy entropy)
            throws SealException.SelfTestFailed {
        SelfTest.run(entropy.random());
        this.tracks = tracks;
        this.recipients = new AtomicReference<>(settings.recipients());
        this.suite = SuiteSelection.of(settings.suite());
        this.pictures = new PictureSealer(tracks.video(), settings, mediaKey, entropy);
    }

    /** The cipher inside. */
    public Suite suite() {
        return suite;
    }

    /**
     * Seals a unit. After an exception the stream can go on with the next unit, but for {@link SealException.SelfTestFailed}.
     *
     * @throws SealException.NotStarted for units in front of the first key picture, and after {@link SealException.NoRecipient} in front
     *     of the next
     * @throws SealException.Refused for a unit that cannot be sealed exactly; it left no trace
     * @throws SealException.NoRecipient while there is no recipient
     * @throws SealException.KeyFailed if the media key does not certify the session
     * @throws IllegalArgumentException for a unit of a track that was not named at the start
     */
    public SealedUnit seal(AccessUnit unit) throws SealException {
        List<Recipient> current = recipients.get();
        if (current.isEmpty()) {
            pictures.stop();
            throw new SealException.NoRecipient("no recipient is left; the stream stops until one is added");
        }
        try {
            return switch (unit) {
                case VideoUnit video
                when video.track() == tracks.video().number() ->
                    SealedUnit.parse(
                            pictures.seal(video, current, suite), tracks.video().format());
                case AudioUnit audio ->
                    SealedUnit.parse(
                            sealAudio(audio), tracks.audio(audio.track()).format());
                case VideoUnit video ->
                    throw new IllegalArgumentException("a picture of unknown track " + video.track());
            };
        } catch (ManifestException.NotSealed e) {
            throw new IllegalStateException("sealed, yet not sealed in form", e);
        }
    }

    private AudioUnit sealAudio(AudioUnit unit) throws SealException {
        Track track = tracks.audio(unit.track());
        SealingRun run = pictures.startedRun();
        SealingEpoch epoch = pictures.startedEpoch();
        byte[] frame = unit.frame();
        byte[] prefix = prefix(track, frame);
        int taken = AudioPrefix.takenFromClear(track.format().codec(), prefix);
        int payloadLength = frame.length - taken;
        byte[] sealed = new byte[prefix.length + payloadLength + PackageCipher.TRAILER_BYTES];
        System.arraycopy(prefix, 0, sealed, 0, prefix.length);
        PackageCipher cipher = epoch.cipher(SealedTrack.AUDIO);
        long counter = cipher.nextCounter();
        cipher.seal(
                suite,
                new Binding(PackageKind.AUDIO_FRAME, Span.of(prefix)),
                Span.of(frame, taken, payloadLength),
                Span.of(sealed, prefix.length, sealed.length - prefix.length));
        run.recorder().add(SealedTrack.AUDIO, counter, sealed);
        return unit.withFrame(sealed);
    }

    private static byte[] prefix(Track track, byte[] frame) throws SealException.Refused {
        try {
            return AudioPrefix.ofClear(track.format().codec(), frame);
        } catch (ManifestException.Malformed e) {
            throw new SealException.Refused("audio frame: " + e.getMessage(), e);
        }
    }

    /**
     * Grants the stream to one more, from the next key picture on. Any thread.
     *
     * @throws IllegalArgumentException beyond {@link Grants#MAX_GRANTS}
     */
    public void addRecipient(Recipient recipient) {
        recipients.updateAndGet(current -> {
            if (current.contains(recipient)) {
                return current;
            }
            if (current.size() == Grants.MAX_GRANTS) {
                throw new IllegalArgumentException("there are " + Grants.MAX_GRANTS + " recipients already");
            }
            List<Recipient> more = new ArrayList<>(current);
            more.add(recipient);
            return List.copyOf(more);
        });
    }

    /**
     * Grants nothing more to a recipient: the next key picture begins an epoch that they cannot open. Without the last one the stream
     * stops at once. Any thread.
     */
    public void removeRecipient(RecipientId recipient) {
        recipients.updateAndGet(current ->
                current.stream().filter(one -> !one.id().equals(recipient)).toList());
    }

    /** Those granted from the next key picture on. */
    public List<Recipient> recipients() {
        return recipients.get();
    }

    /** Wipes the epoch key. The packages after the last manifest stay without one. */
    @Override
    public void close() {
        pictures.close();
    }
}
