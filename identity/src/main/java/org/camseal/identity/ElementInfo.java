package org.camseal.identity;

import java.util.Set;

/**
 * What an element says about itself.
 *
 * @param name what it is, for people
 * @param assurance how well it keeps keys
 * @param keySpecs the kinds of keys it can make
 * @param abilities what it can do beside signing
 * @param signaturesPerSecond how many signatures a second it can be asked for all day long, as declared by its maker or configuration,
 *     not measured; at least 1
 */
public record ElementInfo(
        String name, AssuranceLevel assurance, Set<KeySpec> keySpecs, Set<Ability> abilities, int signaturesPerSecond) {
    /** What not every element can do. */
    public enum Ability {
        /** Keys for {@link Slot#RECIPIENT}. */
        AGREE,
        /** Statements about its keys that a stranger can check: {@link SecureElement#attest}. */
        ATTEST
    }

    public ElementInfo {
        keySpecs = Set.copyOf(keySpecs);
        abilities = Set.copyOf(abilities);
        if (signaturesPerSecond < 1) {
            throw new IllegalArgumentException("an element that signs, signs at least once a second");
        }
    }
}
