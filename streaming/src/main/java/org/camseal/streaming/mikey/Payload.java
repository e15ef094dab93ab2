package org.camseal.streaming.mikey;

/** Numbers of RFC 3830 section 6, and of the registries that go on from it. */
final class Payload {
    static final int VERSION = 1;

    // Section 6.1: data type, and the map of crypto sessions.
    static final int PSK_INIT = 0;
    static final int SRTP_ID = 0;

    // Section 6.1: which payload is next.
    static final int LAST = 0;
    static final int KEMAC = 1;
    static final int TIMESTAMP = 5;
    static final int ID = 6;
    static final int SECURITY_POLICY = 10;
    static final int RAND = 11;

    // Section 6.6: kinds of timestamps.
    static final int NTP_UTC = 0;
    static final int NTP = 1;
    static final int COUNTER = 2;

    // Sections 6.2 and 6.10.
    static final int NULL_ENCRYPTION = 0;
    static final int NULL_MAC = 0;
    static final int SRTP = 0;

    // Section 6.13: types of key data, and of their validity.
    static final int TEK = 2;
    static final int TEK_AND_SALT = 3;
    static final int NO_VALIDITY = 0;
    static final int SPI = 1;

    private Payload() {}
}
