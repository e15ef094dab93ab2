package org.camseal.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Opens the element that an identity says its keys are in. An identity says so by an address: {@link #FILES}, or what
 * {@code ElementAddress} in {@code backends} knows. No opener ever opens another element than the one that is said.
 */
@FunctionalInterface
public interface ElementOpener {
    /** The address of the element made of files: {@link SoftwareSecureElement}. */
    String FILES = "files";

    /**
     * Opens it.
     *
     * @param address which element
     * @param directory where that element keeps what it must keep outside itself, for its owner only
     * @throws IdentityException if it cannot be opened, or with {@link ElementFault#UNSUPPORTED} if this opener knows no such address
     */
    SecureElement open(String address, Path directory) throws IdentityException;

    /** As elements are given to programs: counted, in the directory that is the element's. */
    static SecureElement counted(SecureElement element, Path directory) {
        return new CountedElement(
                element, new SignatureCounts(directory, SignatureCounts.DEFAULT_PER_DAY, InstantSource.system()));
    }

    /** Knows the element made of files, and refuses every other. */
    static ElementOpener filesOnly(SecureRandom random) {
        return (address, directory) -> {
            if (!address.equals(FILES)) {
                throw new IdentityException.Element(
                        ElementFault.UNSUPPORTED,
                        "the keys beside " + directory + " are in the element " + address
                                + ", which this program does not open");
            }
            return counted(SoftwareSecureElement.open(directory, random), directory);
        };
    }
}
