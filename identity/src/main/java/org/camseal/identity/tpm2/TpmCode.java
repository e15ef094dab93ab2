package org.camseal.identity.tpm2;

import java.util.Locale;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/**
 * A response code (part 1, section 39.4; part 2, section 6.6): what the TPM says of a command.
 *
 * @param value as it came
 */
record TpmCode(int value) {
    private static final int FORMAT_ONE = 0x80;

    boolean isSuccess() {
        return value == 0;
    }

    /** TPM_RC_RETRY, YIELDED, TESTING: the command was not done and may be sent again as it is. */
    boolean asksToResend() {
        return value == 0x922 || value == 0x908 || value == 0x90a;
    }

    /** TPM_RC_INITIALIZE: nobody has sent TPM2_Startup since power came. */
    boolean asksForStartup() {
        return value == 0x100;
    }

    /** A handle that is not there any more: the TPM was reset, and with it went sessions and loaded keys. */
    boolean tellsOfReset() {
        boolean missingReference = value >= 0x910 && value <= 0x91e;
        boolean unknownHandle = isFormatOne() && (error() == 0x0b || error() == 0x04) && (value & 0x40) == 0;
        return missingReference || unknownHandle;
    }

    private boolean isFormatOne() {
        return (value & FORMAT_ONE) != 0;
    }

    private int error() {
        return isFormatOne() ? value & 0x3f : value & 0x7f;
    }

    ElementFault fault() {
        if (isFormatOne()) {
            return switch (error()) {
                case 0x0e ->
                    ElementFault.WRONG_AUTHORISATION; // TPM_RC_AUTH_FAIL: of what is protected against guessing
                // TPM_RC_BAD_AUTH: our keys' authorisations are random and stored with a digest, so it is the wire that
                // is wrong
                case 0x22 -> ElementFault.TAMPERED;
                case 0x1f -> ElementFault.FOREIGN; // TPM_RC_INTEGRITY
                case 0x03, 0x0a, 0x12, 0x16, 0x26 -> ElementFault.UNSUPPORTED; // HASH, TYPE, SCHEME, SYMMETRIC, CURVE
                default -> ElementFault.FAILED;
            };
        }
        return switch (value) {
            case 0x921 -> ElementFault.LOCKED_OUT;
            case 0x902, 0x903, 0x904, 0x905, 0x906, 0x922 -> ElementFault.BUSY;
            case 0x100, 0x101 -> ElementFault.UNAVAILABLE; // TPM_RC_INITIALIZE, TPM_RC_FAILURE
            case 0x143 -> ElementFault.UNSUPPORTED; // TPM_RC_COMMAND_CODE
            default -> ElementFault.FAILED;
        };
    }

    /** The code as people search for it, with the TPM's own name where it is one of those that happen. */
    String text() {
        String name = isFormatOne() ? formatOneName() : formatZeroName();
        String place = "";
        if (isFormatOne()) {
            int number = value >>> 8 & 0xf;
            if ((value & 0x40) != 0) {
                place = ", parameter " + number;
            } else {
                place = number >= 8 ? ", session " + (number - 8) : number > 0 ? ", handle " + number : "";
            }
        }
        return String.format(Locale.ROOT, "0x%03x%s%s", value, name, place);
    }

    private String formatOneName() {
        return switch (error()) {
            case 0x02 -> " TPM_RC_ATTRIBUTES";
            case 0x03 -> " TPM_RC_HASH";
            case 0x04 -> " TPM_RC_VALUE";
            case 0x0b -> " TPM_RC_HANDLE";
            case 0x0e -> " TPM_RC_AUTH_FAIL";
            case 0x12 -> " TPM_RC_SCHEME";
            case 0x15 -> " TPM_RC_SIZE";
            case 0x1a -> " TPM_RC_INSUFFICIENT";
            case 0x1d -> " TPM_RC_POLICY_FAIL";
            case 0x1f -> " TPM_RC_INTEGRITY";
            case 0x22 -> " TPM_RC_BAD_AUTH";
            case 0x26 -> " TPM_RC_CURVE";
            default -> "";
        };
    }

    private String formatZeroName() {
        return switch (value) {
            case 0x100 -> " TPM_RC_INITIALIZE";
            case 0x101 -> " TPM_RC_FAILURE";
            case 0x124 -> " TPM_RC_AUTH_TYPE";
            case 0x142 -> " TPM_RC_COMMAND_SIZE";
            case 0x143 -> " TPM_RC_COMMAND_CODE";
            case 0x144 -> " TPM_RC_AUTHSIZE";
            case 0x902 -> " TPM_RC_OBJECT_MEMORY";
            case 0x903 -> " TPM_RC_SESSION_MEMORY";
            case 0x905 -> " TPM_RC_SESSION_HANDLES";
            case 0x910 -> " TPM_RC_REFERENCE_H0";
            case 0x918 -> " TPM_RC_REFERENCE_S0";
            case 0x921 -> " TPM_RC_LOCKOUT";
            case 0x922 -> " TPM_RC_RETRY";
            default -> "";
        };
    }

    IdentityException.Element toFault(String command) {
        return new IdentityException.Element(fault(), "the TPM refused " + command + " with " + text());
    }
}
