package org.camseal.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.ForwardingElement;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.onvif.keystore.KeyStatus;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.wire.OnvifException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersKeyTest {
    /** Fails at keys of RSA. */
    private static final class NoRsa extends ForwardingElement {
        NoRsa(SecureElement element) {
            super(element);
        }

        @Override
        public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
            if (!spec.agrees()) {
                throw new IdentityException.Element("no power for this");
            }
            return super.generate(slot, spec);
        }
    }

    @Test
    void aKeyThatWasNotMadeIsCorruptUntilItIsDeleted(@TempDir Path directory) throws Exception {
        TestHouse house = TestHouse.in(directory);
        Path home = directory.resolve("camera");
        ElementOpener files = ElementOpener.filesOnly(new SecureRandom());
        try (SecureElement element = house.identity().element()) {
            assertThat(element.key(Slot.TLS)).isPresent();
        }
        Identity identity = Identity.open(home, (address, place) -> new NoRsa(files.open(address, place)));
        Keystore keystore = new Keystore(
                identity,
                CustomerTls.of(home, identity),
                house.served(),
                new Keystore.Means(InstantSource.system(), Runnable::run));
        List<KeyStatus> told = new ArrayList<>();
        String id = keystore.createKey(KeySpec.RSA2048, told::add);
        assertThat(told).containsExactly(KeyStatus.GENERATING, KeyStatus.CORRUPT);
        assertThat(keystore.status(id)).isEqualTo(KeyStatus.CORRUPT);
        assertThatThrownBy(() -> keystore.requireOwners(id, Keystore.NO_REQUEST))
                .isInstanceOfSatisfying(
                        OnvifException.Refused.class,
                        refused -> assertThat(refused.fault().codes()).contains("InvalidKeyStatus"));
        keystore.deleteKey(id);
        assertThat(keystore.keys()).containsOnlyKeys(Slot.TLS, Slot.MEDIA);
        assertThat(keystore.createKey(KeySpec.P256, told::add))
                .as("positive control")
                .isEqualTo(id);
        assertThat(keystore.status(id)).isEqualTo(KeyStatus.OK);
    }

    @Test
    void onlyWhatTheElementMakesIsPromised() {
        String curves = SecurityElements.capabilities(Set.of(KeySpec.P256))
                .children()
                .getFirst()
                .attributes()
                .toString();
        assertThat(curves).contains("KeyPairGeneration=ECC", "RSAKeyPairGeneration=false", "EllipticCurves=secp256r1,");
        String all = SecurityElements.capabilities(Set.of(KeySpec.values()))
                .children()
                .getFirst()
                .attributes()
                .toString();
        assertThat(all)
                .contains(
                        "KeyPairGeneration=ECC RSA", "RSAKeyLengths=2048 3072", "EllipticCurves=secp256r1 secp384r1,");
    }
}
