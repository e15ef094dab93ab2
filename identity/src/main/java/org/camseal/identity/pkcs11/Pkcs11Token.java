package org.camseal.identity.pkcs11;

import java.nio.file.Path;
import org.camseal.identity.AssuranceLevel;

/**
 * Which token.
 *
 * @param library the PKCS#11 library of its maker
 * @param slotIndex which of the library's slots, counted from 0
 * @param assurance what its operator knows of it: nothing in PKCS#11 proves that a token is a chip
 * @param signaturesPerSecond what it can be asked for all day long, at least 1
 */
public record Pkcs11Token(Path library, int slotIndex, AssuranceLevel assurance, int signaturesPerSecond) {
    public Pkcs11Token {
        String text = library.toString();
        if (text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c == '$')) {
            throw new IllegalArgumentException("a library's path without quotes, dollars and control characters");
        }
    }

    /** What the keys made through one provider are for; nothing else. */
    enum Use {
        SIGN,
        AGREE
    }

    /** The provider's configuration: private keys with one use, which cannot be read; and derived secrets, which can. */
    String configuration(String name, Use use) {
        return """
                --name = %s
                library = "%s"
                slotListIndex = %d
                attributes(generate,CKO_PRIVATE_KEY,*) = {
                  CKA_PRIVATE = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_SIGN = %s
                  CKA_DERIVE = %s
                  CKA_DECRYPT = false
                  CKA_UNWRAP = false
                  CKA_SIGN_RECOVER = false
                }
                attributes(generate,CKO_SECRET_KEY,CKK_GENERIC_SECRET) = {
                  CKA_SENSITIVE = false
                  CKA_EXTRACTABLE = true
                }
                """.formatted(name, library, slotIndex, use == Use.SIGN, use == Use.AGREE);
    }
}
