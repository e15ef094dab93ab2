package org.camseal.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A new P-256 key that openssl makes and holds, unencrypted in a PEM file, and what it signs for itself. */
public record OpensslKey(Path file) {
    /**
     * Makes the key and a request for a certificate.
     *
     * @param request where that goes, in PEM
     * @param subject such as {@code /O=Maker/CN=Model X}
     */
    public void request(Path request, String subject) throws Exception {
        make(List.of("-new"), request, subject);
    }

    /**
     * Makes the key and a certificate that it signs itself.
     *
     * @param certificate where that goes, in PEM
     * @param more further words for {@code openssl req}
     */
    public void selfSigned(Path certificate, String subject, String... more) throws Exception {
        make(List.of("-x509"), certificate, subject, more);
    }

    private void make(List<String> what, Path out, String subject, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("req"));
        words.addAll(what);
        words.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"));
        words.addAll(List.of("-keyout", file.toString(), "-subj", subject, "-out", out.toString()));
        words.addAll(Arrays.asList(more));
        Peer.OPENSSL.run(words).good();
    }
}
