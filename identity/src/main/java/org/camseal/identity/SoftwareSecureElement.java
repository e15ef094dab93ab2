package org.camseal.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A secure element made of files: one PKCS#8 file per slot, mode 0600, in a directory of mode 0700.
 *
 * <p>It keeps its word about its interface (no private bytes in any answer, no import, no export, purpose-bound slots, durable writes),
 * and nothing more: whoever owns the operating system, a backup or the disk has the keys. It says so: its assurance is
 * {@link AssuranceLevel#SOFTWARE}. Destroying overwrites a file as far as the file system allows; journals and flash may keep copies.
 */
public final class SoftwareSecureElement implements SecureElement {
    /** RSA with 3072 bits on a small camera's processor; elliptic curves are far quicker. */
    private static final int SIGNATURES_PER_SECOND = 50;

    private final Path directory;
    private final SecureRandom random;
    private final Map<Slot, SoftwareKey> keys = new EnumMap<>(Slot.class);

    private SoftwareSecureElement(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /**
     * Opens the element in that directory, which is made if it is not there.
     *
     * @throws IdentityException if the directory cannot be made, or others than its owner may enter it
     */
    public static SoftwareSecureElement open(Path directory, SecureRandom random) throws IdentityException {
        DurableFile.ownDirectory(directory);
        return new SoftwareSecureElement(directory, random);
    }

    @Override
    public ElementInfo info() {
        return new ElementInfo(
                "software element",
                AssuranceLevel.SOFTWARE,
                EnumSet.allOf(KeySpec.class),
                Set.of(ElementInfo.Ability.AGREE),
                SIGNATURES_PER_SECOND);
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        requireSigning(slot);
        return make(slot, spec).signing();
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        requireSigning(slot);
        return find(slot).map(SoftwareKey::signing);
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        if (!spec.agrees()) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED, "a " + spec + " key cannot agree on secrets: choose P256");
        }
        return make(Slot.RECIPIENT, spec).agreement();
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return find(Slot.RECIPIENT).map(SoftwareKey::agreement);
    }

    @Override
    public void destroy(Slot slot) throws IdentityException {
        synchronized (keys) {
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
                lock.removeHalfWritten();
                DurableFile.destroy(file(slot));
            }
            SoftwareKey key = keys.remove(slot);
            if (key != null) {
                key.forget();
            }
        }
    }

    private SoftwareKey make(Slot slot, KeySpec spec) throws IdentityException {
        synchronized (keys) {
            try (DirectoryLock lock = DirectoryLock.take(directory)) {
                lock.removeHalfWritten();
                if (Files.exists(file(slot))) {
                    throw new IdentityException.Element(
                            ElementFault.SLOT_TAKEN,
                            directory + " already has a " + slot.label()
                                    + " key; destroy it first if it shall be replaced");
                }
                SoftwareKey.KeyPairOf pair = newPair(spec, random);
                KeyFile.write(file(slot), pair);
                SoftwareKey key = new SoftwareKey(slot, pair, random);
                keys.put(slot, key);
                return key;
            } catch (GeneralSecurityException e) {
                throw new IdentityException.Element("this Java platform cannot make a " + spec + " key", e);
            }
        }
    }

    private Optional<SoftwareKey> find(Slot slot) throws IdentityException {
        synchronized (keys) {
            SoftwareKey known = keys.get(slot);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<SoftwareKey> read =
                    KeyFile.read(file(slot), random).map(pair -> new SoftwareKey(slot, pair, random));
            read.ifPresent(key -> keys.put(slot, key));
            return read;
        }
    }

    static SoftwareKey.KeyPairOf newPair(KeySpec spec, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.jcaName());
        switch (spec) {
            case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            case P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"), random);
            case RSA2048 -> generator.initialize(2048, random);
            case RSA3072 -> generator.initialize(3072, random);
        }
        KeyPair pair = generator.generateKeyPair();
        return new SoftwareKey.KeyPairOf(spec, pair.getPublic(), pair.getPrivate());
    }

    private Path file(Slot slot) {
        return directory.resolve(slot.label() + "-key.pem");
    }

    private static void requireSigning(Slot slot) {
        if (!slot.signs()) {
            throw new IllegalArgumentException("the " + slot.label() + " key agrees, it does not sign");
        }
    }

    @Override
    public String toString() {
        return "software element in " + directory;
    }
}
