package org.camseal.identity.tpm2;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;

/**
 * A key as it is kept outside the TPM: wrapped by the TPM, and useless elsewhere.
 *
 * <pre>
 *   8 bytes   "CSTPMKY1"
 *   TPM2B     public area (TPMT_PUBLIC)
 *   TPM2B     private area, encrypted and authenticated by the parent key inside the TPM
 *   TPM2B     authorisation value: whoever has it and this TPM may use the key, not read it
 *   32 bytes  SHA-256 of all before: tells damage from a foreign TPM
 * </pre>
 */
final class TpmKeyFile {
    private static final byte[] MAGIC = "CSTPMKY1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_BYTES = 8192;

    private TpmKeyFile() {}

    /** A key wrapped by its parent, and what allows its use. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wrapped(TpmPublic publicArea, byte[] wrappedPrivate, Authorisation authorisation) {}

    static byte[] encode(Wrapped key) {
        byte[] body = new TpmWriter()
                .raw(MAGIC)
                .sized(key.publicArea().area())
                .sized(key.wrappedPrivate())
                .sized(key.authorisation().value())
                .bytes();
        return new TpmWriter().raw(body).raw(TpmKdf.sha256(body)).bytes();
    }

    static void write(Path file, Wrapped key) throws IdentityException {
        DurableFile.write(file, encode(key), DurableFile.Readers.OWNER);
    }

    static Optional<Wrapped> read(Path file) throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        DurableFile.requireOwnerOnly(file, "600");
        return Optional.of(decode(bytes.get(), file));
    }

    private static Wrapped decode(byte[] bytes, Path file) throws IdentityException.Element {
        int end = bytes.length - TpmKdf.DIGEST_BYTES;
        if (end < MAGIC.length
                || !MessageDigest.isEqual(
                        Arrays.copyOfRange(bytes, end, bytes.length), TpmKdf.sha256(Arrays.copyOf(bytes, end)))) {
            throw damaged(file, "its digest does not match", null);
        }
        try {
            TpmReader in = new TpmReader(Arrays.copyOf(bytes, end), "the key");
            if (!Arrays.equals(in.raw(MAGIC.length), MAGIC)) {
                throw in.malformed("no key of this format");
            }
            Wrapped key = new Wrapped(TpmPublic.parse(in.sized()), in.sized(), new Authorisation(in.sized()));
            in.end();
            return key;
        } catch (IdentityException.Element e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private static IdentityException.Element damaged(
            Path file, @org.jspecify.annotations.Nullable String why, @org.jspecify.annotations.Nullable Exception e) {
        String message = file + " is damaged: " + why;
        return e == null
                ? new IdentityException.Element(ElementFault.DAMAGED, message)
                : new IdentityException.Element(ElementFault.DAMAGED, message, e);
    }
}
