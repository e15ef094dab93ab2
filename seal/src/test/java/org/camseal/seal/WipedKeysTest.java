package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;
import org.camseal.media.MediaTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After close, no key is in memory that anything still refers to: neither in our arrays nor in the platform's ciphers. */
@SuppressWarnings("serial") // SecureRandom is serializable; those here live for one test
class WipedKeysTest {
    private static final StreamId STREAM = new StreamId("CAM-0001", "main");
    private static final EpochId EPOCH = new EpochId(RunId.of(new byte[8]), 1);

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair viewer = TestCamera.ecPair("secp256r1");
    private int dumps;

    /** A key to look for; held in disguise, so that the one who looks is not what is found. */
    private static final class Wanted {
        private final byte[] inverted;

        private Wanted(byte[] inverted) {
            this.inverted = inverted;
        }

        static Wanted of(byte[] key) {
            byte[] inverted = key.clone();
            for (int i = 0; i < inverted.length; i++) {
                inverted[i] = (byte) ~inverted[i];
            }
            return new Wanted(inverted);
        }

        boolean isIn(ByteBuffer memory) {
            int last = memory.limit() - inverted.length;
            for (int at = 0; at <= last; at++) {
                int same = 0;
                while (same < inverted.length && memory.get(at + same) == (byte) ~inverted[same]) {
                    same++;
                }
                if (same == inverted.length) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void anEpochKeyIsZeroAfterClose() {
        EpochKey key = EpochKey.generate(STREAM, EPOCH, random);
        byte[] secret = key.secret();
        assertThat(secret).isNotEqualTo(new byte[EpochKey.BYTES]);
        key.close();
        assertThat(secret).containsOnly(0);
    }

    @Test
    void aSenderKeepsNoKeyOfAnEpochThatIsOver() throws Exception {
        EpochKey key = EpochKey.generate(STREAM, EPOCH, random);
        Wanted epochKey = Wanted.of(key.secret());
        Wanted shareKey = shareKey(key);
        SealingEpoch epoch = new SealingEpoch(
                key, List.of(Recipient.of(viewer.getPublic())), Entropy.of(random), MediaTime.video(0));
        for (Suite suite : Suite.values()) {
            epoch.cipher(SealedTrack.VIDEO).seal(suite, binding(), Span.of(new byte[100]), Span.of(new byte[153]));
        }
        ByteBuffer before = memory();
        assertThat(epochKey.isIn(before)).as("positive control").isTrue();
        assertThat(shareKey.isIn(before))
                .as("positive control: the platform's AES")
                .isTrue();
        epoch.close();
        ByteBuffer after = memory();
        assertThat(epochKey.isIn(after)).isFalse();
        assertThat(shareKey.isIn(after)).isFalse();
        assertThat(epoch.recipients()).isNotEmpty();
    }

    @Test
    void aViewerKeepsNoKeyOfAnEpochThatIsOver() throws Exception {
        EpochKey key = EpochKey.generate(STREAM, EPOCH, random);
        Wanted epochKey = Wanted.of(key.secret());
        Wanted shareKey = shareKey(key);
        byte[] sealed = new byte[153];
        try (PackageCipher cipher = new PackageCipher(key, 1, random)) {
            cipher.seal(Suite.AES_256_GCM, binding(), Span.of(new byte[100]), Span.of(sealed));
        }
        OpeningEpoch epoch = new OpeningEpoch(EPOCH);
        epoch.commit(STREAM, key.commitment());
        epoch.offer(new Grants(EPOCH, List.of(Grant.make(key, Recipient.of(viewer.getPublic()), random))));
        key.close();
        epoch.tryGrants(List.of(RecipientKey.of(viewer.getPrivate(), viewer.getPublic())));
        boolean opened =
                epoch.cipher(SealedTrack.VIDEO).orElseThrow().open(binding(), Span.of(sealed), Span.of(new byte[100]));
        assertThat(opened).isTrue();
        ByteBuffer before = memory();
        assertThat(epochKey.isIn(before)).as("positive control").isTrue();
        assertThat(shareKey.isIn(before))
                .as("positive control: the platform's AES")
                .isTrue();
        epoch.close();
        ByteBuffer after = memory();
        assertThat(epochKey.isIn(after)).isFalse();
        assertThat(shareKey.isIn(after)).isFalse();
        assertThat(epoch.id()).isEqualTo(EPOCH);
    }

    /** K and Ka of a package are gone as soon as it is sealed: only the platform's inner cipher still has Ka, until close. */
    @Test
    void aPackageKeyIsGoneAfterItsPackage() throws Exception {
        EpochKey key = EpochKey.generate(STREAM, EPOCH, random);
        byte[] drawn = new byte[32];
        SecureRandom recorded = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, drawn, 0, bytes.length);
            }
        };
        try (PackageCipher cipher = new PackageCipher(key, 1, recorded)) {
            cipher.seal(Suite.AES_256_GCM, binding(), Span.of(new byte[100]), Span.of(new byte[153]));
            Wanted packageKey = Wanted.of(drawn);
            assertThat(packageKey.isIn(memory()))
                    .as("positive control: the test's own copy")
                    .isTrue();
            Arrays.fill(drawn, (byte) 0);
            assertThat(packageKey.isIn(memory())).isFalse();
            assertThat(cipher.nextCounter()).isEqualTo(1);
        }
    }

    private static Wanted shareKey(EpochKey key) {
        byte[] shareKey = key.shareKey(SealedTrack.VIDEO.number());
        Wanted wanted = Wanted.of(shareKey);
        Arrays.fill(shareKey, (byte) 0);
        return wanted;
    }

    private static Binding binding() {
        return new Binding(PackageKind.SLICE, Span.of(new byte[8]));
    }

    /** All objects that anything refers to, after a garbage collection: what is garbage, Java overwrites when it likes. */
    private ByteBuffer memory() throws IOException {
        Path file = directory.resolve("memory-" + dumps++ + ".hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, Files.size(file));
        }
    }
}
