package org.camseal.authority.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.camseal.identity.DurableFile;
import org.camseal.identity.EncryptedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.backends.ElementAddress;

/** Where a key of the authority is. */
public sealed interface KeyPlace {
    /**
     * In a file under a passphrase.
     *
     * @param passphraseFile its first line is the passphrase; for its owner only, and not kept beside the keys
     */
    record Encrypted(Path passphraseFile) implements KeyPlace {}

    /** In a secure element: a PKCS#11 token, a soft element ... */
    record InElement(ElementAddress address) implements KeyPlace {}

    /** Keys in one place, opened; several keys share an element. */
    final class Opened implements AutoCloseable {
        private final KeyPlace place;
        private final Path directory;
        private final SecureRandom random;
        private final Optional<SecureElement> element;

        private Opened(KeyPlace place, Path directory, SecureRandom random, Optional<SecureElement> element) {
            this.place = place;
            this.directory = directory;
            this.random = random;
            this.element = element;
        }

        /** The key in that slot; made if there is none and making is allowed. */
        public KeyHandle key(Slot slot, Wanted wanted) throws IdentityException {
            return switch (place) {
                case Encrypted(Path passphraseFile) -> inFile(passphraseFile, slot, wanted);
                case InElement _ -> inElement(element.orElseThrow(), slot, wanted);
            };
        }

        private KeyHandle inFile(Path passphraseFile, Slot slot, Wanted wanted) throws IdentityException {
            char[] passphrase = passphrase(passphraseFile);
            try {
                Path file = directory.resolve(slot.label() + "-key.pem");
                return switch (wanted) {
                    case Wanted.OrNew(KeySpec spec)
                    when !Files.exists(file) -> EncryptedKey.create(file, slot, spec, passphrase, random);
                    case Wanted.OrNew _, Wanted.Known _ -> EncryptedKey.open(file, slot, passphrase, random);
                };
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }

        private KeyHandle inElement(SecureElement open, Slot slot, Wanted wanted) throws IdentityException {
            Optional<KeyHandle> known = open.key(slot);
            if (known.isPresent()) {
                return known.get();
            }
            return switch (wanted) {
                case Wanted.OrNew(KeySpec spec) -> open.generate(slot, spec);
                case Wanted.Known _ ->
                    throw new IdentityException.Store(
                            "there is no " + slot.label() + " key in the element of " + directory);
            };
        }

        @Override
        public void close() {
            element.ifPresent(SecureElement::close);
        }
    }

    /**
     * Opens the keys of a directory.
     *
     * @param preparation whether an element that is not prepared for this directory is prepared now
     */
    default Opened open(Path directory, Preparation preparation, SecureRandom random) throws IdentityException {
        return switch (this) {
            case Encrypted _ -> {
                DurableFile.ownDirectory(directory);
                yield new Opened(this, directory, random, Optional.empty());
            }
            case InElement(ElementAddress address) -> {
                if (preparation == Preparation.IF_NEW && !Files.exists(directory)) {
                    ElementAddress.prepare(address, directory, random);
                }
                yield new Opened(this, directory, random, Optional.of(ElementAddress.open(address, directory, random)));
            }
        };
    }

    /** Whether an element may be prepared: only in a ceremony, where nobody is between this program and the element. */
    enum Preparation {
        NEVER,
        IF_NEW
    }

    /** Whether a key may be made. */
    sealed interface Wanted {
        /** It must be there. */
        record Known() implements Wanted {}

        /** It is made if it is not there. */
        record OrNew(KeySpec spec) implements Wanted {}
    }

    private static char[] passphrase(Path file) throws IdentityException {
        byte[] bytes = DurableFile.read(file, 4096)
                .orElseThrow(() -> new IdentityException.Store("there is no passphrase file " + file));
        DurableFile.requireOwnerOnly(file, "600");
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int end = 0;
        while (end < text.limit() && text.get(end) != '\n' && text.get(end) != '\r') {
            end++;
        }
        char[] passphrase = new char[end];
        text.get(passphrase);
        Arrays.fill(text.array(), '\0');
        return passphrase;
    }
}
