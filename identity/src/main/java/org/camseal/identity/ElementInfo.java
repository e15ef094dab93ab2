package org.camseal.identity;

import java.util.Set;

/**
 * What an element says about itself.
 *
 * @param name what it is, for people
 * @param assurance how well it keeps keys
 * @param keySpecs the kinds of keys it can make
 */
public record ElementInfo(String name, AssuranceLevel assurance, Set<KeySpec> keySpecs) {
    public ElementInfo {
        keySpecs = Set.copyOf(keySpecs);
    }
}
