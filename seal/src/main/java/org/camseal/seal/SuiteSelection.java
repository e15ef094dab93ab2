package org.camseal.seal;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.camseal.manifest.Suite;

/**
 * Finds the faster suite on this machine: AES-256-GCM where the JVM uses the processor's AES instructions, else ChaCha20-Poly1305.
 *
 * <p>The JVM is asked, because measuring at the start gives wrong answers: the instructions come into play once the code around them is
 * compiled, some thousand pictures later, and until then AES is the slower one on every machine.
 */
final class SuiteSelection {
    private SuiteSelection() {}

    static Suite of(SuiteChoice choice) {
        return switch (choice) {
            case AES_256_GCM -> Suite.AES_256_GCM;
            case CHACHA20_POLY1305 -> Suite.CHACHA20_POLY1305;
            case AUTO -> usesAesInstructions() ? Suite.AES_256_GCM : Suite.CHACHA20_POLY1305;
        };
    }

    /** False also where the JVM does not say: ChaCha20 is slow nowhere. */
    private static boolean usesAesInstructions() {
        try {
            HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return hotSpot != null
                    && Boolean.parseBoolean(hotSpot.getVMOption("UseAES").getValue());
        } catch (IllegalArgumentException e) {
            return false; // a JVM without this option
        }
    }
}
