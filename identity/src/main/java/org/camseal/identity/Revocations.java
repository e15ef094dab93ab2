package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Revocation lists that somebody gave (RFC 5280 section 5): whole lists, each of one authority about its own certificates. Nothing is fetched.
 * Immutable. How fresh a list is, is not judged: a recording is mostly older than any list.
 */
public final class Revocations {
    /** Most bytes of lists that are read, all together: some three million entries. */
    public static final int MAX_BYTES = 128 << 20;

    /** Most lists. */
    public static final int MAX_LISTS = 16;

    /** Nothing is known to be revoked. */
    public static final Revocations NONE = new Revocations(List.of());

    private static final byte[] PEM_BEGIN = "-----BEGIN X509 CRL-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PEM_END = "-----END X509 CRL-----".getBytes(StandardCharsets.US_ASCII);
    private static final int CRL_SIGN = 6;

    private final List<RevocationListBytes> lists;

    private Revocations(List<RevocationListBytes> lists) {
        this.lists = List.copyOf(lists);
    }

    /**
     * That a certificate counts no more.
     *
     * @param since the invalidity date where the list states one, or else the day of revocation
     * @param reason as the list has it, in small letters; "unspecified" where it has none
     */
    public record Revoked(Instant since, String reason) {}

    /**
     * Reads lists, each from a file of its own, DER or PEM.
     *
     * @throws IdentityException if there is no such file, they are larger than {@link #MAX_BYTES}, or no list of the kind that is read here
     */
    public static Revocations read(List<Path> files) throws IdentityException {
        if (files.size() > MAX_LISTS) {
            throw new IdentityException.Malformed(files.size() + " revocation lists; at most " + MAX_LISTS);
        }
        List<RevocationListBytes> lists = new ArrayList<>();
        int left = MAX_BYTES;
        for (Path file : files) {
            byte[] bytes = DurableFile.read(file, left)
                    .orElseThrow(() -> new IdentityException.Store("there is no file " + file));
            left -= bytes.length;
            lists.add(new RevocationListBytes(der(bytes, file.toString()), file.toString()));
        }
        return new Revocations(lists);
    }

    /** A list in PEM is one block; what stands around it is passed over. */
    private static byte[] der(byte[] file, String where) throws IdentityException.Malformed {
        int begin = indexOf(file, PEM_BEGIN, 0);
        if (begin < 0) {
            return file;
        }
        int end = indexOf(file, PEM_END, begin);
        if (end < 0) {
            throw new IdentityException.Malformed(where + ": a revocation list in PEM without its end");
        }
        try {
            return Base64.getMimeDecoder().decode(Arrays.copyOfRange(file, begin + PEM_BEGIN.length, end));
        } catch (IllegalArgumentException e) {
            throw new IdentityException.Malformed(where + ": a revocation list in PEM that is no base64", e);
        }
    }

    private static int indexOf(byte[] file, byte[] word, int from) {
        for (int at = from; at <= file.length - word.length; at++) {
            if (file[at] == word[0] && Arrays.equals(file, at, at + word.length, word, 0, word.length)) {
                return at;
            }
        }
        return -1;
    }

    public boolean isEmpty() {
        return lists.isEmpty();
    }

    /** True if one of the lists is this authority's: by name, and signed with its key. */
    boolean cover(X509Certificate authority) {
        return lists.stream().anyMatch(list -> isOf(list, authority));
    }

    /** What the lists of an authority say of a certificate that it issued. */
    Optional<Revoked> find(X509Certificate certificate, X509Certificate authority) {
        Optional<Revoked> earliest = Optional.empty();
        for (RevocationListBytes list : lists) {
            Optional<Revoked> found =
                    isOf(list, authority) ? list.find(certificate.getSerialNumber()) : Optional.empty();
            if (found.isPresent()
                    && (earliest.isEmpty()
                            || found.get().since().isBefore(earliest.get().since()))) {
                earliest = found;
            }
        }
        return earliest;
    }

    private static boolean isOf(RevocationListBytes list, X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        return list.issuer().equals(authority.getSubjectX500Principal())
                && (usage == null || usage[CRL_SIGN])
                && list.isSignedBy(authority.getPublicKey());
    }
}
