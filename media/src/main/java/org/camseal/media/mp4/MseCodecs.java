package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;
import org.camseal.media.h265.Sps;
import org.camseal.media.h265.Sps.ProfileTierLevel;

/**
 * How a browser is told what {@link FragmentedMp4} brings: the MIME type with its codecs parameter (RFC 6381, ISO/IEC 14496-15 annex E),
 * as {@code MediaSource.addSourceBuffer} takes it. Whether a browser then plays it is for {@code MediaSource.isTypeSupported} to say.
 */
public final class MseCodecs {
    private MseCodecs() {}

    /** Such as {@code video/mp4; codecs="avc3.42c01e,mp4a.40.2"}; {@code audio/mp4} where no track is video.
     *
     * @throws MediaException as {@link #codec}; Unsupported where a track has no codec string
     */
    public static String mimeType(List<Track> tracks) throws MediaException {
        boolean video = false;
        List<String> codecs = new ArrayList<>();
        for (Track track : tracks) {
            video |= track.format().codec().isVideo();
            codecs.add(codec(track)
                    .orElseThrow(() -> new UnsupportedException("track " + track.number() + ": browsers play no "
                            + track.format().codec() + "; leave the track out")));
        }
        return (video ? "video" : "audio") + "/mp4; codecs=\"" + String.join(",", codecs) + "\"";
    }

    /**
     * The codec string of one track: {@code avc3.42c01e}, {@code hev1.1.6.L93.B0}, {@code mp4a.40.2}, {@code opus}; empty for G.711,
     * for which there is none.
     *
     * @throws MediaException where the format lacks the SPS or the AudioSpecificConfig that says it, or it is broken
     */
    public static Optional<String> codec(Track track) throws MediaException {
        return switch (track.format()) {
            case VideoFormat video -> Optional.of(video(track.number(), video));
            case AudioFormat audio -> audio(audio);
        };
    }

    private static String video(int number, VideoFormat video) throws MediaException {
        boolean h265 = video.codec() == Codec.H265;
        List<NalUnit> sets = NalConfig.ofType(video.parameterSets(), h265 ? HevcConfig.SPS : AvcConfig.SPS);
        if (sets.isEmpty()) {
            throw new MalformedException("track " + number
                    + ": no SPS is known yet, so its profile is not either; take the parameter sets of a key picture");
        }
        NalUnit sps = sets.getFirst();
        if (h265) {
            return "hev1." + parameters(Sps.parse(sps).profile());
        }
        if (sps.length() < 4) {
            throw new MalformedException("track " + number + ": an SPS of " + sps.length() + " bytes");
        }
        byte[] bytes = sps.bytes();
        return String.format(Locale.ROOT, "avc3.%02x%02x%02x", bytes[1], bytes[2], bytes[3]);
    }

    private static Optional<String> audio(AudioFormat audio) throws MediaException {
        return switch (audio.codec()) {
            case AAC ->
                Optional.of("mp4a.40." + AacConfig.of(audio.decoderConfig()).objectType());
            case OPUS -> Optional.of("opus");
            case PCMA, PCMU -> Optional.empty();
            case H264, H265 -> throw new IllegalStateException(audio.codec() + " as audio");
        };
    }

    /** Such as {@code 1.6.L93.B0} (ISO/IEC 14496-15 annex E.3): profile, compatibility flags in reverse, tier and level, constraints. */
    private static String parameters(ProfileTierLevel profile) {
        StringBuilder text = new StringBuilder();
        if (profile.profileSpace() > 0) {
            text.append((char) ('A' + profile.profileSpace() - 1));
        }
        text.append(profile.profileIdc()).append('.').append(hex(Integer.reverse(profile.compatibilityFlags())));
        text.append('.').append(profile.highTier() ? 'H' : 'L').append(profile.levelIdc());
        // Six bytes, of which zeros at the end are left out.
        for (long rest = profile.constraintFlags() << 16; rest != 0; rest <<= 8) {
            text.append('.').append(hex((int) (rest >>> 56)));
        }
        return text.toString();
    }

    private static String hex(int value) {
        return Integer.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
