package org.camseal.camera;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.signing.MediaSigner;
import org.camseal.signing.SignedUnit;
import org.camseal.signing.SignerSettings;
import org.camseal.signing.SigningException;
import org.camseal.signing.SigningKey;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;
import org.jspecify.annotations.Nullable;

/**
 * Signs the clear video of one run. After a fault of the key it begins anew with the next key picture. Video that its source has signed
 * already keeps that signature alone, which is stated. Confined to one thread, but for {@link #certificate}.
 */
final class InnerSigner {
    /**
     * What signing needs.
     *
     * @param executor runs the key
     */
    record Means(SignerSettings settings, SigningKey key, Executor executor) {}

    private final Track video;
    private final @Nullable Means means;
    private final LiveClock clock;
    private final Consumer<CameraEvent> events;
    private @Nullable MediaSigner signer;
    private List<NalUnit> unsent = List.of();
    private volatile boolean sourceSigns;

    /**
     * @param means null for video that stays as it is
     */
    InnerSigner(Track video, @Nullable Means means, LiveClock clock, Consumer<CameraEvent> events) {
        this.video = video;
        this.means = means;
        this.clock = clock;
        this.events = events;
    }

    /** Whether those means sign as these do. */
    boolean signsLike(Optional<Means> others) {
        return others.map(Means::key).equals(Optional.ofNullable(means).map(Means::key));
    }

    /** Whose signatures there are; empty where there are none of this camera. */
    Optional<X509Certificate> certificate() {
        Means own = means;
        return own == null || sourceSigns
                ? Optional.empty()
                : Optional.of(own.key().chain().getFirst());
    }

    /**
     * The unit with the SEI that are ready.
     *
     * @throws SigningException if it cannot be signed
     */
    AccessUnit sign(AccessUnit unit) throws SigningException {
        if (means == null || sourceSigns) {
            return unit;
        }
        try {
            MediaSigner current = signer;
            if (current == null) {
                current = new MediaSigner(
                        video,
                        means.settings(),
                        means.key(),
                        means.executor(),
                        () -> clock.uptime().toNanos());
                signer = current;
            }
            SignedUnit signed = current.sign(unit);
            return withUnsent(signed);
        } catch (SigningException.KeyFailed | SigningException.KeyTimedOut e) {
            signer = null;
            unsent = List.of();
            throw e;
        } catch (SigningException.AlreadySigned e) {
            sourceSigns = true;
            signer = null;
            state(String.valueOf(e.getMessage()));
            return unit;
        }
    }

    /** A unit that was signed is not sent after all: its SEI are needed in the next. */
    void notSent(AccessUnit original, AccessUnit signed) {
        if (original instanceof VideoUnit before && signed instanceof VideoUnit after) {
            List<NalUnit> added = new ArrayList<>(after.nalUnits());
            before.nalUnits().forEach(added::remove);
            unsent = List.copyOf(added);
        }
    }

    private AccessUnit withUnsent(SignedUnit signed) {
        if (unsent.isEmpty() || !(signed.unit() instanceof VideoUnit picture)) {
            return signed.unit();
        }
        List<NalUnit> nalUnits = new ArrayList<>(picture.nalUnits());
        int at = 0;
        while (at < nalUnits.size() && !nalUnits.get(at).isSlice() && !isSigningSei(nalUnits.get(at))) {
            at++;
        }
        nalUnits.addAll(at, unsent);
        unsent = List.of();
        return picture.withNalUnits(nalUnits);
    }

    private static boolean isSigningSei(NalUnit nal) {
        return SigningSeiReader.read(nal) instanceof SeiReading.Sei;
    }

    /** Says why something is not signed. */
    void state(String cause) {
        events.accept(new CameraEvent.NotSigned(clock.instant(), cause));
    }

    /** The last unit, if anything was signed: the signatures over what is not covered yet. Waits for the key. */
    Optional<AccessUnit> end() throws SigningException {
        MediaSigner ended = signer;
        signer = null;
        return ended == null ? Optional.empty() : ended.end().map(this::withUnsent);
    }
}
