package org.camseal.identity.pkcs11;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.IdentityException;
import org.camseal.peers.SoftHsmToken;

/** A token of SoftHSM, opened as this library opens tokens. */
final class SoftHsm {
    static final Path LIBRARY = SoftHsmToken.LIBRARY;
    static final char[] PIN = SoftHsmToken.PIN.toCharArray();

    private SoftHsm() {}

    static void require() {
        SoftHsmToken.require();
    }

    static void prepare(Path directory) throws Exception {
        SoftHsmToken.prepare(directory);
    }

    static Pkcs11Token token() {
        return new Pkcs11Token(LIBRARY, 0, AssuranceLevel.SOFTWARE, 100);
    }

    static Pkcs11Element open() throws IdentityException {
        return Pkcs11Element.open(token(), PIN, new SecureRandom());
    }
}
