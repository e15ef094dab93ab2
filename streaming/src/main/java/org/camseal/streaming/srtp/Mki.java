package org.camseal.streaming.srtp;

import java.util.HexFormat;

/**
 * A master key identifier (RFC 3711 section 3.1): stands in each packet and says under which master key it is. Nothing secret.
 *
 * @param hex 1 to 32 bytes in lower-case hexadecimal digits
 */
public record Mki(String hex) {
    private static final int MOST_BYTES = 32;

    public Mki {
        if (!hex.matches("([0-9a-f]{2}){1," + MOST_BYTES + "}")) {
            throw new IllegalArgumentException("a master key identifier of 1 to " + MOST_BYTES + " bytes expected");
        }
    }

    /** Of 1 to 32 bytes. */
    public static Mki of(byte[] bytes) {
        return new Mki(HexFormat.of().formatHex(bytes));
    }

    /** Of the four bytes of a number, as ONVIF has it. */
    public static Mki of(int number) {
        return new Mki(HexFormat.of().toHexDigits(number));
    }

    /** Its bytes, a copy. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** 1 to 32. */
    public int length() {
        return hex.length() / 2;
    }
}
