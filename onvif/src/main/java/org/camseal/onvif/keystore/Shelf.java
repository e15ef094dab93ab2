package org.camseal.onvif.keystore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;

/** Certificates and paths that were uploaded and are not in use: in memory, few, gone at a restart. Confined to its {@link Keystore}. */
final class Shelf {
    static final int MOST_CERTIFICATES = 16;
    static final int MOST_PATHS = 4;

    private static final int ID_BYTES = 12;

    private final Map<String, X509Certificate> certificates = new LinkedHashMap<>();
    private final Map<String, List<X509Certificate>> paths = new LinkedHashMap<>();

    /** The id of bytes, the same whenever they come again; an NCName. */
    static String id(String kind, byte[] of) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(of);
            return kind + "-" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    static String id(X509Certificate certificate) {
        return id("certificate", encoded(certificate));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was read can be written", e);
        }
    }

    void add(X509Certificate certificate) throws OnvifException.Refused {
        String id = id(certificate);
        if (!certificates.containsKey(id) && certificates.size() >= MOST_CERTIFICATES) {
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", "MaximumNumberOfCertificatesReached"))
                    .because("the camera keeps " + MOST_CERTIFICATES + " uploaded certificates: delete one first");
        }
        certificates.put(id, certificate);
    }

    List<X509Certificate> certificates() {
        return new ArrayList<>(certificates.values());
    }

    boolean remove(String certificate) {
        return certificates.remove(certificate) != null;
    }

    void addPath(String id, List<X509Certificate> path) throws OnvifException.Refused {
        if (!paths.containsKey(id) && paths.size() >= MOST_PATHS) {
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", "MaximumNumberOfCertificationPathsReached"))
                    .because("the camera keeps " + MOST_PATHS + " paths that are not in use: delete one first");
        }
        paths.put(id, List.copyOf(path));
    }

    Optional<List<X509Certificate>> path(String id) {
        return Optional.ofNullable(paths.get(id));
    }

    Map<String, List<X509Certificate>> paths() {
        return Map.copyOf(paths);
    }

    boolean removePath(String id) {
        return paths.remove(id) != null;
    }
}
