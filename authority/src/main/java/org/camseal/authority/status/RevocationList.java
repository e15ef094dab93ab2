package org.camseal.authority.status;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.jspecify.annotations.Nullable;

/**
 * The whole revocation list of one issuing authority (RFC 5280 section 5), as a file: every certificate that was ever revoked, with reason and
 * invalidity date. Nothing leaves it, because recordings are judged at the time they were made. Written in bounded memory, however long it
 * is: the entries first, to a file, then the list around them. Safe for use by several threads.
 */
public final class RevocationList {
    private static final int BUFFER = 1 << 16;
    private static final String NUMBER_FILE = ".number";

    private final Issuer issuer;
    private final Path file;
    private final Duration validity;
    private final InstantSource clock;

    /**
     * Whose list.
     *
     * @param certificate the issuing authority's
     * @param key its key; ECDSA if the list may grow beyond {@link KeyHandle#MAX_MESSAGE}
     * @param statuses what it knows
     */
    public record Issuer(X509Certificate certificate, KeyHandle key, CertificateStatuses statuses) {}

    /**
     * A list that was written.
     *
     * @param number higher than that of every list before (RFC 5280 section 5.2.3)
     * @param entries how many certificates are on it
     * @param bytes how long the file is
     */
    public record Written(BigInteger number, Instant thisUpdate, long entries, long bytes) {}

    /**
     * @param file where the list is; what was there is replaced. Its directory is there already, and holds a few small files beside it
     * @param validity how long a reader may keep it: from thisUpdate to nextUpdate
     */
    public RevocationList(Issuer issuer, Path file, Duration validity, InstantSource clock) {
        this.issuer = issuer;
        this.file = file;
        this.validity = validity;
        this.clock = clock;
    }

    /** Where the list is. */
    public Path file() {
        return file;
    }

    /**
     * Makes the list anew. The old one stays until the new one is whole and durable.
     *
     * @throws AuthorityException if the register cannot be read, the key does not sign, or the file cannot be written
     */
    public synchronized Written write() throws AuthorityException {
        Path entries = null;
        try {
            entries = Files.createTempFile(file.toAbsolutePath().getParent(), ".entries", DurableFile.HALF_WRITTEN);
            long count = writeEntries(entries);
            return writeAround(entries, count);
        } catch (IOException | UncheckedIOException | GeneralSecurityException e) {
            throw new AuthorityException.Store("cannot write " + file + ": " + e.getMessage(), e);
        } catch (IdentityException.Store e) {
            throw new AuthorityException.Store(e);
        } catch (IdentityException e) {
            throw new AuthorityException.Key("the revocation list is not signed: " + e.getMessage(), e);
        } finally {
            deleteQuietly(entries);
        }
    }

    private long writeEntries(Path entries) throws IOException, AuthorityException {
        long[] count = new long[1];
        ListEntry form = new ListEntry();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(entries), BUFFER)) {
            issuer.statuses().forEachRevoked(revoked -> {
                try {
                    out.write(form.of(revoked));
                    count[0]++;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return count[0];
    }

    private Written writeAround(Path entries, long count)
            throws IOException, GeneralSecurityException, IdentityException {
        Instant thisUpdate = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] algorithm =
                new HandleContentSigner(issuer.key()).getAlgorithmIdentifier().getEncoded();
        byte[] opening = DerBytes.joined(
                algorithm,
                issuer.certificate().getSubjectX500Principal().getEncoded(),
                DerBytes.time(thisUpdate),
                DerBytes.time(thisUpdate.plus(validity)));
        BigInteger number = nextNumber();
        ListFrame frame = new ListFrame(opening, entries, extensions(number));
        byte[] signature = ListSignature.of(frame, issuer.key());
        byte[] end = DerBytes.joined(algorithm, DerBytes.value(DerBytes.BIT_STRING, new byte[1], signature));
        byte[] head = DerBytes.head(DerBytes.SEQUENCE, frame.length() + end.length);
        DurableFile.write(
                file,
                out -> {
                    out.write(head);
                    frame.writeTo(out);
                    out.write(end);
                },
                DurableFile.Readers.EVERYBODY);
        return new Written(number, thisUpdate, count, head.length + frame.length() + end.length);
    }

    private byte[] extensions(BigInteger number) throws IOException, GeneralSecurityException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils()
                        .createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
        extensions.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
        return extensions.generate().getEncoded();
    }

    /** The clock's seconds, unless it went back: kept before the list is, so that a number is never used twice. */
    private BigInteger nextNumber() throws IdentityException {
        Path kept = file.resolveSibling("." + file.getFileName() + NUMBER_FILE);
        long last = DurableFile.read(kept, Long.BYTES)
                .filter(bytes -> bytes.length == Long.BYTES)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .orElse(0L);
        long next = Math.max(last + 1, clock.instant().getEpochSecond());
        DurableFile.write(kept, ByteBuffer.allocate(Long.BYTES).putLong(next).array(), DurableFile.Readers.EVERYBODY);
        return BigInteger.valueOf(next);
    }

    private static void deleteQuietly(@Nullable Path entries) {
        try {
            if (entries != null) {
                Files.deleteIfExists(entries);
            }
        } catch (IOException e) {
            // it stays as a half-written file, which nobody reads
        }
    }
}
