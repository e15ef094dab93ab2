package org.camseal.camera.pages;

import java.nio.file.Path;
import java.util.Optional;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.customer.CustomerSigning;
import org.camseal.identity.customer.CustomerTls;

/**
 * The owner's certificates beside the maker's, and whose counts for what.
 *
 * @param tls the owner's for connections
 * @param signing the owner's for signing the video
 * @param pages which the pages (HTTPS) show
 * @param stream which the stream's connections (RTSPS) show
 * @param signer which signs the video; the seal around it is the maker's always
 */
public record CameraCertificates(
        CustomerTls tls,
        CustomerSigning signing,
        ChosenCertificate pages,
        ChosenCertificate stream,
        ChosenCertificate signer) {
    /**
     * Those of an enrolled camera.
     *
     * @param home the identity's directory
     * @param state where choices are kept
     * @param signer whose key signs the video by the settings; empty where it is chosen on the pages
     * @throws IdentityException if one cannot be read, or the settings name one that is not installed
     */
    public static CameraCertificates open(
            Path home, Identity identity, Path state, Optional<ChosenCertificate.Choice> signer)
            throws IdentityException {
        CustomerTls tls = CustomerTls.of(home, identity);
        CustomerSigning signing = CustomerSigning.of(home, identity);
        return new CameraCertificates(
                tls,
                signing,
                ChosenCertificate.open(state.resolve("serving-certificate"), identity.tls(), tls),
                ChosenCertificate.open(state.resolve("stream-certificate"), identity.tls(), tls),
                signer.isPresent()
                        ? ChosenCertificate.fixed(signer.get(), identity.media(), signing)
                        : ChosenCertificate.open(state.resolve("signing-certificate"), identity.media(), signing));
    }
}
