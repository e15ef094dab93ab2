package org.camseal.authority.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/** The keys an authority works with every day, opened; the roots' are not among them. Safe for use by several threads. */
public final class AuthorityKeys implements AutoCloseable {
    private final AuthorityHome home;
    private final InstantSource clock;
    private final SecureRandom random;
    private final CertificateWriter writer;
    private final Map<Path, KeyPlace.Opened> opened = new HashMap<>();
    private final Map<Path, KeyHandle> handles = new HashMap<>(); // an encrypted key takes long to open
    private final KeyPlace issuingKeys;
    private final KeyPlace ownKeys;

    private AuthorityKeys(
            AuthorityHome home, KeyPlace issuingKeys, KeyPlace ownKeys, InstantSource clock, SecureRandom random) {
        this.home = home;
        this.issuingKeys = issuingKeys;
        this.ownKeys = ownKeys;
        this.clock = clock;
        this.random = random;
        this.writer = new CertificateWriter(random);
    }

    /**
     * Gets ready to open keys; none is opened before it is asked for.
     *
     * @param issuingKeys where the key of the cameras' issuing authority is
     * @param ownKeys where the others are
     */
    public static AuthorityKeys of(
            AuthorityHome home, KeyPlace issuingKeys, KeyPlace ownKeys, InstantSource clock, SecureRandom random) {
        return new AuthorityKeys(home, issuingKeys, ownKeys, clock, random);
    }

    /** Who signs cameras' certificates. */
    public CertificateWriter.Issuer deviceIssuer() throws AuthorityException {
        return issuer(issuingKeys, home.deviceKeys(), home.deviceIssuing());
    }

    /** Who signs the certificates of lines, operators and servers. */
    public CertificateWriter.Issuer operationsIssuer() throws AuthorityException {
        return issuer(ownKeys, home.operationsKeys(), home.operationsIssuing());
    }

    /** The device root: what cameras are known by. */
    public X509Certificate deviceRoot() throws AuthorityException {
        return certificate(home.deviceRoot());
    }

    /** The operations root: what lines, operators and the server are known by. */
    public X509Certificate operationsRoot() throws AuthorityException {
        return certificate(home.operationsRoot());
    }

    /** Judges lines, operators and cameras by the two roots. */
    public TrustEvaluator trust() throws AuthorityException {
        return new TrustEvaluator(new TrustRoots(List.of(deviceRoot()), List.of(), List.of(operationsRoot())));
    }

    /**
     * A certificate for a line or an operator, 30 days.
     *
     * @return leaf first, without the root
     */
    public List<X509Certificate> staff(CertificateProfile profile, PublicKey key, CertificateSubject subject)
            throws AuthorityException {
        return end(operationsIssuer(), key, new Wanted(profile, subject, List.of()));
    }

    /**
     * The HTTPS server's key and certificate; made or renewed if it is missing, two thirds of its life are over, or a host name is not in it.
     *
     * @param hosts names and addresses by which programs of others find the server
     */
    public CertifiedKey server(CertificateSubject subject, List<String> hosts) throws AuthorityException {
        KeyHandle key = key(ownKeys, home.serverKeys(), Slot.TLS, new KeyPlace.Wanted.OrNew(KeySpec.P256));
        return renewed(home.serverChain(), new Wanted(CertificateProfile.AUTHORITY_SERVER, subject, hosts), key);
    }

    /** The signer of status answers, under the cameras' issuing authority; made or renewed as {@link #server} is. */
    public CertifiedKey statusSigner(CertificateSubject subject) throws AuthorityException {
        KeyHandle key = key(issuingKeys, home.deviceKeys(), Slot.STATUS, new KeyPlace.Wanted.OrNew(KeySpec.P256));
        return renewed(home.statusChain(), new Wanted(CertificateProfile.OCSP_SIGNER, subject, List.of()), key);
    }

    /** What a certificate of our own must be. */
    private record Wanted(CertificateProfile profile, CertificateSubject subject, List<String> hosts) {
        /** True if all its host names are in that certificate. */
        boolean namedIn(X509Certificate certificate) throws IdentityException.Malformed {
            try {
                var names = certificate.getSubjectAlternativeNames();
                List<String> there = names == null
                        ? List.of()
                        : names.stream()
                                .map(name -> String.valueOf(name.get(1)))
                                .toList();
                return there.containsAll(hosts);
            } catch (CertificateParsingException e) {
                throw new IdentityException.Malformed("its host names cannot be read", e);
            }
        }
    }

    private CertifiedKey renewed(Path file, Wanted wanted, KeyHandle key) throws AuthorityException {
        CertificateProfile profile = wanted.profile();
        try {
            if (Files.exists(file)) {
                List<X509Certificate> chain = Pem.readCertificates(file);
                Instant end = chain.getFirst().getNotAfter().toInstant();
                boolean serves = fits(chain.getFirst(), key) && wanted.namedIn(chain.getFirst());
                if (serves && clock.instant().isBefore(profile.renewableFrom(end))) {
                    return new CertifiedKey(key, chain);
                }
            }
            CertificateWriter.Issuer issuer =
                    profile == CertificateProfile.OCSP_SIGNER ? deviceIssuer() : operationsIssuer();
            List<X509Certificate> chain = end(issuer, key.publicKey(), wanted);
            Pem.writeCertificates(file, chain);
            return new CertifiedKey(key, chain);
        } catch (IdentityException e) {
            throw new AuthorityException.Key(file + ": " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> end(CertificateWriter.Issuer issuer, PublicKey key, Wanted wanted)
            throws AuthorityException {
        CertificateProfile profile = wanted.profile();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        CertificateWriter.Validity validity = new CertificateWriter.Validity(
                issuer.certificate().getNotBefore().toInstant(), profile.notAfter(now));
        try {
            X509Certificate leaf = writer.end(
                    issuer,
                    key,
                    wanted.subject(),
                    new CertificateWriter.EndForm(profile, validity, wanted.hosts()),
                    writer.newNumber());
            return List.of(leaf, issuer.certificate());
        } catch (IdentityException e) {
            throw new AuthorityException.Key("no " + profile.label() + " certificate: " + e.getMessage(), e);
        }
    }

    private CertificateWriter.Issuer issuer(KeyPlace place, Path directory, Path file) throws AuthorityException {
        X509Certificate certificate = certificate(file);
        KeyHandle key = key(place, directory, Slot.ISSUING, new KeyPlace.Wanted.Known());
        if (!fits(certificate, key)) {
            throw new AuthorityException.Key(
                    file + " does not belong to the key that was opened for it: the directory is"
                            + " a mixture of two authorities");
        }
        return new CertificateWriter.Issuer(key, certificate);
    }

    private synchronized KeyHandle key(KeyPlace place, Path directory, Slot slot, KeyPlace.Wanted wanted)
            throws AuthorityException {
        Path name = directory.resolve(slot.label());
        KeyHandle known = handles.get(name);
        if (known != null) {
            return known;
        }
        try {
            KeyPlace.Opened keys = opened.get(directory);
            if (keys == null) {
                keys = place.open(directory, KeyPlace.Preparation.NEVER, random);
                opened.put(directory, keys);
            }
            KeyHandle key = keys.key(slot, wanted);
            handles.put(name, key);
            return key;
        } catch (IdentityException e) {
            throw new AuthorityException.Key(
                    "the " + slot.label() + " key of " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean fits(X509Certificate certificate, KeyHandle key) {
        return Arrays.equals(
                certificate.getPublicKey().getEncoded(), key.publicKey().getEncoded());
    }

    private static X509Certificate certificate(Path file) throws AuthorityException {
        try {
            return Pem.readCertificates(file).getFirst();
        } catch (IdentityException e) {
            throw new AuthorityException.Key(e.getMessage() + ": hold the ceremony first (camseal authority init)", e);
        }
    }

    /** Gives elements back. */
    @Override
    public synchronized void close() {
        opened.values().forEach(KeyPlace.Opened::close);
        opened.clear();
        handles.clear();
    }
}
