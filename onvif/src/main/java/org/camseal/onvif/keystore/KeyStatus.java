package org.camseal.onvif.keystore;

/** How far a key is (ONVIF Security Service Specification, section "Keys"). */
public enum KeyStatus {
    /** It can be used. */
    OK("ok"),
    /** The element is making it. */
    GENERATING("generating"),
    /** The element did not make it; only deleting helps. */
    CORRUPT("corrupt");

    private final String word;

    KeyStatus(String word) {
        this.word = word;
    }

    /** As it stands in messages. */
    public String word() {
        return word;
    }
}
