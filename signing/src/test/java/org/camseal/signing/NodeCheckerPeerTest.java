package org.camseal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.peers.Peer;
import org.camseal.signing.SignedClips.Grouping;
import org.camseal.signing.SignerSettings.Detail;
import org.camseal.signing.wire.HashAlgorithm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checker that somebody wrote from the specification alone accepts what the signer writes, and nothing that was altered. */
class NodeCheckerPeerTest {
    private static final List<SigningAlgorithm> ALGORITHMS = List.of(
            new SigningAlgorithm(KeyKind.ECDSA_P256, HashAlgorithm.SHA_256),
            new SigningAlgorithm(KeyKind.ECDSA_P384, HashAlgorithm.SHA_384),
            new SigningAlgorithm(KeyKind.RSA_2048, HashAlgorithm.SHA_256));

    private final Path directory;
    private final List<String> command = new ArrayList<>();

    NodeCheckerPeerTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void prepare() throws Exception {
        Peer.NODE.require();
        Path root = directory.resolve("root.pem");
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(TestKeys.root().getEncoded());
        Files.writeString(
                root,
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
        Path script =
                Path.of("../vectors/node/check-signing.mjs").toAbsolutePath().normalize();
        command.addAll(List.of("node", script.toString(), root.toString()));
    }

    private void add(Codec codec, Detail detail, SigningAlgorithm algorithm, Grouping grouping) throws Exception {
        String name = String.join("-", detail.name(), algorithm.kind().name(), grouping.name());
        Path file = directory.resolve(name + (codec == Codec.H265 ? ".265" : ".264"));
        SigningKey key = TestKeys.of(algorithm.kind(), algorithm.hash());
        SignedClips.write(file, SignedClips.sign(codec, SignedClips.settings(detail, grouping), key));
        command.add(file.toString());
    }

    @Test
    void itAcceptsAllCombinations() throws Exception {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (Detail detail : Detail.values()) {
                for (SigningAlgorithm algorithm : ALGORITHMS) {
                    for (Grouping grouping : Grouping.values()) {
                        add(codec, detail, algorithm, grouping);
                    }
                }
            }
        }
        String answer = Peer.runIn(directory, command).out();
        assertThat(answer.lines()).hasSize(2 * 2 * 3 * 4).allMatch(line -> line.contains(": authentic: "));
    }

    @Test
    void itRefusesAllAlterations() throws Exception {
        add(Codec.H264, Detail.HASH_LIST, ALGORITHMS.getFirst(), Grouping.PARTIAL);
        add(Codec.H265, Detail.LOW_BITRATE, ALGORITHMS.getFirst(), Grouping.MULTI);
        command.add("--alter");
        String answer = Peer.runIn(directory, command).out();
        assertThat(answer.lines().filter(line -> line.contains("alterations refused, 0 accepted")))
                .hasSize(2);
    }
}
