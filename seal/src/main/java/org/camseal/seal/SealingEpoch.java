package org.camseal.seal;

import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.CommittedEpoch;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.media.MediaTime;

/** An epoch on the sender's side: its key, the ciphers of its tracks, and its grants. */
final class SealingEpoch implements AutoCloseable {
    private final EpochKey key;
    private final CommittedEpoch committed;
    private final List<Recipient> recipients;
    private final SealedSei grants;
    private final MediaTime start;
    private final PackageCipher video;
    private final PackageCipher audio;

    SealingEpoch(EpochKey key, List<Recipient> recipients, Entropy entropy, MediaTime start) {
        this.key = key;
        this.committed = new CommittedEpoch(key.epoch().number(), key.commitment());
        this.recipients = List.copyOf(recipients);
        this.start = start;
        List<Grant> made = new ArrayList<>();
        for (Recipient recipient : recipients) {
            made.add(entropy.grant(key, recipient));
        }
        this.grants = SealedSei.of(SealedSei.Kind.GRANTS, new Grants(key.epoch(), made).encode());
        this.video = new PackageCipher(key, SealedTrack.VIDEO.number(), entropy.random());
        this.audio = new PackageCipher(key, SealedTrack.AUDIO.number(), entropy.random());
    }

    CommittedEpoch committed() {
        return committed;
    }

    /** Who has a grant of it. */
    List<Recipient> recipients() {
        return recipients;
    }

    SealedSei grants() {
        return grants;
    }

    MediaTime start() {
        return start;
    }

    PackageCipher cipher(SealedTrack track) {
        return switch (track) {
            case VIDEO -> video;
            case AUDIO -> audio;
        };
    }

    @Override
    public void close() {
        key.close();
        video.close();
        audio.close();
    }
}
