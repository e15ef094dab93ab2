package org.camseal.identity.pkcs11;

import java.util.Locale;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/** What a token's error codes (PKCS#11 base specification, CKR_...) mean here. */
final class Pkcs11Fault {
    private static final int MAX_CAUSES = 10;

    private Pkcs11Fault() {}

    static IdentityException.Element of(String doing, Throwable thrown) {
        String code = code(thrown);
        String seen = code.isEmpty() ? thrown.getClass().getSimpleName() + " " + thrown.getMessage() : code;
        return new IdentityException.Element(fault(code), "the token refused " + doing + " with " + seen, thrown);
    }

    static ElementFault fault(String code) {
        return switch (code) {
            case "CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE", "CKR_PIN_EXPIRED" ->
                ElementFault.WRONG_AUTHORISATION;
            case "CKR_PIN_LOCKED" -> ElementFault.LOCKED_OUT;
            case "CKR_HOST_MEMORY", "CKR_DEVICE_MEMORY", "CKR_SESSION_COUNT" -> ElementFault.BUSY;
            case "CKR_KEY_HANDLE_INVALID", "CKR_OBJECT_HANDLE_INVALID" -> ElementFault.NO_KEY;
            case "CKR_MECHANISM_INVALID",
                    "CKR_MECHANISM_PARAM_INVALID",
                    "CKR_KEY_SIZE_RANGE",
                    "CKR_KEY_FUNCTION_NOT_PERMITTED",
                    "CKR_FUNCTION_NOT_SUPPORTED",
                    "CKR_TEMPLATE_INCONSISTENT",
                    "CKR_ATTRIBUTE_VALUE_INVALID",
                    "CKR_CURVE_NOT_SUPPORTED" -> ElementFault.UNSUPPORTED;
            case "CKR_TOKEN_NOT_PRESENT",
                    "CKR_TOKEN_NOT_RECOGNIZED",
                    "CKR_DEVICE_REMOVED",
                    "CKR_DEVICE_ERROR",
                    "CKR_SLOT_ID_INVALID",
                    "CKR_CRYPTOKI_NOT_INITIALIZED",
                    "CKR_SESSION_HANDLE_INVALID",
                    "CKR_SESSION_CLOSED",
                    "CKR_USER_NOT_LOGGED_IN" -> ElementFault.UNAVAILABLE;
            default -> ElementFault.FAILED;
        };
    }

    /** The token's own code, from wherever the provider has put it; empty if there is none. */
    static String code(Throwable thrown) {
        @Nullable Throwable now = thrown;
        for (int i = 0; now != null && i < MAX_CAUSES; i++) {
            String message = String.valueOf(now.getMessage());
            int start = message.indexOf("CKR_");
            if (start >= 0) {
                int end = start;
                while (end < message.length()
                        && (Character.isUpperCase(message.charAt(end))
                                || message.charAt(end) == '_'
                                || Character.isDigit(message.charAt(end)))) {
                    end++;
                }
                return message.substring(start, end).toUpperCase(Locale.ROOT);
            }
            now = now.getCause();
        }
        return "";
    }
}
