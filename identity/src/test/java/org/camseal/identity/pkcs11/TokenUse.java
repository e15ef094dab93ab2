package org.camseal.identity.pkcs11;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;

/**
 * A program of its own that tries PINs one after the other, signs with the token's media key, which it makes if there
 * is none, and then waits for its end.
 */
final class TokenUse {
    private TokenUse() {}

    public static void main(String[] arguments) throws Exception {
        Pkcs11Token token = new Pkcs11Token(Path.of(arguments[0]), 0, AssuranceLevel.SOFTWARE, 5);
        for (String pin : arguments[1].split(",")) {
            use(token, pin.toCharArray());
        }
        System.out.println("DONE");
        System.in.read(); // until it is killed
    }

    private static void use(Pkcs11Token token, char[] pin) throws IdentityException {
        try {
            Pkcs11Element element = Pkcs11Element.open(token, pin, new SecureRandom());
            boolean known = element.key(Slot.MEDIA).isPresent();
            KeyHandle key = known ? element.key(Slot.MEDIA).orElseThrow() : element.generate(Slot.MEDIA, KeySpec.P256);
            byte[] message = {1};
            boolean right = SlotHandle.verifies(key.publicKey(), key.algorithm(), message, key.sign(message));
            System.out.println(right ? known ? "SIGNED AGAIN" : "SIGNED" : "WRONG");
        } catch (IdentityException.Element e) {
            System.out.println("REFUSED " + e.fault() + " " + e.getMessage());
        }
    }
}
