package org.camseal.authority.registration;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camseal.identity.KeySpec;

/** Which kinds of keys an order allows. */
final class KeyRule {
    private KeyRule() {}

    /** The kind of a key; empty if it is none that is made here. */
    static Optional<KeySpec> kindOf(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                switch (ec.getParams().getCurve().getField().getFieldSize()) {
                    case 256 -> Optional.of(KeySpec.P256);
                    case 384 -> Optional.of(KeySpec.P384);
                    default -> Optional.empty();
                };
            case RSAPublicKey rsa ->
                switch (rsa.getModulus().bitLength()) {
                    case 2048 -> Optional.of(KeySpec.RSA2048);
                    case 3072 -> Optional.of(KeySpec.RSA3072);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /** What is wrong with a key; empty if the order allows it. */
    static Optional<String> objection(PublicKey key, Set<KeySpec> allowed) {
        Optional<KeySpec> kind = kindOf(key);
        if (kind.isPresent() && allowed.contains(kind.get())) {
            return Optional.empty();
        }
        return Optional.of("a key of kind " + kind.map(KeySpec::name).orElse(key.getAlgorithm() + " of another size")
                + "; the order allows "
                + allowed.stream().map(KeySpec::name).sorted().collect(Collectors.joining(", ")));
    }
}
