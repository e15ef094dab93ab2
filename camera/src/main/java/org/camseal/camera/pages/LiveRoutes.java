package org.camseal.camera.pages;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.camseal.camera.LastPicture;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.ffmpeg.DecodedPicture;
import org.camseal.ffmpeg.Decoder;
import org.camseal.ffmpeg.FFmpegException;
import org.camseal.ffmpeg.Png;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;

/**
 * The picture. What the camera sends is sealed, and this page has no key to open it; so by default it only says so. Where the owner set the
 * live page, the last key picture is shown as it was before it was sealed, to the role that was set, inside this camera's TLS.
 */
final class LiveRoutes {
    private final Optional<PageWorld.Live> page;
    private final Semaphore decoding = new Semaphore(1);

    /**
     * What may be seen.
     *
     * @param picture whether there is a picture for who asks
     * @param role who may see it; "" where the page is not set
     */
    record View(boolean picture, String role) {}

    LiveRoutes(Optional<PageWorld.Live> page) {
        this.page = page;
    }

    List<PageRoute> routes() {
        AccountRole needs = page.map(PageWorld.Live::role).orElse(AccountRole.ADMINISTRATOR);
        return List.of(
                PageRoute.get(
                        "/api/live",
                        AccountRole.VIEWER,
                        visit -> WebResponse.json(new View(
                                page.isPresent() && visit.account().role().covers(needs),
                                page.map(live -> live.role().label()).orElse("")))),
                PageRoute.get("/api/live/picture", needs, _ -> picture()));
    }

    private WebResponse picture() throws WebException.Refused, InterruptedException {
        LastPicture last = page.map(PageWorld.Live::last)
                .orElseThrow(() -> WebException.Refused.notFound("the live page is not set on this camera"));
        LastPicture.Shown shown = last.shown()
                .orElseThrow(() -> new WebException.Refused(503, "there is no picture yet", "ask again in a moment"));
        decoding.acquire();
        try {
            return WebResponse.bytes("image/png", png(shown.format(), shown.unit()));
        } catch (FFmpegException e) {
            throw new WebException.Refused(503, "the picture cannot be decoded", "ask again in a moment");
        } finally {
            decoding.release();
        }
    }

    private static byte[] png(VideoFormat format, VideoUnit unit) throws FFmpegException, WebException.Refused {
        try (Decoder decoder = Decoder.open(format)) {
            List<DecodedPicture> pictures = decoder.decode(unit);
            if (pictures.isEmpty()) {
                pictures = decoder.finish();
            }
            if (pictures.isEmpty()) {
                throw new WebException.Refused(503, "the picture cannot be decoded", "ask again in a moment");
            }
            return Png.encode(pictures.getFirst().picture());
        }
    }
}
