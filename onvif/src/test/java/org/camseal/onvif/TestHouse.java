package org.camseal.onvif;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.keystore.ServedCertificate;

/** A camera's identity of a maker made for the test, and its keystore. */
record TestHouse(Identity identity, X509Certificate root, CustomerTls custom, Served served, TestCamera camera) {
    static final String SERIAL = "CS-0001";

    /** Remembers the choice. */
    static final class Served implements ServedCertificate {
        private final AtomicReference<Choice> choice = new AtomicReference<>(Choice.MAKER);

        @Override
        public Choice choice() {
            return choice.get();
        }

        @Override
        public void choose(Choice chosen) {
            choice.set(chosen);
        }
    }

    static TestHouse in(Path directory) throws IdentityException {
        SecureRandom random = new SecureRandom();
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory.resolve("maker"), "Test", InstantSource.system(), random);
        Path home = directory.resolve("camera");
        Identity identity = Identity.openOrCreate(home, Role.CAMERA, random);
        maker.enrol(identity, new CertificateSubject("Test", "CS-1", SERIAL));
        return new TestHouse(identity, maker.root(), CustomerTls.of(home, identity), new Served(), new TestCamera());
    }

    /** Keys of RSA are made at once. */
    Keystore keystore() {
        return keystore(Runnable::run);
    }

    Keystore keystore(Executor makers) {
        return new Keystore(identity, custom, served, new Keystore.Means(InstantSource.system(), makers));
    }

    /** The services of the test camera with this identity. */
    OnvifServer onvif(OnvifSettings settings, InstantSource clock) {
        return onvif(settings, clock, Runnable::run, Optional.empty());
    }

    /** As {@link #onvif(OnvifSettings, InstantSource)}, with somebody else who makes keys of RSA. */
    OnvifServer onvif(OnvifSettings settings, InstantSource clock, Executor makers, Optional<Snapshots> snapshots) {
        return OnvifServer.of(
                new OnvifServer.Camera(camera, new TestUsers(), keystore(makers), snapshots),
                settings,
                new OnvifServer.Surroundings(clock, new SecureRandom()));
    }
}
