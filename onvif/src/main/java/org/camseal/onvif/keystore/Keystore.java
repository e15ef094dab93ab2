package org.camseal.onvif.keystore;

import static org.camseal.onvif.keystore.Question.asked;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;

/**
 * One camera's keystore. Keys are named after their slots, certificates and paths after what is in them. The owner's key is the only one
 * that can be made, certified and deleted here; what the maker installed stays. Safe for use by several threads.
 */
public final class Keystore {
    /** The path of the maker's TLS certificate. */
    public static final String MAKER_PATH = "path-tls";

    /** The path of the maker's certificate for signing video. */
    public static final String MEDIA_PATH = "path-media";

    /** The fault where no request is made for a key. */
    public static final String NO_REQUEST = "CSRCreationFailed";

    /** The fault where no certificate is made for a key. */
    public static final String NO_CERTIFICATE = "CertificateCreationFailed";

    private final Identity identity;
    private final CustomerTls custom;
    private final ServedCertificate served;
    private final OwnersKey owners;
    private final InstantSource clock;
    private final Shelf shelf = new Shelf();

    /**
     * What it works with.
     *
     * @param makers where keys are made that take long; one at a time
     */
    public record Means(InstantSource clock, Executor makers) {}

    /**
     * @param identity the camera's
     * @param custom the owner's key in it
     * @param served which certificate HTTPS shows
     */
    public Keystore(Identity identity, CustomerTls custom, ServedCertificate served, Means means) {
        this.identity = identity;
        this.custom = custom;
        this.served = served;
        this.owners = new OwnersKey(identity, custom, means.makers());
        this.clock = means.clock();
    }

    /** How well the element keeps its keys. */
    public AssuranceLevel level() {
        return identity.element().info().assurance();
    }

    /** The kinds of keys that can be made here. */
    public Set<KeySpec> keySpecs() {
        return identity.element().info().keySpecs();
    }

    /** The slots that have a key, or will have it, and how far it is. */
    public Map<Slot, KeyStatus> keys() throws OnvifException.Refused {
        Map<Slot, KeyStatus> there = new LinkedHashMap<>();
        for (Slot slot : List.of(Slot.TLS, Slot.MEDIA, Slot.TLS_CUSTOM)) {
            Optional<KeyStatus> status = slot == Slot.TLS_CUSTOM
                    ? owners.status()
                    : asked(() -> identity.element().key(slot)).map(_ -> KeyStatus.OK);
            status.ifPresent(known -> there.put(slot, known));
        }
        return there;
    }

    /** How far the key of that id is; of the owner's it is told at once, whatever the element is busy with. */
    public KeyStatus status(String id) throws OnvifException.Refused {
        if (id.equals(Slot.TLS_CUSTOM.label())) {
            return owners.status().orElseThrow(Keystore::noKey);
        }
        slot(id);
        return KeyStatus.OK;
    }

    private static OnvifException.Refused noKey() {
        return Fault.invalid("KeyID").because("there is no key of this id");
    }

    private Slot slot(String id) throws OnvifException.Refused {
        return keys().keySet().stream()
                .filter(slot -> slot.label().equals(id))
                .findFirst()
                .orElseThrow(Keystore::noKey);
    }

    /** The id of a certificate, made of what is in it. */
    public static String idOf(X509Certificate certificate) {
        return Shelf.id(certificate);
    }

    /** True if there is a private key of that id. */
    public boolean hasPrivateKey(String id) throws OnvifException.Refused {
        return slot(id).signs();
    }

    /**
     * Makes the owner's key: on an elliptic curve at once, of RSA while others go on.
     *
     * @param told of each status it gets; may be called by another thread
     * @return its id, which counts from now on
     * @throws OnvifException.Refused if there is one
     */
    public String createKey(KeySpec spec, Consumer<KeyStatus> told) throws OnvifException.Refused {
        owners.make(spec, told);
        return Slot.TLS_CUSTOM.label();
    }

    /** Destroys the owner's key with its certificates; one that is being made, as soon as it is there. */
    public synchronized void deleteKey(String id) throws OnvifException.Refused {
        status(id);
        if (!id.equals(Slot.TLS_CUSTOM.label()) || served.choice() == ServedCertificate.Choice.OWNER) {
            throw Fault.invalid("ReferenceExists")
                    .because(
                            "this key is in use: the maker's keys stay, and the owner's while HTTPS shows its certificate");
        }
        owners.remove();
    }

    /** A certificate request (PKCS#10) for the owner's key, in DER. */
    public synchronized byte[] request(String keyId, RequestedNames names) throws OnvifException.Refused {
        requireOwners(keyId, NO_REQUEST);
        return asked(() -> custom.request(names));
    }

    /**
     * A certificate that the owner's key signs itself, kept as uploaded ones are.
     *
     * @param from when it begins to count
     * @param until when it ends, behind that
     * @return its id
     */
    public synchronized String selfSigned(String keyId, RequestedNames names, Instant from, Instant until)
            throws OnvifException.Refused {
        requireOwners(keyId, NO_CERTIFICATE);
        X509Certificate made = asked(() -> custom.draftSelfSigned(names, from, until));
        shelf.add(made);
        return Shelf.id(made);
    }

    /**
     * The owner's key, if it can be used; refuses others, whose certificates come from the maker.
     *
     * @param fault of what is asked for: {@link #NO_REQUEST} or {@link #NO_CERTIFICATE}
     */
    public KeyHandle requireOwners(String keyId, String fault) throws OnvifException.Refused {
        if (status(keyId) != KeyStatus.OK) {
            throw Fault.invalid("InvalidKeyStatus").because("this key is not made yet, or could not be made");
        }
        if (!keyId.equals(Slot.TLS_CUSTOM.label())) {
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", fault))
                    .because("certificates for this key come from the camera's maker only");
        }
        return owners.inElement().orElseThrow(Keystore::noKey);
    }

    /** All certificates by id: those of the paths in use first. */
    public synchronized Map<String, X509Certificate> certificates() throws OnvifException.Refused {
        Map<String, X509Certificate> all = new LinkedHashMap<>();
        for (List<X509Certificate> path : installed().values()) {
            path.forEach(certificate -> all.put(Shelf.id(certificate), certificate));
        }
        shelf.certificates().forEach(certificate -> all.put(Shelf.id(certificate), certificate));
        return all;
    }

    /** The id of the key that a certificate is for; of a key that the camera does not have, one made of the key. */
    public String keyOf(X509Certificate certificate) throws OnvifException.Refused {
        byte[] wanted = certificate.getPublicKey().getEncoded();
        for (Map.Entry<Slot, KeyStatus> each : keys().entrySet()) {
            Slot slot = each.getKey();
            Optional<KeyHandle> key = each.getValue() == KeyStatus.OK
                    ? asked(() -> identity.element().key(slot))
                    : Optional.empty();
            if (key.isPresent() && Arrays.equals(key.get().publicKey().getEncoded(), wanted)) {
                return slot.label();
            }
        }
        return Shelf.id("key", wanted);
    }

    /**
     * Keeps a certificate until a path is made of it, or the camera starts again.
     *
     * @param der one certificate
     * @return its id
     */
    public synchronized String upload(byte[] der) throws OnvifException.Refused {
        try {
            X509Certificate certificate = Pem.certificate(der, "the uploaded certificate");
            shelf.add(certificate);
            return Shelf.id(certificate);
        } catch (IdentityException.Malformed e) {
            throw Fault.invalid("BadCertificate").because("this is not one X.509 certificate in DER");
        }
    }

    /** Forgets an uploaded certificate. */
    public synchronized void deleteCertificate(String id) throws OnvifException.Refused {
        boolean used = paths().values().stream()
                .anyMatch(path -> path.stream()
                        .anyMatch(certificate -> Shelf.id(certificate).equals(id)));
        if (used) {
            throw Fault.invalid("ReferenceExists").because("this certificate is in a certification path");
        }
        if (!shelf.remove(id)) {
            throw Fault.invalid("CertificateID").because("there is no certificate of this id");
        }
    }

    private Map<String, List<X509Certificate>> installed() throws OnvifException.Refused {
        Map<String, List<X509Certificate>> all = new LinkedHashMap<>();
        all.put(MAKER_PATH, asked(identity::tls).chain());
        all.put(MEDIA_PATH, asked(identity::media).chain());
        asked(custom::certified).map(CertifiedKey::chain).ifPresent(chain -> all.put(pathId(chain), chain));
        return all;
    }

    private static String pathId(List<X509Certificate> chain) {
        StringBuilder ids = new StringBuilder();
        chain.forEach(certificate -> ids.append(Shelf.id(certificate)));
        return Shelf.id("path", ids.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    /** All certification paths by id, leaf first in each. */
    public synchronized Map<String, List<X509Certificate>> paths() throws OnvifException.Refused {
        Map<String, List<X509Certificate>> all = installed();
        shelf.paths().forEach(all::putIfAbsent);
        return all;
    }

    /**
     * Makes a path for the owner's key of certificates that are there. It is in use once it is assigned.
     *
     * @param ids leaf first, each followed by its issuer's
     * @return its id
     */
    public synchronized String createPath(List<String> ids) throws OnvifException.Refused {
        Map<String, X509Certificate> known = certificates();
        List<X509Certificate> chain = new ArrayList<>();
        for (String id : ids) {
            X509Certificate certificate = known.get(id);
            if (certificate == null) {
                throw Fault.invalid("CertificateID").because("there is no certificate of this id");
            }
            chain.add(certificate);
        }
        requireChain(chain);
        X509Certificate last = chain.getLast();
        if (chain.size() > 1 && last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            chain.removeLast(); // servers do not show roots, and the id is of what is shown
        }
        if (!keyOf(chain.getFirst()).equals(Slot.TLS_CUSTOM.label())) {
            throw Fault.invalid("NoPrivateKey")
                    .because("the first certificate is not for the owner's key of this camera");
        }
        shelf.addPath(pathId(chain), chain);
        return pathId(chain);
    }

    private static void requireChain(List<X509Certificate> chain) throws OnvifException.Refused {
        boolean chained = !chain.isEmpty();
        try {
            for (int i = 0; i + 1 < chain.size(); i++) {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            }
        } catch (GeneralSecurityException e) {
            chained = false;
        }
        if (!chained) {
            throw Fault.invalid("InvalidCertificateChain").because("each certificate is followed by its issuer's");
        }
    }

    /** Forgets a path that is not in use. */
    public synchronized void deletePath(String id) throws OnvifException.Refused {
        if (installed().containsKey(id)) {
            throw Fault.invalid("ReferenceExists").because("this certification path is installed");
        }
        if (!shelf.removePath(id)) {
            throw noPath();
        }
    }

    private static OnvifException.Refused noPath() {
        return Fault.invalid("CertificationPathID").because("there is no certification path of this id");
    }

    /** The path that HTTPS shows. */
    public synchronized String assigned() throws OnvifException.Refused {
        return switch (served.choice()) {
            case MAKER -> MAKER_PATH;
            case OWNER ->
                asked(custom::certified).map(owners -> pathId(owners.chain())).orElse(MAKER_PATH);
        };
    }

    /**
     * HTTPS shows one path, and always one: so another is never added.
     *
     * @throws OnvifException.Refused unless that path is the one that HTTPS shows
     */
    public synchronized void addAssignment(String path) throws OnvifException.Refused {
        if (!paths().containsKey(path)) {
            throw noPath();
        }
        if (path.equals(MEDIA_PATH)) {
            throw Fault.invalid("NoPrivateKey").because("the media key signs video and never TLS");
        }
        if (!assigned().equals(path)) {
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", "MaximumNumberOfTLSCertificationPathsReached"))
                    .because("HTTPS shows one certification path: use ReplaceServerCertificateAssignment");
        }
    }

    /**
     * HTTPS is never off, so the path that it shows is never taken away.
     *
     * @throws OnvifException.Refused always
     */
    public synchronized void removeAssignment(String path) throws OnvifException.Refused {
        requireAssigned(path);
        throw Fault.invalid("ReferenceExists")
                .because("HTTPS always shows a certificate: use ReplaceServerCertificateAssignment");
    }

    private void requireAssigned(String path) throws OnvifException.Refused {
        if (!assigned().equals(path)) {
            throw Fault.invalid("OldCertificationPathID").because("this is not the path that HTTPS shows");
        }
    }

    /**
     * Shows another path from now on; a new one is installed first, in place of the owner's before.
     *
     * @throws OnvifException.Refused if the first is not the one in use, the other is not there, is the media key's, or cannot serve TLS
     */
    public synchronized void assign(String old, String path) throws OnvifException.Refused {
        requireAssigned(old);
        if (path.equals(MEDIA_PATH)) {
            throw Fault.invalid("NewCertificationPathID").because("the media key signs video and never TLS");
        }
        boolean maker = path.equals(MAKER_PATH);
        if (!maker && !installed().containsKey(path)) {
            List<X509Certificate> chain = shelf.path(path).orElseThrow(Keystore::noPath);
            asked(() -> custom.install(chain, clock.instant()));
            shelf.removePath(path);
        }
        asked(() -> {
            served.choose(maker ? ServedCertificate.Choice.MAKER : ServedCertificate.Choice.OWNER);
            return path;
        });
    }
}
