package org.camseal.factory;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.KeySpec;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.web.WebClient;

/** A line station as tests need it: software elements, no real waiting, and every wait noted. */
final class TestLine {
    static final Product PRODUCT = new Product("Maker", "Camera 1");

    final List<Duration> waits = new ArrayList<>();
    final List<String> stages = new ArrayList<>();
    Patience patience = new Patience(
            3, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(60), Duration.ofMinutes(5));
    InstantSource clock = InstantSource.system();
    FrameTest frameTest = (media, root) -> "not looked at";
    ElementOpener opener = ElementOpener.filesOnly(new SecureRandom());
    Pause pause = waits::add;

    private final Path directory;
    private final CertifiedKey key;
    private final TrustEvaluator operations;

    TestLine(Path directory, CertifiedKey key, TrustEvaluator operations) {
        this.directory = directory;
        this.key = key;
        this.operations = operations;
    }

    EstClient est(URI authority) {
        ClockFloor floor = new ClockFloor(clock);
        floor.saw(key.chain());
        PeerRule server = PeerRule.anyOf(operations, Set.of(Purpose.AUTHORITY_SERVER), floor);
        WebClient web = new WebClient(
                authority,
                Optional.of(TlsContexts.client(key, server)),
                Optional.empty(),
                new WebClient.Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 256 * 1024));
        return new EstClient(web, patience, new EstClient.Pace(clock, new Random(1), pause));
    }

    Provisioner provisioner(URI authority, X509Certificate deviceRoot) throws Exception {
        return new Provisioner(
                directory,
                new Provisioner.Plan(PRODUCT, ElementOpener.FILES, opener, KeySpec.P256, frameTest),
                est(authority),
                new Provisioner.Trust(key, deviceRoot, new ClockFloor(clock)));
    }

    Outcome provision(URI authority, X509Certificate deviceRoot, String serial) throws Exception {
        return provisioner(authority, deviceRoot).provision(serial, (_, stage) -> stages.add(stage));
    }

    Path directory() {
        return directory;
    }
}
