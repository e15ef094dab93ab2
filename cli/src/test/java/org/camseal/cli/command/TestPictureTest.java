package org.camseal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.camseal.cli.identity.CrossedKey;
import org.camseal.factory.ClockFloor;
import org.camseal.factory.FactoryException;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPictureTest {
    @TempDir
    private Path directory;

    private DeviceAuthority maker(String name) throws Exception {
        return DeviceAuthority.openOrCreate(directory.resolve(name), name, InstantSource.system(), new SecureRandom());
    }

    private Identity camera(DeviceAuthority maker, String serial) throws Exception {
        Identity camera = Identity.openOrCreate(directory.resolve(serial), Role.CAMERA, new SecureRandom());
        maker.enrol(camera, new CertificateSubject("Maker", "camera", serial));
        return camera;
    }

    @Test
    void aSoundCameraSignsAPictureThatAWitnessBelieves() throws Exception {
        DeviceAuthority maker = maker("maker");
        String found = new TestPicture(InstantSource.system())
                .signAndCheck(camera(maker, "CS-1").media(), maker.root());
        assertThat(found).startsWith("authentic");
        ClockFloor floor = new ClockFloor(InstantSource.fixed(Instant.EPOCH));
        assertThat(new TestPicture(floor).signAndCheck(camera(maker, "CS-2").media(), maker.root()))
                .as("whatever its clock says")
                .startsWith("authentic");
    }

    @Test
    void aStrangersPictureIsNotBelieved() throws Exception {
        Identity camera = camera(maker("maker"), "CS-1");
        assertThatThrownBy(() -> new TestPicture(InstantSource.system())
                        .signAndCheck(camera.media(), maker("other").root()))
                .isInstanceOf(FactoryException.TestFailed.class)
                .hasMessageContaining("a stranger");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsFound() throws Exception {
        DeviceAuthority maker = maker("maker");
        CertifiedKey genuine = camera(maker, "CS-1").media();
        CertifiedKey other = camera(maker, "CS-2").media();
        CertifiedKey crossed =
                new CertifiedKey(new CrossedKey(genuine.key().publicKey(), other.key()), genuine.chain());
        assertThatThrownBy(() -> new TestPicture(InstantSource.system()).signAndCheck(crossed, maker.root()))
                .isInstanceOf(FactoryException.TestFailed.class)
                .hasMessageContaining("the signed picture is Forged");
    }
}
