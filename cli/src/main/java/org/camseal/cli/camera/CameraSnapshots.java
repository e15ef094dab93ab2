package org.camseal.cli.camera;

import java.util.Optional;
import org.camseal.camera.LivePicture;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.pages.PageWorld;
import org.camseal.ffmpeg.Decoder;
import org.camseal.ffmpeg.FFmpegException;
import org.camseal.ffmpeg.Jpeg;
import org.camseal.ffmpeg.Picture;
import org.camseal.media.VideoUnit;
import org.camseal.onvif.Snapshots;
import org.camseal.onvif.login.UserLevel;
import org.jspecify.annotations.Nullable;

/** The last key picture as a JPEG, for those whom the owner lets see the live page. Each picture is coded once, whoever asks. */
final class CameraSnapshots implements Snapshots {
    private final PageWorld.Live live;
    private @Nullable VideoUnit coded;
    private Optional<byte[]> jpeg = Optional.empty();

    CameraSnapshots(PageWorld.Live live) {
        this.live = live;
    }

    @Override
    public boolean maySee(UserLevel level) {
        AccountRole role = switch (level) {
            case USER -> AccountRole.VIEWER;
            case OPERATOR -> AccountRole.OPERATOR;
            case ADMINISTRATOR -> AccountRole.ADMINISTRATOR;
        };
        return role.covers(live.role());
    }

    @Override
    public synchronized Optional<byte[]> jpeg(String video) {
        Optional<LivePicture.Shown> shown = live.picture().shown();
        if (shown.isEmpty()) {
            coded = null;
            jpeg = Optional.empty();
        } else if (!shown.get().unit().equals(coded)) {
            coded = shown.get().unit();
            jpeg = coded(shown.get());
        }
        return jpeg;
    }

    private static Optional<byte[]> coded(LivePicture.Shown shown) {
        try {
            Optional<Picture> picture = Decoder.still(shown.format(), shown.unit());
            return picture.isEmpty() ? Optional.empty() : Optional.of(Jpeg.encode(picture.get()));
        } catch (FFmpegException e) {
            return Optional.empty(); // as on the live page: there is none now
        }
    }
}
