package org.camseal.streaming.rtsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camseal.streaming.ProtocolException;

/**
 * A challenge of WWW-Authenticate or the login of Authorization: a scheme and its parameters (RFC 9110 section 11).
 *
 * @param name in lower case, such as {@code digest}
 * @param parameters by name in lower case, values without their quotes
 * @param token what stands in place of parameters, as in Basic; else empty
 */
public record AuthScheme(String name, Map<String, String> parameters, String token) {
    private static final int MAX_PARAMETERS = 64;

    public AuthScheme {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> parameter(String parameterName) {
        return Optional.ofNullable(parameters.get(parameterName));
    }

    /** The scheme alone: parameters are a login. */
    @Override
    public String toString() {
        return name;
    }

    /**
     * The schemes of one header value, in order; a header may hold several challenges.
     *
     * @throws ProtocolException where a quoted string does not end, or there are more than 64 parameters; the value is not repeated
     */
    public static List<AuthScheme> parse(String header) throws ProtocolException {
        return new Scanner(header).schemes();
    }

    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        List<AuthScheme> schemes() throws ProtocolException {
            List<AuthScheme> schemes = new ArrayList<>();
            String name = null;
            String token = "";
            Map<String, String> parameters = new LinkedHashMap<>();
            int count = 0;
            while (skipSeparators()) {
                if (++count > MAX_PARAMETERS) {
                    throw new ProtocolException("login header of more than " + MAX_PARAMETERS + " parameters");
                }
                String word = word();
                if (name != null && at < text.length() && text.charAt(at) == '=' && !isPadding()) {
                    at++;
                    parameters.put(word.toLowerCase(Locale.ROOT), value());
                } else if (name != null && parameters.isEmpty() && token.isEmpty() && !startsParameters()) {
                    token = word + padding();
                } else {
                    if (name != null) {
                        schemes.add(new AuthScheme(name, parameters, token));
                    }
                    name = word.toLowerCase(Locale.ROOT);
                    token = "";
                    parameters = new LinkedHashMap<>();
                }
            }
            if (name != null) {
                schemes.add(new AuthScheme(name, parameters, token));
            }
            return schemes;
        }

        private boolean skipSeparators() {
            while (at < text.length()
                    && (text.charAt(at) == ' ' || text.charAt(at) == ',' || text.charAt(at) == '\t')) {
                at++;
            }
            return at < text.length();
        }

        private String word() throws ProtocolException {
            int start = at;
            while (at < text.length() && " ,=\t\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            if (at == start) {
                throw new ProtocolException("login header: a name expected at character " + at);
            }
            String word = text.substring(start, at);
            int behind = at;
            while (behind < text.length() && text.charAt(behind) == ' ') {
                behind++;
            }
            if (behind < text.length() && text.charAt(behind) == '=') { // blanks around "=" are bad, but seen
                at = behind;
            }
            return word;
        }

        /** True for "=" at the end of a Basic login, as base64 has it. */
        private boolean isPadding() {
            int behind = at;
            while (behind < text.length() && text.charAt(behind) == '=') {
                behind++;
            }
            return behind == text.length() || (behind - at == 2);
        }

        private String padding() {
            int start = at;
            while (at < text.length() && text.charAt(at) == '=') {
                at++;
            }
            return text.substring(start, at);
        }

        /** True where the word just read is a new scheme: another word follows without a comma. */
        private boolean startsParameters() {
            return at + 1 < text.length() && text.charAt(at) == ' ' && text.charAt(at + 1) != ',';
        }

        private String value() throws ProtocolException {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at >= text.length() || text.charAt(at) != '"') {
                int start = at;
                while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ' ') {
                    at++;
                }
                return text.substring(start, at);
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                value.append(c);
            }
            throw new ProtocolException("login header: a quoted text does not end (RFC 9110 section 5.6.4)");
        }
    }
}
