package org.camseal.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.camera.ElementMediaKey;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.card.CardSettings;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.seal.Recipient;
import org.camseal.seal.Sealer;
import org.camseal.seal.SealerSettings;

/** A camera that writes cards by the camera's own card ring, as fast as it can; an owner who may see, and a finder who may not. */
final class TrialCard {
    static final String SERIAL = "CS-CARD-000001";
    static final Duration SEGMENT = Duration.ofSeconds(2);
    private static final int PICTURES_PER_SECOND = 25;
    private static final long QUOTA_BYTES = 64L << 20;

    final Path root;
    final Path owner;
    final Path finder;
    private final Identity camera;
    private final Recipient recipient;

    TrialCard(Path home) throws Exception {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        DeviceAuthority maker = DeviceAuthority.openOrCreate(home.resolve("maker"), "E2E maker", clock, random);
        SiteAuthority site = SiteAuthority.openOrCreate(home.resolve("site"), "E2E site", clock, random);
        camera = Identity.openOrCreate(home.resolve("camera"), Role.CAMERA, random);
        maker.enrol(camera, new CertificateSubject("E2E maker", "card camera", SERIAL));
        root = home.resolve("root.pem");
        Pem.writeCertificates(root, List.of(maker.root()));
        owner = home.resolve("owner");
        finder = home.resolve("finder");
        Identity person = Identity.openOrCreate(owner, Role.PERSON, random);
        site.enrol(person, new CertificateSubject("E2E site", "owner", "owner-1"));
        site.enrol(
                Identity.openOrCreate(finder, Role.PERSON, random),
                new CertificateSubject("E2E site", "finder", "finder-1"));
        recipient = Recipient.of(person.recipient().chain().getFirst());
    }

    /** One run of the camera: a group of pictures each second, a segment each two; returns all pictures' slices as the encoder made them. */
    List<NalUnit> record(Path card, Instant from, int seconds) throws Exception {
        Files.createDirectories(card);
        VideoEncoderSettings video =
                new VideoEncoderSettings(320, 180, PICTURES_PER_SECOND, 300_000, PICTURES_PER_SECOND);
        CardSettings settings = new CardSettings(card, QUOTA_BYTES, SEGMENT, 0, 8 << 20);
        List<NalUnit> slices = new ArrayList<>();
        try (TestPattern film = TestPattern.open(new TestPatternSettings(video, false), from);
                CardRing ring = CardRing.open(settings, event -> {});
                Sealer sealer = new Sealer(
                        film.tracks(),
                        SealerSettings.of(new StreamId(SERIAL, "main"), List.of(recipient)),
                        new ElementMediaKey(camera.media()),
                        new SecureRandom())) {
            ring.begin(film.tracks());
            for (int i = 0; i < seconds * PICTURES_PER_SECOND; i++) {
                AccessUnit unit = film.next();
                if (unit instanceof VideoUnit picture) {
                    picture.nalUnits().stream().filter(NalUnit::isSlice).forEach(slices::add);
                }
                ring.take(sealer.seal(unit));
            }
        }
        return slices;
    }

    /** The segments of a card, in order. */
    static List<Path> segments(Path card) throws Exception {
        try (Stream<Path> all = Files.walk(card)) {
            return all.filter(path -> path.toString().endsWith(".mp4")).sorted().toList();
        }
    }

    /** A card with the same files, to do harm to. */
    static Path copy(Path card, Path to) throws Exception {
        for (Path segment : segments(card)) {
            Path target = to.resolve(card.relativize(segment));
            Files.createDirectories(target.getParent());
            Files.copy(segment, target);
        }
        return to;
    }

    /** Whole seconds, so that names are easy to read. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
