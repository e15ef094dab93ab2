package org.camseal.identity.backends;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SecureElement;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.element.ElementWorker;
import org.camseal.identity.pkcs11.Pkcs11Element;
import org.camseal.identity.pkcs11.Pkcs11Token;
import org.camseal.identity.soft.SoftElement;
import org.camseal.identity.soft.SoftLaunch;
import org.camseal.identity.tpm2.Tpm2Element;
import org.camseal.identity.tpm2.TpmAddress;

/**
 * The name of one secure element:
 *
 * <pre>
 *   files                                    keys in files, in this process (SOFTWARE)
 *   soft                                     keys in a process of their own (SOFTWARE)
 *   tpm2:/dev/tpmrm0                         a TPM 2.0; also tpm2:tcp:HOST:PORT and tpm2:unix:PATH
 *   tpm2:/dev/tpmrm0?owner-password-file=FILE   the same, whose owner has a password: it is needed to prepare it
 *   pkcs11:LIBRARY.so?slot=N&amp;pin-file=FILE   a PKCS#11 token, declared as software
 *   pkcs11:LIBRARY.so?slot=N&amp;pin-file=FILE&amp;hardware   the same, declared by its operator to be a chip
 * </pre>
 */
public sealed interface ElementAddress {
    /** Longer than the slowest chip needs for an RSA key. */
    Duration PATIENCE = Duration.ofSeconds(90);

    /** {@link SoftwareSecureElement}. */
    record Files() implements ElementAddress {}

    /** {@link SoftElement}. */
    record Soft() implements ElementAddress {}

    /**
     * {@link Tpm2Element}.
     *
     * @param ownerPasswordFile the password of the TPM's owner, in a file for its owner only; read when the element is prepared
     */
    record Tpm(TpmAddress at, Optional<Path> ownerPasswordFile) implements ElementAddress {}

    /**
     * {@link Pkcs11Element}.
     *
     * @param pinFile the user PIN, in a file for its owner only
     */
    record Pkcs11(Pkcs11Token token, Path pinFile) implements ElementAddress {}

    /**
     * Reads an address.
     *
     * @throws IdentityException.Element with {@link ElementFault#UNSUPPORTED} if it is none
     */
    static ElementAddress parse(String text) throws IdentityException.Element {
        if (text.equals(ElementOpener.FILES)) {
            return new Files();
        }
        if (text.equals("soft")) {
            return new Soft();
        }
        if (text.startsWith("tpm2:")) {
            return tpm(text);
        }
        if (text.startsWith("pkcs11:")) {
            return pkcs11(text);
        }
        throw wrong(text, "it begins with none of files, soft, tpm2:, pkcs11:");
    }

    private static ElementAddress tpm(String text) throws IdentityException.Element {
        String[] parts = text.substring("tpm2:".length()).split("\\?", 2);
        String option = "owner-password-file=";
        if (parts.length == 2 && !parts[1].startsWith(option)) {
            throw wrong(text, "behind a question mark stands owner-password-file=FILE");
        }
        return new Tpm(
                TpmAddress.parse(parts[0]),
                parts.length == 1 ? Optional.empty() : Optional.of(Path.of(parts[1].substring(option.length()))));
    }

    private static ElementAddress pkcs11(String text) throws IdentityException.Element {
        int question = text.indexOf('?');
        if (question < 0) {
            throw wrong(text, "slot and pin-file are missing behind a question mark");
        }
        int slot = 0;
        Path pinFile = null;
        AssuranceLevel assurance = AssuranceLevel.SOFTWARE;
        for (String word : text.substring(question + 1).split("&", -1)) {
            if (word.startsWith("slot=") && word.substring(5).matches("[0-9]{1,4}")) {
                slot = Integer.parseInt(word.substring(5));
            } else if (word.startsWith("pin-file=")) {
                pinFile = Path.of(word.substring(9));
            } else if (word.equals("hardware")) {
                assurance = AssuranceLevel.HARDWARE;
            } else {
                throw wrong(text, "\"" + word + "\" is none of slot=N, pin-file=FILE, hardware");
            }
        }
        if (pinFile == null) {
            throw wrong(text, "pin-file=FILE is missing");
        }
        Path library = Path.of(text.substring("pkcs11:".length(), question));
        try {
            return new Pkcs11(new Pkcs11Token(library, slot, assurance, 5), pinFile);
        } catch (IllegalArgumentException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
    }

    private static IdentityException.Element wrong(String text, String why) {
        return new IdentityException.Element(
                ElementFault.UNSUPPORTED, "\"" + text + "\" is no address of a secure element: " + why);
    }

    /** Knows all addresses. Where an element is slow or can hang, an {@link ElementWorker} is in front of it. */
    static ElementOpener opener(SecureRandom random) {
        return (text, directory) -> open(parse(text), directory, random);
    }

    /**
     * Prepares that element for keys in that directory, where this is something to be done: pins a TPM's storage root, or pairs with a
     * soft element. See {@link Tpm2Element#prepare} for why that is done in a safe place.
     */
    static void prepare(ElementAddress address, Path directory, SecureRandom random) throws IdentityException {
        DurableFile.ownDirectory(directory);
        switch (address) {
            case Files files -> SoftwareSecureElement.open(directory, random).close();
            case Soft soft -> SoftElement.prepare(directory.resolve("state"), directory.resolve("pairing"), random);
            case Tpm tpm -> prepare(tpm, directory, random);
            case Pkcs11 token -> open(token, directory, random).close();
        }
    }

    private static void prepare(Tpm tpm, Path directory, SecureRandom random) throws IdentityException {
        byte[] password = new byte[0];
        if (tpm.ownerPasswordFile().isPresent()) {
            char[] text = secret(tpm.ownerPasswordFile().get(), "owner password file");
            password = new String(text).getBytes(StandardCharsets.UTF_8);
            Arrays.fill(text, '\0');
        }
        try {
            Tpm2Element.prepare(directory, tpm.at(), password, PATIENCE, random);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** Prepares that element where this is something to be done, then opens it, whatever an identity says: for a new identity. */
    static ElementOpener preparing(ElementAddress address, SecureRandom random) {
        return (text, directory) -> {
            prepare(address, directory, random);
            return open(address, directory, random);
        };
    }

    /**
     * Opens that element, and no other.
     *
     * @throws IdentityException if it is not there, was not prepared, or is not the one that was prepared
     */
    static SecureElement open(ElementAddress address, Path directory, SecureRandom random) throws IdentityException {
        SecureElement element = switch (address) {
            case Files files -> SoftwareSecureElement.open(directory, random);
            case Soft soft ->
                worked(SoftElement.launch(
                        SoftLaunch.sameJava(directory.resolve("state"), directory.resolve("socket")),
                        directory.resolve("pairing"),
                        random));
            case Tpm tpm -> worked(Tpm2Element.open(directory, tpm.at(), PATIENCE, random));
            case Pkcs11 token -> worked(Pkcs11Element.open(token.token(), secret(token.pinFile(), "PIN file"), random));
        };
        return ElementOpener.counted(element, directory);
    }

    private static SecureElement worked(SecureElement element) {
        return new ElementWorker(element, ElementWorker.Limits.DEFAULT);
    }

    /** What is in a file for its owner only, without the end of its line. */
    private static char[] secret(Path file, String what) throws IdentityException {
        byte[] bytes = DurableFile.read(file, 256)
                .orElseThrow(() ->
                        new IdentityException.Element(ElementFault.UNAVAILABLE, "there is no " + what + " " + file));
        DurableFile.requireOwnerOnly(file, "600");
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int end = text.limit();
        while (end > 0 && Character.isWhitespace(text.get(end - 1))) {
            end--;
        }
        char[] pin = new char[end];
        text.get(pin);
        return pin;
    }
}
