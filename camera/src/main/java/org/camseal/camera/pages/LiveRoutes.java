package org.camseal.camera.pages;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.camseal.camera.LivePicture;
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
 * live page, what the camera sees is shown as it is before it is sealed, to the role that was set, inside this camera's TLS: moving, and the last key
 * picture for browsers that do not play the video's format.
 */
final class LiveRoutes {
    private final Optional<PageWorld.Live> page;
    private final LongSupplier nanoTime;
    private final Semaphore decoding = new Semaphore(1);

    /**
     * What may be seen.
     *
     * @param picture whether there is a picture for who asks
     * @param role who may see it; "" where the page is not set
     */
    record View(boolean picture, String role) {}

    LiveRoutes(Optional<PageWorld.Live> page, LongSupplier nanoTime) {
        this.page = page;
        this.nanoTime = nanoTime;
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
                PageRoute.get("/api/live/stream", needs, this::stream),
                PageRoute.get("/api/live/picture", needs, _ -> picture()));
    }

    private LivePicture live() throws WebException.Refused {
        return page.map(PageWorld.Live::picture)
                .orElseThrow(() -> WebException.Refused.notFound("the live page is not set on this camera"));
    }

    private WebResponse stream(PageRoute.Visit visit) throws WebException.Refused {
        LivePicture live = live();
        return WebResponse.stream(
                "application/vnd.camseal.live", out -> PictureStream.send(live, visit::stillCounts, nanoTime, out));
    }

    private WebResponse picture() throws WebException.Refused, InterruptedException {
        LivePicture.Shown shown = live().shown()
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
