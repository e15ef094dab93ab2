package org.camseal.onvif.login;

/** What kind of user somebody is (ONVIF Core Specification, section "User levels"). */
public enum UserLevel {
    ADMINISTRATOR("Administrator"),
    OPERATOR("Operator"),
    USER("User");

    private final String word;

    UserLevel(String word) {
        this.word = word;
    }

    /** As it stands in messages. */
    public String word() {
        return word;
    }
}
