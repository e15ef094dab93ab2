package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The directory of one camera, recorder or person: its element, its certificates, and the roots it trusts.
 *
 * <pre>
 *   role                which role it is
 *   element-address     which element its keys are in; where it is missing, the element made of files
 *   element/            what that element keeps here: keys wrapped or sealed, or, in {@link SoftwareSecureElement}, the keys
 *   tls-chain.pem       certificate of the TLS key and its issuing authority
 *   media-chain.pem     a camera's, for its media key
 *   recipient-chain.pem a person's, for the key that opens video
 *   tls-custom-chain.pem the owner's own certificate, where there is one ({@code customer})
 *   roots/device.pem    the device roots it trusts
 *   roots/site.pem      the site roots it trusts
 *   roots/operations.pem the operations roots it trusts: a line's, an operator's
 * </pre>
 *
 * <p>Everything is written so that a power cut leaves the old or the new, and all of it is for its owner only. Safe for use by several
 * threads.
 */
public final class Identity {
    private static final int MAX_ROLE_BYTES = 64;
    private static final int MAX_ADDRESS_BYTES = 1024;

    private final Path directory;
    private final Role role;
    private final SecureElement element;

    private Identity(Path directory, Role role, SecureElement element) {
        this.directory = directory;
        this.role = role;
        this.element = element;
    }

    /**
     * Opens the identity in that directory, or makes one there without keys and certificates; an authority's {@code enrol} gives those.
     *
     * @throws IdentityException if the directory cannot be used, or is another role's
     */
    public static Identity openOrCreate(Path directory, Role role, SecureRandom random) throws IdentityException {
        return openOrCreate(directory, role, ElementOpener.FILES, ElementOpener.filesOnly(random));
    }

    /**
     * Opens the identity in that directory, or makes one there whose keys will be in that element.
     *
     * @param address which element; an identity that is there keeps its own, and must have this one
     * @throws IdentityException if the directory cannot be used, is another role's, or its keys are in another element
     */
    public static Identity openOrCreate(Path directory, Role role, String address, ElementOpener opener)
            throws IdentityException {
        DurableFile.ownDirectory(directory);
        Optional<Role> known = readRole(directory);
        if (known.isEmpty()) {
            if (Files.exists(directory.resolve("element"))) {
                throw new IdentityException.Store(
                        directory + " holds keys, but does not say whose: the file \"role\" is missing");
            }
            DurableFile.write(
                    addressFile(directory), address.getBytes(StandardCharsets.UTF_8), DurableFile.Readers.EVERYBODY);
            DurableFile.write(
                    roleFile(directory),
                    label(role).getBytes(StandardCharsets.US_ASCII),
                    DurableFile.Readers.EVERYBODY);
        }
        String kept = elementAddress(directory);
        if (!kept.equals(address)) {
            throw new IdentityException.Element(
                    ElementFault.FOREIGN,
                    "the keys of " + directory + " are in the element " + kept + ", not in " + address);
        }
        Identity identity = open(directory, opener);
        identity.requireRole(role);
        return identity;
    }

    /** Which element the identity in that directory has its keys in. */
    public static String elementAddress(Path directory) throws IdentityException {
        return DurableFile.read(addressFile(directory), MAX_ADDRESS_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .orElse(ElementOpener.FILES);
    }

    /**
     * Opens an identity that is there, if its keys are in the element made of files.
     *
     * @throws IdentityException if there is none in that directory, others than its owner may enter it, or its keys are elsewhere
     */
    public static Identity open(Path directory, SecureRandom random) throws IdentityException {
        return open(directory, ElementOpener.filesOnly(random));
    }

    /**
     * Opens an identity that is there, with the element that it says its keys are in.
     *
     * @throws IdentityException if there is none in that directory, others than its owner may enter it, or its element cannot be opened
     */
    public static Identity open(Path directory, ElementOpener opener) throws IdentityException {
        Role role = readRole(directory)
                .orElseThrow(() -> new IdentityException.Store(
                        "there is no identity in " + directory + ": make one by enrolling it with an authority"));
        DurableFile.requireOwnerOnly(directory, "700");
        return new Identity(directory, role, opener.open(elementAddress(directory), directory.resolve("element")));
    }

    public Role role() {
        return role;
    }

    public SecureElement element() {
        return element;
    }

    /** The TLS key and its chain. */
    public CertifiedKey tls() throws IdentityException {
        return certified(Slot.TLS);
    }

    /** A camera's media key and its chain. */
    public CertifiedKey media() throws IdentityException {
        requireRole(Role.CAMERA);
        return certified(Slot.MEDIA);
    }

    /** A person's key for opening video and its chain. */
    public CertifiedRecipient recipient() throws IdentityException {
        requireRole(Role.PERSON);
        AgreementHandle key = element.agreementKey().orElseThrow(() -> notEnrolled(Slot.RECIPIENT));
        return new CertifiedRecipient(key, fitting(Slot.RECIPIENT, key.publicKey(), readChain(Slot.RECIPIENT)));
    }

    /** True once every key of its role has its certificates. */
    public boolean isEnrolled() {
        return role.slots().stream().allMatch(slot -> Files.exists(chainFile(slot)));
    }

    /** Who it is: the subject of its TLS certificate. */
    public CertificateSubject subject() throws IdentityException {
        return subjectOf(tls().chain().getFirst())
                .orElseThrow(() ->
                        new IdentityException.Malformed(chainFile(Slot.TLS) + ": its subject has no serialNumber"));
    }

    /** The roots it trusts. */
    public TrustRoots roots() throws IdentityException {
        return new TrustRoots(readRoots("device.pem"), readRoots("site.pem"), readRoots("operations.pem"));
    }

    /** Judges chains by the roots it trusts now. */
    public TrustEvaluator trust() throws IdentityException {
        return new TrustEvaluator(roots());
    }

    /** Trusts these roots from now on, instead of those before. */
    public void trust(TrustRoots roots) throws IdentityException {
        DurableFile.ownDirectory(directory.resolve("roots"));
        writeRoots("device.pem", roots.device());
        writeRoots("site.pem", roots.site());
        writeRoots("operations.pem", roots.operations());
    }

    /**
     * Installs a chain for the key in that slot.
     *
     * @throws IdentityException.Refused if its first certificate is for another key or another purpose
     */
    public void install(Slot slot, List<X509Certificate> chain) throws IdentityException {
        if (chain.isEmpty() || chain.size() > TrustEvaluator.MAX_CHAIN) {
            throw new IdentityException.Refused(
                    "a chain has 1 to " + TrustEvaluator.MAX_CHAIN + " certificates, not " + chain.size());
        }
        PublicKey key = slot.signs()
                ? element.key(slot).orElseThrow(() -> notEnrolled(slot)).publicKey()
                : element.agreementKey().orElseThrow(() -> notEnrolled(slot)).publicKey();
        Pem.writeCertificates(chainFile(slot), fitting(slot, key, chain));
    }

    KeyHandle keyOrNew(Slot slot) throws IdentityException {
        return keyOrNew(slot, KeySpec.P256);
    }

    /** The signing key in that slot; made now, of that kind, if there is none yet. */
    public KeyHandle keyOrNew(Slot slot, KeySpec spec) throws IdentityException {
        Optional<KeyHandle> known = element.key(slot);
        return known.isPresent() ? known.get() : element.generate(slot, spec);
    }

    AgreementHandle agreementOrNew() throws IdentityException {
        Optional<AgreementHandle> known = element.agreementKey();
        return known.isPresent() ? known.get() : element.generateAgreement(KeySpec.P256);
    }

    void requireRole(Role wanted) throws IdentityException.Refused {
        if (role != wanted) {
            throw new IdentityException.Refused(
                    directory + " is the identity of a " + label(role) + ", not of a " + label(wanted));
        }
    }

    static Optional<CertificateSubject> subjectOf(X509Certificate certificate) {
        return CertificateSubject.of(certificate);
    }

    private CertifiedKey certified(Slot slot) throws IdentityException {
        KeyHandle key = element.key(slot).orElseThrow(() -> notEnrolled(slot));
        return new CertifiedKey(key, fitting(slot, key.publicKey(), readChain(slot)));
    }

    private List<X509Certificate> fitting(Slot slot, PublicKey key, List<X509Certificate> chain)
            throws IdentityException {
        X509Certificate leaf = chain.getFirst();
        if (!Arrays.equals(leaf.getPublicKey().getEncoded(), key.getEncoded())) {
            throw new IdentityException.Refused(
                    "the " + slot.label() + " certificate " + CertificateSubject.display(leaf.getSubjectX500Principal())
                            + " is not for the " + slot.label() + " key in " + directory);
        }
        Purpose purpose = role.purposeOf(slot);
        try {
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages == null || !usages.containsAll(purpose.extendedKeyUsages())) {
                throw new IdentityException.Refused(
                        "the " + slot.label() + " certificate is not for " + purpose.description());
            }
        } catch (java.security.cert.CertificateParsingException e) {
            throw new IdentityException.Malformed("the " + slot.label() + " certificate's key usage cannot be read", e);
        }
        return chain;
    }

    private IdentityException.Store notEnrolled(Slot slot) {
        return new IdentityException.Store(directory + " has no " + slot.label()
                + " key with a certificate yet: enrol it with an authority first");
    }

    private List<X509Certificate> readChain(Slot slot) throws IdentityException {
        if (!Files.exists(chainFile(slot))) {
            throw notEnrolled(slot);
        }
        return Pem.readCertificates(chainFile(slot));
    }

    private List<X509Certificate> readRoots(String name) throws IdentityException {
        Path file = directory.resolve("roots").resolve(name);
        return Files.exists(file) ? Pem.readCertificates(file) : List.of();
    }

    private void writeRoots(String name, List<X509Certificate> roots) throws IdentityException {
        Path file = directory.resolve("roots").resolve(name);
        if (roots.isEmpty()) {
            DurableFile.destroy(file);
        } else {
            Pem.writeCertificates(file, roots);
        }
    }

    private Path chainFile(Slot slot) {
        return directory.resolve(slot.label() + "-chain.pem");
    }

    private static Path addressFile(Path directory) {
        return directory.resolve("element-address");
    }

    private static Path roleFile(Path directory) {
        return directory.resolve("role");
    }

    private static Optional<Role> readRole(Path directory) throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(roleFile(directory), MAX_ROLE_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(bytes.get(), StandardCharsets.US_ASCII).strip();
        for (Role role : Role.values()) {
            if (label(role).equals(text)) {
                return Optional.of(role);
            }
        }
        throw new IdentityException.Malformed(roleFile(directory) + ": not camera, recorder, person, line or operator");
    }

    private static String label(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
