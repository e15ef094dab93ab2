package org.camseal.identity;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** All living objects of this process as bytes, to look for what must not be among them. */
public final class HeapDump {
    private static final int SCALAR = 32;

    /** Smaller numbers are counters and the like, not keys: one key in 2^32 is missed. */
    private static final int SHORTEST = 224;

    /** How a scalar of P-256 lies in a dump: length and type of an array (8 bytes, 10 ints), or an OCTET STRING of PKCS#8. */
    private static final byte[][] IN_FRONT = {
        {0, 0, 0, 32, 8}, {0, 0, 0, 33, 8, 0}, {0, 0, 0, 8, 10}, {4, 32},
    };

    private final MappedByteBuffer bytes;

    private HeapDump(MappedByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Dumps this process into that file, maps it, so that it is not in the next dump, and deletes it. */
    public static HeapDump take(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        try (FileChannel channel = FileChannel.open(file)) {
            return new HeapDump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } finally {
            Files.delete(file);
        }
    }

    /** Whether those bytes are in it one after the other. */
    public boolean contains(byte[] part) {
        for (int i = 0; i + part.length <= bytes.limit(); i++) {
            if (isAt(part, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether those bytes are in those others. */
    public static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (all[i] == part[0] && Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] part, int at) {
        for (int i = 0; i < part.length; i++) {
            if (bytes.get(at + i) != part[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether any number in it is the private one of that P-256 key, without knowing it: every array that may be a scalar, and every octet
     * string of that length, is multiplied with the base point. A number that a program keeps in other forms is not found; the platform's
     * own keys are.
     */
    public boolean holdsPrivateNumberOf(ECPublicKey key) {
        Set<BigInteger> numbers = numbers();
        var curve = CustomNamedCurves.getByName("secp256r1");
        BigInteger x = key.getW().getAffineX();
        ECMultiplier multiplier = new FixedPointCombMultiplier();
        for (BigInteger number : numbers) {
            ECPoint point =
                    multiplier.multiply(curve.getG(), number.mod(curve.getN())).normalize();
            if (!point.isInfinity() && point.getAffineXCoord().toBigInteger().equals(x)) {
                return true;
            }
        }
        return false;
    }

    private Set<BigInteger> numbers() {
        Set<BigInteger> numbers = new HashSet<>();
        byte[] number = new byte[SCALAR];
        for (int i = 0; i + 6 + SCALAR <= bytes.limit(); i++) {
            for (byte[] front : IN_FRONT) {
                if (isAt(front, i)) {
                    bytes.get(i + front.length, number);
                    BigInteger value = new BigInteger(1, number);
                    if (value.bitLength() > SHORTEST) {
                        numbers.add(value);
                    }
                }
            }
        }
        return numbers;
    }
}
