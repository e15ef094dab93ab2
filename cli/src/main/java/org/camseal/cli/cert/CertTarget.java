package org.camseal.cli.cert;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.TlsLook;

/** Where a certificate to be explained is: in a file, or at a TLS server. */
sealed interface CertTarget {
    /** Longer than a camera with a slow element needs for a handshake. */
    Duration PATIENCE = Duration.ofSeconds(15);

    /** RFC 7826 section 20.3: rtsps. */
    int RTSPS_PORT = 322;

    int HTTPS_PORT = 443;
    Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/@\\s]+):([0-9]{1,5})");

    /** PEM, leaf first, or one certificate as DER. */
    record InFile(Path file) implements CertTarget {}

    /** Whoever answers there with TLS. */
    record AtServer(String host, int port) implements CertTarget {}

    static CertTarget parse(String text) throws CommandFailure {
        if (Files.exists(Path.of(text))) {
            return new InFile(Path.of(text));
        }
        int scheme = text.indexOf("://");
        if (scheme > 0) {
            return url(text, text.substring(0, scheme).toLowerCase(Locale.ROOT));
        }
        Matcher server = HOST_AND_PORT.matcher(text);
        if (server.matches()) {
            return at(server.group(1), Integer.parseInt(server.group(2)));
        }
        throw new CommandFailure(
                ExitCode.IO, "there is no file " + text, "a server is named HOST:PORT, https://HOST or rtsps://HOST");
    }

    private static CertTarget url(String text, String scheme) throws CommandFailure {
        int port = switch (scheme) {
            case "https", "wss" -> HTTPS_PORT;
            case "rtsps" -> RTSPS_PORT;
            case "http", "rtsp", "ws" ->
                throw new CommandFailure(
                        ExitCode.USAGE,
                        scheme + " has no TLS, so nobody there shows a certificate",
                        "try " + scheme + "s");
            default ->
                throw new CommandFailure(
                        ExitCode.USAGE, "\"" + scheme + "\" is none of https, rtsps, wss", "or give HOST:PORT");
        };
        try {
            URI uri = URI.create(text);
            if (uri.getHost() == null) {
                throw new CommandFailure(ExitCode.USAGE, "there is no host in \"" + scheme + "://…\"", null);
            }
            return at(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "that is no address: " + scheme + "://…", null, e);
        }
    }

    private static CertTarget at(String host, int port) throws CommandFailure {
        if (port < 1 || port > 65535) {
            throw new CommandFailure(ExitCode.USAGE, "port " + port + " is not 1 to 65535", null);
        }
        boolean literal = host.startsWith("[") && host.endsWith("]");
        return new AtServer(literal ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Reads it, or asks the server for it. */
    default Shown shown() throws IOException, IdentityException {
        return switch (this) {
            case InFile(Path file) -> Shown.inFile(read(file));
            case AtServer(String host, int port) -> TlsLook.at(host, port, PATIENCE);
        };
    }

    private static List<java.security.cert.X509Certificate> read(Path file) throws IdentityException {
        Optional<byte[]> bytes = DurableFile.read(file, Pem.MAX_BYTES);
        if (bytes.isEmpty()) {
            throw new IdentityException.Store("there is no file " + file);
        }
        int derSequence = 0x30;
        return bytes.get().length > 0 && bytes.get()[0] == derSequence
                ? List.of(Pem.certificate(bytes.get(), file.toString()))
                : Pem.certificates(new String(bytes.get(), StandardCharsets.ISO_8859_1), file.toString());
    }

    /** As people name it; never a password that was in an address. */
    default String text() {
        return switch (this) {
            case InFile(Path file) -> file.toString();
            case AtServer(String host, int port) -> (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        };
    }
}
