package org.camseal.identity.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Role;
import org.camseal.identity.tpm2.Swtpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementAddressTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private static void assertRefused(ElementFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.Element.class,
                        e -> assertThat(e.fault()).as(e.getMessage()).isEqualTo(fault));
    }

    @Test
    void readsEveryKind() throws Exception {
        assertThat(ElementAddress.parse("files")).isInstanceOf(ElementAddress.Files.class);
        assertThat(ElementAddress.parse("soft")).isInstanceOf(ElementAddress.Soft.class);
        assertThat(ElementAddress.parse("tpm2:/dev/tpmrm0")).isInstanceOf(ElementAddress.Tpm.class);
        assertThat(ElementAddress.parse("pkcs11:/usr/lib/x.so?slot=2&pin-file=/etc/pin&hardware"))
                .isInstanceOfSatisfying(
                        ElementAddress.Pkcs11.class,
                        address -> assertThat(address.token().slotIndex()).isEqualTo(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file",
                "Soft",
                "tpm",
                "tpm2:/dev/tpmrm0?password=x",
                "pkcs11:/usr/lib/x.so",
                "pkcs11:/x?slot=1",
                "pkcs11:/x?slot=-1&pin-file=p",
                "pkcs11:/x\"?pin-file=p",
                "pkcs11:/x?pin-file=p&harware"
            })
    void refusesWhatIsNone(String text) {
        assertRefused(ElementFault.UNSUPPORTED, () -> ElementAddress.parse(text));
    }

    @Test
    void anIdentityNeverTakesAnotherElementThanItsOwn() throws Exception {
        Swtpm.require();
        Path home = directory.resolve("camera");
        try (Swtpm swtpm = new Swtpm(directory.resolve("tpm"))) {
            String address = "tpm2:" + swtpm.address();
            Identity identity = Identity.openOrCreate(
                    home, Role.CAMERA, address, ElementAddress.preparing(ElementAddress.parse(address), RANDOM));
            assertThat(identity.element().health())
                    .as("a queue is in front of it")
                    .isPresent();
            DeviceAuthority maker =
                    DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), RANDOM);
            maker.enrol(identity, new CertificateSubject("Maker", "camera", "CS-7"));
            assertThat(identity.media().serial()).isEqualTo("CS-7");
            identity.element().close();

            Identity again = Identity.open(home, ElementAddress.opener(RANDOM));
            assertThat(again.media().key().sign(new byte[3]))
                    .as("positive control")
                    .isNotEmpty();
            again.element().close();

            assertRefused(ElementFault.UNSUPPORTED, () -> Identity.open(home, RANDOM));
            assertRefused(ElementFault.FOREIGN, () -> Identity.openOrCreate(home, Role.CAMERA, RANDOM));
            swtpm.kill();
            assertRefused(ElementFault.UNAVAILABLE, () -> Identity.open(home, ElementAddress.opener(RANDOM)));
        }
        try (var files = Files.list(home.resolve("element"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("no key was made in software")
                    .containsExactlyInAnyOrder(
                            "storage-root.name", "tls.tpmkey", "media.tpmkey", "signature-counts", ".lock");
        }
    }

    @Test
    void oldIdentitiesHaveTheirKeysInFiles() throws Exception {
        Path home = directory.resolve("old");
        Identity.openOrCreate(home, Role.RECORDER, RANDOM);
        Files.delete(home.resolve("element-address"));
        assertThat(Identity.elementAddress(home)).isEqualTo(ElementOpener.FILES);
        assertThat(Identity.open(home, RANDOM).role()).isEqualTo(Role.RECORDER);
    }

    @Test
    void aPinThatOthersMayReadIsRefused() throws Exception {
        Path library = Files.createFile(directory.resolve("library.so"));
        Path pin = Files.writeString(directory.resolve("pin"), "1234\n");
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-r--r--"));
        String address = "pkcs11:" + library + "?slot=0&pin-file=" + pin;
        assertThatThrownBy(() -> ElementAddress.open(ElementAddress.parse(address), directory, RANDOM))
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("chmod 600");
        assertRefused(
                ElementFault.UNAVAILABLE,
                () -> ElementAddress.open(ElementAddress.parse(address + "x"), directory, RANDOM));
    }
}
