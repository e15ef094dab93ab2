package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.media.Codec;
import org.junit.jupiter.api.Test;

/**
 * The vectors of manifests and session certificates: made here from fixed keys that protect nothing, and compared with the files in
 * vectors/seal. With -Dcamseal.vectors=write the files are written anew.
 */
class VectorTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIRECTORY = ROOT.resolve("vectors/seal");

    private record Vector(String expect, String comment, String hex) {
        static Vector of(String expect, String comment, byte[] body) {
            return new Vector(expect, comment, HexFormat.of().formatHex(body));
        }

        String text() {
            return "expect: " + expect + "\ncomment: " + comment
                    + "\ncomment: made with test keys that protect nothing\n\n" + hex.replaceAll("(.{64})(?=.)", "$1\n")
                    + "\n";
        }
    }

    private static byte[] flipped(byte[] bytes, int index) {
        byte[] changed = bytes.clone();
        changed[index] ^= 1;
        return changed;
    }

    private static Map<String, Vector> vectors() throws ManifestException {
        byte[] manifest = Samples.manifest(Samples.SESSION).encoded();
        byte[] p256 = Samples.certificate(TestKeys.mediaKey("CS-0001")).encoded();
        byte[] p384 = Samples.certificate(TestKeys.mediaKeyP384("CS-0001")).encoded();
        Map<String, Vector> all = new LinkedHashMap<>();
        all.put(
                "manifest-good",
                Vector.of(
                        "accepted",
                        "COSE_Sign1 of manifest 7, signed by session key " + Samples.SESSION.id()
                                + " of session-p256-good",
                        manifest));
        all.put(
                "manifest-bad-signature",
                Vector.of("rejected", "one bit of the signature flipped", flipped(manifest, manifest.length - 1)));
        all.put(
                "manifest-truncated",
                Vector.of("malformed", "last byte missing", Arrays.copyOf(manifest, manifest.length - 1)));
        all.put(
                "manifest-trailing",
                Vector.of("malformed", "one byte too many", Arrays.copyOf(manifest, manifest.length + 1)));
        all.put(
                "manifest-payload-changed",
                Vector.of("rejected", "another manifest number (6) under the same signature", renumbered(manifest)));
        all.put("session-p256-good", Vector.of("accepted", "ES256, chain of two", p256));
        all.put("session-p384-good", Vector.of("accepted", "ES384, chain of one", p384));
        all.put(
                "session-bad-signature",
                Vector.of("rejected", "one bit of the signature flipped", flipped(p256, p256.length - 1)));
        all.put("session-truncated", Vector.of("malformed", "last byte missing", Arrays.copyOf(p256, p256.length - 1)));
        return all;
    }

    private static byte[] renumbered(byte[] manifest) {
        String hex = HexFormat.of().formatHex(manifest);
        int at = hex.indexOf("4811121314151617180507");
        return HexFormat.of().parseHex(hex.substring(0, at) + "4811121314151617180506" + hex.substring(at + 22));
    }

    @Test
    void filesAreWhatTheCodeMakes() throws Exception {
        for (Map.Entry<String, Vector> entry : vectors().entrySet()) {
            Path file = DIRECTORY.resolve(entry.getKey() + ".txt");
            if ("write".equals(System.getProperty("camseal.vectors"))) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(file, entry.getValue().text());
            }
            assertThat(file)
                    .content(StandardCharsets.UTF_8)
                    .isEqualTo(entry.getValue().text());
        }
    }

    @Test
    void filesMeetTheirExpectation() throws Exception {
        SessionCertificate certificate = SessionCertificate.verify(read("session-p256-good"));
        for (Map.Entry<String, Vector> entry : vectors().entrySet()) {
            assertThat(outcome(entry.getKey(), read(entry.getKey()), certificate))
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue().expect());
        }
    }

    private static String outcome(String name, byte[] body, SessionCertificate certificate) {
        try {
            if (name.startsWith("session")) {
                assertThat(SessionCertificate.verify(body).encoded()).isEqualTo(body);
                return "accepted";
            }
            SignedManifest signed = SignedManifest.parse(body);
            assertThat(Manifest.decode(signed.manifest().encode())).isEqualTo(signed.manifest());
            return signed.isSignedBy(certificate) ? "accepted" : "rejected";
        } catch (ManifestException.Rejected e) {
            return "rejected";
        } catch (ManifestException e) {
            return "malformed";
        }
    }

    private static byte[] read(String name) throws IOException {
        List<String> lines = Files.readAllLines(DIRECTORY.resolve(name + ".txt"));
        return HexFormat.of().parseHex(String.join("", lines.subList(lines.indexOf("") + 1, lines.size())));
    }

    /** The hex blocks of the specification's manifest chapters are the code's, and decode. */
    @Test
    void examplesOfTheSpecificationDecode() throws Exception {
        String text = Files.readString(ROOT.resolve("docs/spec/sealed-video.md"));
        assertThat(SignedManifest.parse(example(text, "manifest")).encoded())
                .isEqualTo(Samples.manifest(Samples.SESSION).encoded());
        byte[] grants = SealedSei.of(SealedSei.Kind.GRANTS, new byte[] {0, 0, 1})
                .toNalUnit(Codec.H264)
                .bytes();
        assertThat(example(text, "own-sei")).isEqualTo(grants);
        for (Reason reason : Reason.values()) {
            assertThat(text).contains("`" + reason.name() + "`");
        }
    }

    private static byte[] example(String text, String name) {
        Matcher matcher = Pattern.compile("<!-- example: " + name + " -->\\s*```\\n(.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(matcher.find()).as("example " + name).isTrue();
        return HexFormat.of().parseHex(matcher.group(1).replaceAll("\\s", ""));
    }
}
