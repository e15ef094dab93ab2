package org.camseal.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** A maker, a site, a camera, a recorder and a person, in one directory, all enrolled and trusting each other. */
final class House {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final SecureRandom RANDOM = new SecureRandom();
    static final CertificateSubject CAMERA = new CertificateSubject("Maker", "Model X", "CS-0001");
    static final CertificateSubject RECORDER = new CertificateSubject("Site", "Recorder", "rec-1");
    static final CertificateSubject PERSON = new CertificateSubject("Site", "Ann Guard", "ann");

    final Path directory;
    final DeviceAuthority maker;
    final SiteAuthority site;
    final Identity camera;
    final Identity recorder;
    final Identity person;

    House(Path directory) throws IdentityException {
        this(directory, CLOCK);
    }

    House(Path directory, InstantSource clock) throws IdentityException {
        this.directory = directory;
        maker = DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", clock, RANDOM);
        site = SiteAuthority.openOrCreate(directory.resolve("site"), "Site", clock, RANDOM);
        camera = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, RANDOM);
        recorder = Identity.openOrCreate(directory.resolve("recorder"), Role.RECORDER, RANDOM);
        person = Identity.openOrCreate(directory.resolve("person"), Role.PERSON, RANDOM);
        maker.enrol(camera, CAMERA);
        site.enrol(recorder, RECORDER);
        site.enrol(person, PERSON);
        TrustRoots all = TrustRoots.NONE.withDevice(maker.root()).withSite(site.root());
        camera.trust(all);
        recorder.trust(all);
        person.trust(all);
    }
}
