package org.camseal.bench.streaming;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.camseal.bench.BenchException;

/**
 * A key with a self-signed certificate that lives as long as a measurement, in a file that both servers read.
 *
 * @param file PKCS #12
 * @param passphrase drawn anew each time
 */
record ThrowawayKey(Path file, String passphrase) {
    private static final int SECONDS = 60;

    /** Makes one with the JDK's keytool. */
    static ThrowawayKey make(Path directory) throws BenchException, InterruptedException {
        byte[] drawn = new byte[16];
        new SecureRandom().nextBytes(drawn);
        String passphrase = HexFormat.of().formatHex(drawn);
        Path file = directory.resolve("key.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA", // GnuTLS does not read the PKCS #8 form in which Java writes EC keys
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass:env",
                "PASSPHRASE",
                "-keystore",
                file.toString()));
        builder.environment().put("PASSPHRASE", passphrase);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")));
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || !Files.exists(file)) {
                throw new BenchException.ChildFailed("keytool made no key in " + directory);
            }
        } catch (IOException e) {
            throw new BenchException.ChildFailed("keytool did not start: " + e.getMessage(), e);
        }
        return new ThrowawayKey(file, passphrase);
    }

    /** A context that shows it. */
    SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, passphrase.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, passphrase.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** A context that trusts it, and nobody else. */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, passphrase.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        var trust =
                javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
