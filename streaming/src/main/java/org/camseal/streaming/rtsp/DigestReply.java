package org.camseal.streaming.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalInt;
import org.camseal.streaming.Login;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The login that answers a Digest challenge (RFC 7616 section 3.4).
 *
 * @param response of the client, in hexadecimal
 * @param round nonce count and client nonce of qop=auth; null where the reply is without qop, as RFC 2069 had it
 */
public record DigestReply(
        String user,
        String realm,
        String nonce,
        String uri,
        DigestAlgorithm algorithm,
        String response,
        @Nullable Round round) {

    /**
     * What qop=auth adds.
     *
     * @param count how often the nonce has been used, from 1; eight hexadecimal digits in the header
     */
    public record Round(int count, String clientNonce) {
        String hex() {
            return String.format("%08x", count);
        }
    }

    /** The reply of a login to a challenge for one request. */
    public static DigestReply compute(
            DigestAlgorithm algorithm,
            Login login,
            String realm,
            String nonce,
            RtspMessage.Request request,
            @Nullable Round round) {
        DigestSecret secret = DigestSecret.of(algorithm, login, realm);
        String response = response(algorithm, secret, nonce, request.method(), request.uri(), round);
        return new DigestReply(login.user(), realm, nonce, request.uri(), algorithm, response, round);
    }

    private static String response(
            DigestAlgorithm algorithm,
            DigestSecret secret,
            String nonce,
            String method,
            String uri,
            @Nullable Round round) {
        String a2 = algorithm.hash(method + ":" + uri);
        String middle = round == null ? "" : round.hex() + ":" + round.clientNonce() + ":auth:";
        return algorithm.hash(secret.hex() + ":" + nonce + ":" + middle + a2);
    }

    /** True where the reply is what this login gives for this method; takes the same time whatever differs. */
    public boolean isOf(Login login, String method) {
        return isOf(DigestSecret.of(algorithm, login, realm), method);
    }

    /** The same for a login of which only the secret is kept; of the reply's algorithm. */
    public boolean isOf(DigestSecret secret, String method) {
        String expected = response(algorithm, secret, nonce, method, uri, round);
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), response.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads an Authorization header of the scheme Digest.
     *
     * @throws ProtocolException naming the missing or unknown parameter, never a value
     */
    public static DigestReply parse(AuthScheme scheme) throws ProtocolException {
        DigestAlgorithm algorithm = DigestAlgorithm.of(scheme.parameter("algorithm"))
                .orElseThrow(() -> new ProtocolException("Digest login with an unknown algorithm"));
        return new DigestReply(
                needed(scheme, "username"),
                needed(scheme, "realm"),
                needed(scheme, "nonce"),
                needed(scheme, "uri"),
                algorithm,
                needed(scheme, "response"),
                round(scheme));
    }

    private static @Nullable Round round(AuthScheme scheme) throws ProtocolException {
        Optional<String> qop = scheme.parameter("qop");
        if (qop.isEmpty()) {
            return null;
        }
        String count = needed(scheme, "nc");
        OptionalInt number = hexadecimal(count);
        if (!qop.get().equalsIgnoreCase("auth") || number.isEmpty()) {
            throw new ProtocolException("Digest login with qop other than auth, or nc not of eight hexadecimal digits");
        }
        return new Round(number.getAsInt(), needed(scheme, "cnonce"));
    }

    private static OptionalInt hexadecimal(String text) {
        boolean valid = text.length() == 8 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80);
        return valid && text.charAt(0) < '8' ? OptionalInt.of(Integer.parseInt(text, 16)) : OptionalInt.empty();
    }

    private static String needed(AuthScheme scheme, String name) throws ProtocolException {
        return scheme.parameter(name)
                .orElseThrow(() -> new ProtocolException("Digest login without " + name + " (RFC 7616 section 3.4)"));
    }

    /** The value of the Authorization header. Texts hold no quotes: {@link Login} and the challenge see to that. */
    public String toHeader() {
        String header = "Digest username=\"" + user + "\", realm=\"" + escaped(realm) + "\", nonce=\"" + escaped(nonce)
                + "\", uri=\"" + uri + "\", algorithm=" + algorithm.token() + ", response=\"" + response + "\"";
        return round == null
                ? header
                : header + ", qop=auth, nc=" + round.hex() + ", cnonce=\"" + round.clientNonce() + "\"";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** The user alone. */
    @Override
    public String toString() {
        return "Digest login of " + user;
    }
}
