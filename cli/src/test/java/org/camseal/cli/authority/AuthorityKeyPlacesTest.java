package org.camseal.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.service.AuthorityService;
import org.camseal.cli.Said;
import org.camseal.peers.SoftHsmToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority's keys in a token and in encrypted files: made, used, and used again after a new start. A soft element has them in the soak. */
class AuthorityKeyPlacesTest {
    @TempDir
    private Path directory;

    private static List<Path> privateKeys(Path below) throws Exception {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith("-key.pem"))
                    .toList();
        }
    }

    private static void assertIssues(AuthorityHouse house) throws Exception {
        try (AuthorityService service = house.start()) {
            Said said = house.provision(service, "work", "CS-0001");
            assertThat(said.code()).as(said.out() + said.err()).isZero();
        }
        try (AuthorityService service = house.start()) {
            Said said = house.provision(service, "work", "CS-0002");
            assertThat(said.code())
                    .as("after a new start: " + said.out() + said.err())
                    .isZero();
        }
        JsonNode status = house.tell("status", "--json").good().json();
        assertThat(status.get("issued").asInt()).isEqualTo(4);
    }

    @Test
    void rootAndIssuingKeysInAToken() throws Exception {
        SoftHsmToken.require();
        SoftHsmToken.prepare(directory.resolve("hsm"));
        AuthorityHouse house = new AuthorityHouse(directory);
        Path pin = house.secret("pin", SoftHsmToken.PIN);
        Path wrong = house.secret("wrong-pin", "00000000");
        String token = "pkcs11:" + SoftHsmToken.LIBRARY + "?slot=0&pin-file=";
        Said refused = house.init("--root-keys", token + wrong, "--issuing-keys", token + wrong);
        assertThat(refused.code()).as(refused.err()).isEqualTo(5);
        assertThat(refused.err()).doesNotContain("00000000");

        house.init("--root-keys", token + pin, "--issuing-keys", token + pin).good();
        assertThat(privateKeys(directory.resolve("roots")))
                .as("root keys in files")
                .isEmpty();
        assertThat(privateKeys(house.home.resolve("device-issuing"))).isEmpty();
        assertThat(privateKeys(house.home))
                .as("positive control: the operations' keys are in encrypted files")
                .isNotEmpty();
        house.staff();
        assertIssues(house);
    }

    @Test
    void encryptedRootsAndKeysOpenWithTheirPassphraseAlone() throws Exception {
        AuthorityHouse house = new AuthorityHouse(directory);
        house.init().good();
        house.staff();
        Path other = house.secret("other", "another passphrase");
        Said refused = secondFactory(house, other);
        assertThat(refused.code()).as(refused.err()).isEqualTo(5);
        assertThat(refused.err()).contains("passphrase").doesNotContain("another passphrase");
        Said second = secondFactory(house, house.passphrase);
        assertThat(second.code()).as("positive control: " + second.err()).isZero();

        Files.writeString(house.passphrase, "no longer that one");
        assertThatThrownBy(house::start)
                .isInstanceOf(AuthorityException.Key.class)
                .hasMessageContaining("passphrase");
        Files.writeString(house.passphrase, "only for this test");
        try (AuthorityService service = house.start()) {
            assertThat(service.recovered()).as("positive control").isZero();
        }
    }

    /** An authority of another factory under the same roots. */
    private Said secondFactory(AuthorityHouse house, Path rootPassphrase) {
        return Said.by(
                "authority",
                "init",
                directory.resolve("second"),
                "--roots",
                directory.resolve("roots"),
                "--organization",
                "Maker",
                "--factory",
                "Factory 2",
                "--passphrase-file",
                house.passphrase,
                "--root-passphrase-file",
                rootPassphrase);
    }
}
