package org.camseal.seal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.camseal.manifest.AudioPrefix;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.Signer;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;

/**
 * Opens a sealed stream for whoever holds a granted key: gives back, bit by bit, what was sealed.
 *
 * <p>An epoch key is used only if its commitment stands in a manifest that an accepted signer signed, so a grant cannot bring in a key
 * of the granter's choice. A unit is given out whole, after all its packages opened, or not at all. What an opener does not say is
 * whether anything is missing, repeated or out of order: that is the manifest checker's verdict, and comes up to two seconds later.
 *
 * <p>Any bytes lead to an answer, none to an exception. Confined to one thread.
 */
public final class Opener implements AutoCloseable {
    private final SealerTracks tracks;
    private final Epochs epochs;
    private final PictureOpener pictures;

    /**
     * @param tracks those of the recording or stream: one of video, at most one of audio
     * @param keys whose grants are tried
     * @param accepted says whose commitments count; asked for each manifest
     */
    public Opener(List<Track> tracks, List<RecipientKey> keys, Predicate<Signer> accepted) {
        this.tracks = SealerTracks.of(tracks);
        this.epochs = new Epochs(keys, accepted);
        this.pictures = new PictureOpener(this.tracks.video());
    }

    /**
     * Takes in certificates, manifests and grants of a unit further on, without opening it: who reads a whole recording first opens it
     * from its first key picture, though its certificate comes up to ten seconds later.
     */
    public void learn(AccessUnit unit) {
        if (unit instanceof VideoUnit video && video.track() == tracks.video().number()) {
            try {
                epochs.learn(sealed(sealedPart(video)));
            } catch (ManifestException.NotSealed e) {
                // Nothing can be learned from it; opening it says so.
            }
        }
    }

    /** Takes in grants that are kept beside a recording, or came later. */
    public void learn(Grants grants) {
        epochs.learn(grants);
    }

    /**
     * Opens the next unit of the stream.
     *
     * @throws IllegalArgumentException for a unit of a track that was not named at the start
     */
    public Opening open(AccessUnit unit) {
        return switch (unit) {
            case VideoUnit video when video.track() == tracks.video().number() -> openVideo(video);
            case AudioUnit audio -> openAudio(audio, tracks.audio(audio.track()));
            case VideoUnit video -> throw new IllegalArgumentException("a picture of unknown track " + video.track());
        };
    }

    private Opening openVideo(VideoUnit video) {
        VideoUnit part = sealedPart(video);
        try {
            epochs.advance(sealed(part));
        } catch (ManifestException.NotSealed e) {
            return new Opening.NotOpened(Opening.Obstacle.NOT_SEALED, "not sealed: " + e.getMessage());
        }
        return pictures.open(part, epochs);
    }

    private SealedUnit sealed(VideoUnit part) throws ManifestException.NotSealed {
        return SealedUnit.parse(part, tracks.video().format());
    }

    /**
     * The unit without SEI and filler data that stand in clear: no sealer sends any, so they are a carrier's, or somebody's who has no
     * key (sealed-video.md, what is not covered).
     */
    private static VideoUnit sealedPart(VideoUnit video) {
        List<NalUnit> kept =
                video.nalUnits().stream().filter(nal -> !isForeign(nal)).toList();
        return kept.isEmpty() || kept.size() == video.nalUnits().size() ? video : video.withNalUnits(kept);
    }

    private static boolean isForeign(NalUnit nal) {
        try {
            return Treatment.isFiller(nal)
                    || (nal.isSei() && SealedSei.find(nal).isEmpty());
        } catch (ManifestException.Malformed e) {
            return false; // an own one, though a bad one
        }
    }

    private Opening openAudio(AudioUnit audio, Track track) {
        byte[] sealed = audio.frame();
        byte[] prefix;
        try {
            SealedUnit.parse(audio, track.format());
            prefix = AudioPrefix.ofSealed(track.format().codec(), sealed);
        } catch (ManifestException e) {
            return new Opening.NotOpened(Opening.Obstacle.NOT_SEALED, "not sealed: " + e.getMessage());
        }
        List<OpeningEpoch> around = epochs.aroundCurrent();
        if (around.isEmpty()) {
            return Obstacles.withoutEpoch(epochs.withoutEpoch());
        }
        int kept = AudioPrefix.takenFromClear(track.format().codec(), prefix);
        int payloadLength = sealed.length - prefix.length - PackageCipher.TRAILER_BYTES;
        Binding binding = new Binding(PackageKind.AUDIO_FRAME, Span.of(prefix));
        for (OpeningEpoch epoch : around) {
            Optional<PackageCipher> cipher = epoch.cipher(SealedTrack.AUDIO);
            byte[] frame = Arrays.copyOf(prefix, kept + payloadLength);
            byte[] copy = Arrays.copyOfRange(sealed, prefix.length, sealed.length);
            if (cipher.isPresent() && cipher.get().open(binding, Span.of(copy), Span.of(frame, kept, payloadLength))) {
                return new Opening.Opened(audio.withFrame(frame));
            }
        }
        Opening.Obstacle obstacle = around.getFirst().obstacle();
        return obstacle == null
                ? Obstacles.altered(audio)
                : Obstacles.withoutKey(obstacle, around.getFirst().id());
    }

    /**
     * Grants another recipient all epochs that are open here, as whoever may see may let others see.
     *
     * @return one set of grants for each epoch, in the order in which the epochs were learned of
     */
    public List<Grants> grantTo(Recipient recipient, SecureRandom random) {
        List<Grants> made = new ArrayList<>();
        for (EpochKey key : epochs.openKeys()) {
            made.add(new Grants(key.epoch(), List.of(Grant.make(key, recipient, random))));
        }
        return made;
    }

    /** Wipes all epoch keys. */
    @Override
    public void close() {
        epochs.close();
    }
}
