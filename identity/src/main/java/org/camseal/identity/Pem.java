package org.camseal.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates as text (RFC 7468). Reading is bounded: at most {@value #MAX_BYTES} bytes and {@value #MAX_BLOCKS} blocks, each block's
 * bytes one certificate and nothing after it. Text between blocks is allowed, as openssl writes it.
 */
public final class Pem {
    /** Largest text that is read. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Most blocks in one text. */
    public static final int MAX_BLOCKS = 64;

    /** Largest list of roots that is read; the public ones of an operating system are some 150 in 220 KB. */
    private static final int MAX_BUNDLE_BYTES = 2 * 1024 * 1024;

    private static final int MAX_BUNDLE_BLOCKS = 1024;

    static final String CERTIFICATE = "CERTIFICATE";
    static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";
    static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Pem() {}

    /** One block: its label and decoded bytes. Package-private: its bytes may be a private key. */
    static final class Block {
        private final String label;
        private final byte[] der;

        Block(String label, byte[] der) {
            this.label = label;
            this.der = der;
        }

        String label() {
            return label;
        }

        byte[] der() {
            return der;
        }
    }

    /**
     * Reads the certificates of a file, in its order; at least one.
     *
     * @throws IdentityException if there is no such file, or it holds anything but certificates
     */
    public static List<X509Certificate> readCertificates(Path file) throws IdentityException {
        byte[] bytes = DurableFile.read(file, MAX_BYTES)
                .orElseThrow(() -> new IdentityException.Store("there is no file " + file));
        return certificates(new String(bytes, StandardCharsets.ISO_8859_1), file.toString());
    }

    /**
     * Reads a list of roots, as operating systems keep the public ones; at least one. At most 2 MiB and 1024 certificates.
     *
     * @throws IdentityException if there is no such file, or it holds anything but certificates
     */
    public static List<X509Certificate> readBundle(Path file) throws IdentityException {
        byte[] bytes = DurableFile.read(file, MAX_BUNDLE_BYTES)
                .orElseThrow(() -> new IdentityException.Store("there is no file " + file));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return certificates(blocks(text, file.toString(), MAX_BUNDLE_BLOCKS), file.toString());
    }

    /**
     * Reads the certificates of a text, in its order; at least one.
     *
     * @param where for messages: the file or peer the text is from
     */
    public static List<X509Certificate> certificates(String text, String where) throws IdentityException.Malformed {
        return certificates(blocks(text, where), where);
    }

    private static List<X509Certificate> certificates(List<Block> blocks, String where)
            throws IdentityException.Malformed {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (!block.label().equals(CERTIFICATE)) {
                throw new IdentityException.Malformed(
                        where + ": a block of " + block.label() + "; only certificates are expected");
            }
            certificates.add(certificate(block.der(), where));
        }
        if (certificates.isEmpty()) {
            throw new IdentityException.Malformed(where + ": no certificate in it (-----BEGIN CERTIFICATE-----)");
        }
        return List.copyOf(certificates);
    }

    /** Reads one certificate from DER; nothing may follow it. */
    public static X509Certificate certificate(byte[] der, String where) throws IdentityException.Malformed {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(der);
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (in.available() > 0) {
                throw new IdentityException.Malformed(where + ": " + in.available() + " bytes after a certificate");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new IdentityException.Malformed(where + ": not a certificate: " + e.getMessage(), e);
        }
    }

    /** Writes certificates one after the other. */
    public static String encode(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("a certificate that was read can be written", e);
            }
        }
        return text.toString();
    }

    /** Writes certificates to a file that is whole or not there. */
    public static void writeCertificates(Path file, List<X509Certificate> certificates) throws IdentityException {
        DurableFile.write(
                file, encode(certificates).getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.EVERYBODY);
    }

    /** A certificate request as text. */
    public static String request(byte[] der) {
        return block(CERTIFICATE_REQUEST, der);
    }

    static String block(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + base64 + "\n" + END + label + DASHES + "\n";
    }

    static List<Block> blocks(String text, String where) throws IdentityException.Malformed {
        if (text.length() > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": " + text.length() + " characters; at most " + MAX_BYTES + " are read");
        }
        return blocks(text, where, MAX_BLOCKS);
    }

    private static List<Block> blocks(String text, String where, int most) throws IdentityException.Malformed {
        List<Block> blocks = new ArrayList<>();
        String label = null;
        StringBuilder body = new StringBuilder();
        for (String line : text.lines().map(String::strip).toList()) {
            if (label == null && line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body.setLength(0);
            } else if (label != null && line.startsWith(END)) {
                if (!line.equals(END + label + DASHES)) {
                    throw new IdentityException.Malformed(
                            where + ": a block of " + label + " ends as another: " + shorten(line));
                }
                if (blocks.size() >= most) {
                    throw new IdentityException.Malformed(where + ": more than " + most + " blocks");
                }
                add(blocks, label, body, where);
                label = null;
            } else if (label != null) {
                body.append(line);
            }
        }
        if (label != null) {
            throw new IdentityException.Malformed(where + ": the block of " + shorten(label) + " has no end");
        }
        return blocks;
    }

    private static void add(List<Block> blocks, String label, CharSequence body, String where)
            throws IdentityException.Malformed {
        try {
            blocks.add(new Block(label, Base64.getDecoder().decode(body.toString())));
        } catch (IllegalArgumentException e) {
            throw new IdentityException.Malformed(where + ": the block of " + shorten(label) + " is not base64");
        }
    }

    private static String shorten(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
