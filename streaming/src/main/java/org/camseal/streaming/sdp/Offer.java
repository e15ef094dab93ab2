package org.camseal.streaming.sdp;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Track;
import org.camseal.streaming.ProtocolException;

/**
 * What a description offers to play.
 *
 * @param control of the whole session; {@code *} where the description says nothing
 * @param tracks known here, numbered from 1
 * @param passedOver what is not known, and why, for a message
 */
public record Offer(String control, List<OfferedTrack> tracks, List<String> passedOver) {
    private static final int MAX_TRACKS = 16;

    public Offer {
        tracks = List.copyOf(tracks);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Reads a description.
     *
     * @throws ProtocolException where it cannot be read, or offers nothing that is known here: then naming what it offers
     */
    public static Offer parse(String description) throws ProtocolException {
        SessionDescription session = SessionDescription.parse(description);
        List<OfferedTrack> tracks = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        for (SessionDescription.Media media : session.media()) {
            try {
                if (tracks.size() < MAX_TRACKS) {
                    tracks.add(FormatReader.read(session, media, tracks.size() + 1));
                }
            } catch (ProtocolException e) {
                passedOver.add(media.kind() + ": " + e.getMessage());
            }
        }
        if (tracks.isEmpty()) {
            throw new ProtocolException("the source offers no track that can be played: "
                    + (passedOver.isEmpty() ? "its description has no media" : String.join("; ", passedOver)));
        }
        return new Offer(session.attribute("control").orElse("*"), tracks, passedOver);
    }

    /** The tracks alone. */
    public List<Track> trackList() {
        return tracks.stream().map(OfferedTrack::track).toList();
    }
}
