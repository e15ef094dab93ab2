package org.camseal.identity.voucher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.camseal.identity.Pem;
import org.camseal.peers.Peer;

/** A public authority made with openssl: a root, one authority below it, and end certificates of any level. Test data. */
public final class OpensslAuthority {
    private static final String AUTHORITY =
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";

    /** What a usual server certificate says. */
    public static final String SERVER =
            "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n";

    public static final String NAMES = "subjectAltName=DNS:cam.example.com,DNS:*.cams.example.com,IP:127.0.0.1\n";

    private final Path directory;

    public OpensslAuthority(Path directory) throws Exception {
        this(directory, "certificatePolicies=2.5.29.32.0\n");
    }

    /** With an authority below the root whose extensions have this too. */
    public OpensslAuthority(Path directory, String more) throws Exception {
        Peer.OPENSSL.require();
        this.directory = Files.createDirectories(directory);
        selfSigned("root", "/O=Public Trust/CN=Public Root", AUTHORITY, List.of("-sha256"));
        issue("issuing", "root", "/O=Public Trust/CN=Public Issuing", AUTHORITY + more, 400);
    }

    /** A key on P-256, and a certificate that it signs itself. */
    public X509Certificate selfSigned(String name, String subject, String extensions, List<String> more)
            throws Exception {
        key(name, List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        return signedByItself(name, subject, extensions, more);
    }

    X509Certificate signedByItself(String name, String subject, String extensions, List<String> more) throws Exception {
        Path config = config(name, extensions);
        List<String> words = new ArrayList<>(List.of(
                "req", "-x509", "-new", "-key", file(name, "key"), "-subj", subject, "-config", config.toString()));
        words.addAll(List.of("-extensions", "ext", "-out", file(name, "pem")));
        words.addAll(more);
        Peer.OPENSSL.run(words).good();
        return certificate(name);
    }

    void key(String name, List<String> kind) throws Exception {
        List<String> words = new ArrayList<>(List.of("genpkey", "-out", file(name, "key")));
        words.addAll(kind);
        Peer.OPENSSL.run(words).good();
    }

    /** A certificate under the authority for servers, with a key of its own. */
    public X509Certificate issue(String name, String subject, String extensions) throws Exception {
        return issue(name, "issuing", subject, extensions, 90);
    }

    X509Certificate issue(String name, String issuer, String subject, String extensions, int days) throws Exception {
        key(name, List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        Path config = config(name, extensions);
        Peer.OPENSSL
                .run(
                        "req",
                        "-new",
                        "-key",
                        file(name, "key"),
                        "-subj",
                        subject,
                        "-config",
                        config.toString(),
                        "-out",
                        file(name, "csr"))
                .good();
        sign(name, issuer, Path.of(file(name, "csr")), extensions, days);
        return certificate(name);
    }

    /** Signs a request made elsewhere; the extensions are the authority's own. */
    public X509Certificate sign(String name, String issuer, Path request, String extensions, int days)
            throws Exception {
        Path config = config(name, extensions);
        Peer.OPENSSL
                .run(
                        "x509",
                        "-req",
                        "-in",
                        request.toString(),
                        "-CA",
                        file(issuer, "pem"),
                        "-CAkey",
                        file(issuer, "key"),
                        "-CAcreateserial",
                        "-days",
                        String.valueOf(days),
                        "-extfile",
                        config.toString(),
                        "-extensions",
                        "ext",
                        "-out",
                        file(name, "pem"))
                .good();
        return certificate(name);
    }

    private Path config(String name, String extensions) throws Exception {
        return Files.writeString(
                directory.resolve(name + ".cnf"),
                "[req]\ndistinguished_name=dn\nprompt=no\nutf8=yes\n[dn]\nCN=unused\n[ext]\n" + extensions);
    }

    /** The path of one of its files. */
    public String file(String name, String kind) {
        return directory.resolve(name + "." + kind).toString();
    }

    /** A file with several certificates, in that order. */
    public Path chainFile(String... names) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(Files.readString(Path.of(file(name, "pem"))));
        }
        return Files.writeString(directory.resolve(String.join("-", names) + "-chain.pem"), text);
    }

    public X509Certificate certificate(String name) throws Exception {
        return Pem.readCertificates(Path.of(file(name, "pem"))).getFirst();
    }
}
