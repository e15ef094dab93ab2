package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camseal.onvif.SoapClient.good;
import static org.camseal.onvif.SoapClient.texts;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.onvif.login.UserLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A camera whose owner lets operators see the picture; that others have no such address is in {@link OnvifServerTest}. */
@Timeout(120)
class SnapshotTest {
    /** Of the stream that has one. */
    private static final class Picture implements Snapshots {
        private final AtomicReference<Optional<byte[]>> last = new AtomicReference<>(Optional.empty());

        @Override
        public boolean maySee(UserLevel level) {
            return level != UserLevel.USER;
        }

        @Override
        public Optional<byte[]> jpeg(String video) {
            return video.equals("main") ? last.get() : Optional.empty();
        }
    }

    @Test
    void whoMaySeeThePictureGetsIt(@TempDir Path directory) throws Exception {
        Picture picture = new Picture();
        try (RunningHouse running =
                RunningHouse.start(directory, InstantSource.system(), Runnable::run, Optional.of(picture))) {
            SoapClient client = running.client();
            String asked = "<GetSnapshotUri xmlns='%s'><ProfileToken>main</ProfileToken></GetSnapshotUri>";
            String place = "https://127.0.0.1:" + running.web().port() + "/onvif/snapshot/main";
            assertThat(texts(
                            good(client.ask(
                                    Media2Service.PATH,
                                    asked.formatted("http://www.onvif.org/ver20/media/wsdl"),
                                    "guard")),
                            "Uri"))
                    .containsExactly(place);
            assertThat(texts(
                            good(client.ask(
                                    MediaService.PATH,
                                    asked.formatted("http://www.onvif.org/ver10/media/wsdl"),
                                    "guard")),
                            "Uri"))
                    .containsExactly(place);
            assertThat(good(client.ask(
                            Media2Service.PATH,
                            "<GetServiceCapabilities xmlns='http://www.onvif.org/ver20/media/wsdl'/>")))
                    .contains("SnapshotUri=\"true\"");
            assertThat(client.get("/onvif/snapshot/main", "operator").status()).isEqualTo(503);
            picture.last.set(Optional.of("a picture".getBytes(StandardCharsets.US_ASCII)));
            assertThat(client.get("/onvif/snapshot/main", "operator"))
                    .isEqualTo(new SoapClient.Answer(200, "a picture"));
            assertThat(client.get("/onvif/snapshot/main", "guard").status()).isEqualTo(403);
            assertThat(client.get("/onvif/snapshot/main").status()).isEqualTo(401);
            assertThat(client.get("/onvif/snapshot/other", "admin").status()).isEqualTo(404);
        }
    }
}
