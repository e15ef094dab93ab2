package org.camseal.cli.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.seal.RecipientKey;
import org.camseal.seal.SealException;
import org.camseal.viewer.ElementRecipientKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --identity} or {@code --key} with {@code --cert}: with which key grants are opened. */
final class KeyOptions {
    private static final int MAX_KEY_FILE_BYTES = 64 * 1024;
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    @Option(
            names = "--identity",
            paramLabel = "DIR",
            description = "The directory of a person's identity, as made by camseal; its key stays in its element.")
    private @Nullable Path identity;

    @Option(names = "--key", paramLabel = "KEY.pem", description = "A private key in PKCS#8 PEM, EC P-256 or RSA.")
    private @Nullable Path key;

    @Option(names = "--cert", paramLabel = "CERT.pem", description = "The certificate of --key.")
    private @Nullable Path certificate;

    /** True if any key was named. */
    boolean isGiven() {
        return identity != null || key != null || certificate != null;
    }

    RecipientKey recipientKey() throws IdentityException, CommandFailure, IOException {
        if (identity != null && key == null) {
            return new ElementRecipientKey(Identity.open(identity, ElementAddress.opener(new SecureRandom()))
                    .recipient()
                    .key());
        }
        if (identity == null && key != null && certificate != null) {
            X509Certificate own = Pem.readCertificates(certificate).getFirst();
            try {
                return RecipientKey.of(privateKey(key, own.getPublicKey().getAlgorithm()), own.getPublicKey());
            } catch (SealException e) {
                throw new CommandFailure(ExitCode.KEY, Fault.oneLine(e.getMessage()), null, e);
            }
        }
        throw new CommandFailure(
                ExitCode.USAGE, "which key? --identity DIR, or --key KEY.pem with --cert CERT.pem, expected", null);
    }

    /** Nothing of the file's content goes into a message. */
    private static PrivateKey privateKey(Path file, String algorithm) throws CommandFailure, IOException {
        if (Files.size(file) > MAX_KEY_FILE_BYTES) {
            throw new CommandFailure(ExitCode.KEY, file + ": too large for a private key in PEM", null);
        }
        Matcher matcher = PKCS8.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new CommandFailure(
                    ExitCode.KEY,
                    file + ": no PKCS#8 private key in it (BEGIN PRIVATE KEY)",
                    "openssl pkcs8 -topk8 -nodes -in KEY -out KEY.pem converts other forms");
        }
        byte[] der = new byte[0];
        try {
            der = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.KEY, file + ": not a private key of the certificate's kind (" + algorithm + ")", null);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }
}
