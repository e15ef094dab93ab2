package org.camseal.authority.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.junit.jupiter.api.Test;

class LogEntryTest {
    private static final Revoked REVOKED = new Revoked(
            new BigInteger("ff01", 16),
            Instant.ofEpochSecond(0x0102030405L),
            CRLReason.KEY_COMPROMISE,
            Optional.of(Instant.ofEpochSecond(7)));

    @Test
    void bytesAreThoseOfTheSpecification() throws LogEntry.MalformedEntry {
        LogEntry issued = new LogEntry.Issued(CertificateProfile.DEVICE_TLS, "A1", new byte[] {0x30, 0x00});
        assertThat(HexFormat.of().formatHex(issued.bytes()))
                .isEqualTo("0101" + "0a" + "6465766963652d746c73" + "02" + "4131" + "0002" + "3000");
        LogEntry retired = new LogEntry.Retired(CertificateProfile.MEDIA_SIGNING, "A1", REVOKED);
        assertThat(HexFormat.of().formatHex(retired.bytes()))
                .isEqualTo("0102" + "0d" + "6d656469612d7369676e696e67" + "02" + "4131" + "02" + "ff01" + "01"
                        + "0000000102030405" + "01" + "0000000000000007");
        assertThat(LogEntry.parse(retired.bytes())).isEqualTo(retired);
        assertThat(((LogEntry.Issued) LogEntry.parse(issued.bytes())).certificate())
                .isEqualTo(new byte[] {0x30, 0x00});
    }

    @Test
    void everyCutAndEveryAdditionIsRefused() {
        byte[] leaf = new LogEntry.Retired(CertificateProfile.DEVICE_TLS, "A1", REVOKED).bytes();
        for (int length = 0; length < leaf.length; length++) {
            byte[] cut = Arrays.copyOf(leaf, length);
            assertThatThrownBy(() -> LogEntry.parse(cut)).isInstanceOf(LogEntry.MalformedEntry.class);
        }
        assertThatThrownBy(() -> LogEntry.parse(Arrays.copyOf(leaf, leaf.length + 1)))
                .isInstanceOf(LogEntry.MalformedEntry.class);
    }

    @Test
    void whatIsReadIsAlwaysWrittenTheSame() {
        byte[] leaf = new LogEntry.Retired(CertificateProfile.DEVICE_TLS, "A1", REVOKED).bytes();
        for (int bit = 0; bit < leaf.length * 8; bit++) {
            byte[] other = leaf.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(LogEntry.parse(other).bytes()).isEqualTo(other).isNotEqualTo(leaf);
            } catch (LogEntry.MalformedEntry e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void reasonsThatEndAreNone() {
        assertThatThrownBy(
                        () -> new Revoked(BigInteger.ONE, Instant.EPOCH, CRLReason.CERTIFICATE_HOLD, Optional.empty()))
                .hasMessageContaining("CERTIFICATE_HOLD");
        assertThat(Revoked.reasonOf(6)).isEmpty();
        assertThat(Revoked.reasonOf(8)).isEmpty();
        assertThat(Revoked.reasonOf(1)).contains(CRLReason.KEY_COMPROMISE);
    }
}
