package org.camseal.seal;

import java.util.List;
import java.util.Optional;
import org.camseal.media.Track;

/** The tracks of a stream to be sealed or opened: one of video, and at most one of audio (sealed-video.md, tracks). */
record SealerTracks(Track video, Optional<Track> audio) {
    /** @throws IllegalArgumentException for other tracks */
    static SealerTracks of(List<Track> tracks) {
        List<Track> video = tracks.stream().filter(SealerTracks::isVideo).toList();
        List<Track> audio = tracks.stream().filter(track -> !isVideo(track)).toList();
        if (video.size() != 1 || audio.size() > 1) {
            throw new IllegalArgumentException(video.size() + " video and " + audio.size()
                    + " audio tracks; one of video and at most one of audio expected");
        }
        return new SealerTracks(video.getFirst(), audio.stream().findFirst());
    }

    private static boolean isVideo(Track track) {
        return track.format().codec().isVideo();
    }

    /** @throws IllegalArgumentException if it has another number, or there is none */
    Track audio(int number) {
        return audio.filter(track -> track.number() == number)
                .orElseThrow(() -> new IllegalArgumentException("an audio frame of unknown track " + number));
    }
}
