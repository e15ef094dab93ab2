package org.camseal.recorder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Revocations;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.UntrustedException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.jspecify.annotations.Nullable;

/** A camera over RTSP, or RTSPS: then TLS is only made with the device of the expected serial under the expected roots. */
final class RtspFeed implements CameraFeed {
    private final RtspPlayback playback;

    private RtspFeed(RtspPlayback playback) {
        this.playback = playback;
    }

    /** @param own shown to cameras that ask who records them; null to show nothing */
    static CameraFeed.Opener opener(@Nullable CertifiedKey own, Revocations revocations, InstantSource clock) {
        return camera -> open(camera, own, revocations, clock);
    }

    private static CameraFeed open(
            CameraEntry camera, @Nullable CertifiedKey own, Revocations revocations, InstantSource clock)
            throws StrangerException, IOException {
        try {
            return new RtspFeed(RtspClient.open(request(camera, own, revocations, clock)));
        } catch (UntrustedException stranger) {
            throw new StrangerException(String.valueOf(stranger.getMessage()), stranger);
        } catch (StreamingException unreachable) {
            throw new IOException(unreachable.getMessage(), unreachable);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting to " + camera.name());
        }
    }

    private static RtspRequest request(
            CameraEntry camera, @Nullable CertifiedKey own, Revocations revocations, InstantSource clock) {
        URI uri = camera.uri();
        RtspRequest request = RtspRequest.of(uri);
        if (camera.login() != null) {
            request = request.withLogin(camera.login());
        }
        if ("rtsps".equalsIgnoreCase(uri.getScheme())) {
            PeerRule rule = PeerRule.camera(new TrustEvaluator(camera.roots(), revocations), camera.serial(), clock);
            var context = own == null ? TlsContexts.client(rule) : TlsContexts.client(own, rule);
            request = request.withTls(context.getSocketFactory(), HostCheck.BY_TRUST_MANAGER);
        }
        return request;
    }

    @Override
    public List<Track> tracks() {
        return playback.tracks();
    }

    @Override
    public @Nullable AccessUnit next() throws IOException {
        try {
            return playback.next();
        } catch (StreamingException broken) {
            throw new IOException(broken.getMessage(), broken);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        playback.close();
    }
}
