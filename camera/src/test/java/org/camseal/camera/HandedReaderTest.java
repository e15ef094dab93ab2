package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.Identity;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RtspLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that came by another port: where the stream's own asks for certificates, that other one is no way around. */
class HandedReaderTest {
    private final SecureRandom random = new SecureRandom();
    private final List<CameraEvent> events = new CopyOnWriteArrayList<>();

    /** A reader that asks for the options and goes. */
    private static final class Link implements RtspLink {
        private final InputStream in =
                new ByteArrayInputStream("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public InetAddress peer() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public InetAddress local() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public Privacy privacy() {
            return Privacy.TLS;
        }

        @Override
        public void open() {}

        @Override
        public InputStream in() {
            return in;
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public void finish() {
            closed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String answer(Camera camera, List<X509Certificate> shown) {
        Link link = new Link();
        camera.serve(link, shown);
        assertThat(link.closed).isTrue();
        return link.out.toString(StandardCharsets.US_ASCII);
    }

    private List<X509Certificate> recorder(SiteAuthority site, Path home) throws Exception {
        Identity recorder = Identity.openOrCreate(home, Role.RECORDER, random);
        site.enrol(recorder, new CertificateSubject("Site", "Recorder", "rec-1"));
        return recorder.tls().chain();
    }

    @Test
    void whereACertificateIsRequiredItMustHaveBeenShownThere(@TempDir Path directory) throws Exception {
        Site house = new Site(directory);
        InstantSource clock = InstantSource.system();
        SiteAuthority ours = SiteAuthority.openOrCreate(directory.resolve("ours"), "Site", clock, random);
        SiteAuthority others = SiteAuthority.openOrCreate(directory.resolve("others"), "Site", clock, random);
        PeerRule recorders = PeerRule.anyOf(
                new TrustEvaluator(new TrustRoots(List.of(), List.of(ours.root()), List.of())),
                Set.of(Purpose.RECORDER),
                clock);
        Delivery delivery = new Delivery(
                InetAddress.getLoopbackAddress(),
                0,
                new Delivery.Protection.MutualTls(recorders),
                Authenticator.openToAll());
        try (Camera camera = Camera.start(
                CameraSettings.of(
                        Site.SERIAL,
                        FileSource.of(directory.resolve("no-such-film.mp4")),
                        Sealing.to(List.of()),
                        delivery),
                house.keys,
                Surroundings.ofThisMachine(events::add))) {
            assertThat(answer(camera, recorder(ours, directory.resolve("recorder"))))
                    .startsWith("RTSP/1.0 200 OK");
            assertThat(answer(camera, List.of())).isEmpty();
            assertThat(answer(camera, recorder(others, directory.resolve("impostor"))))
                    .isEmpty();
        }
        assertThat(events.stream()
                        .map(CameraEvent::text)
                        .filter(text -> text.contains("the TLS peer is not trusted as a recorder")))
                .hasSize(2);
    }
}
