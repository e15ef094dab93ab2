package org.camseal.e2e.soak;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.util.Arrays;

/**
 * A provider of SHA-256 that looks at what is digested. Signing a certificate, and verifying it, begin with the digest of what is signed:
 * so an unchanged program is watched from inside its own Java, at the moment before its key signs and at the moment the signature is back.
 * The security property {@code jdk.security.provider.preferred} puts it in front of Java's own.
 */
public final class WitnessProvider extends Provider {
    static final String NAME = "SoakWitness";

    private static final long serialVersionUID = 1;

    public WitnessProvider() {
        super(NAME, "1", "watches certificates being signed, in tests");
        put("MessageDigest.SHA-256", Watched.class.getName());
    }

    /** Java's own SHA-256, told to {@link SoakWitness} if it is of a short DER sequence. */
    public static final class Watched extends MessageDigestSpi implements Cloneable {
        private static final int MOST = 2_000;
        private static final int SEQUENCE = 0x30;

        private MessageDigest own;
        private byte[] seen = new byte[0];
        private int length;

        public Watched() {
            try {
                own = MessageDigest.getInstance("SHA-256", "SUN");
            } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        @Override
        protected int engineGetDigestLength() {
            return own.getDigestLength();
        }

        @Override
        protected void engineUpdate(byte input) {
            engineUpdate(new byte[] {input}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int count) {
            own.update(input, offset, count);
            boolean first = length == 0 && count > 0 && input[offset] == SEQUENCE;
            if (first || (length > 0 && length <= MOST)) {
                seen = Arrays.copyOf(seen, Math.max(seen.length, length + count));
                System.arraycopy(input, offset, seen, length, count);
                length += count;
            } else if (count > 0) {
                length = MOST + 1; // something else, or too long: not looked at
            }
        }

        @Override
        protected byte[] engineDigest() {
            if (length > 0 && length <= MOST) {
                SoakWitness.digested(Arrays.copyOf(seen, length));
            }
            engineResetSeen();
            return own.digest();
        }

        @Override
        protected void engineReset() {
            engineResetSeen();
            own.reset();
        }

        private void engineResetSeen() {
            length = 0;
        }

        @Override
        public Object clone() throws CloneNotSupportedException {
            Watched copy = (Watched) super.clone();
            copy.own = (MessageDigest) own.clone();
            copy.seen = seen.clone();
            return copy;
        }
    }
}
