package org.camseal.identity;

/** How well an element keeps its keys, from weak to strong. Shown to people as it is, never rounded up. */
public enum AssuranceLevel {
    /** Files and memory of an ordinary computer: whoever owns its operating system owns the keys. */
    SOFTWARE,
    /** Keys inside a chip that does not give them out. */
    HARDWARE
}
