package org.camseal.identity.customer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;

/**
 * The owner's own TLS certificate of one identity: the key in {@link Slot#TLS_CUSTOM}, and {@code tls-custom-chain.pem} beside the maker's
 * chains. The key is made in the element and stays there; only one is there at a time. Safe for use by several threads as far as the
 * element and {@link DurableFile} are.
 */
public final class CustomerTls {
    private final Path chainFile;
    private final Identity identity;

    private CustomerTls(Path chainFile, Identity identity) {
        this.chainFile = chainFile;
        this.identity = identity;
    }

    /**
     * @param directory the identity's directory
     * @param identity the identity in it
     */
    public static CustomerTls of(Path directory, Identity identity) {
        return new CustomerTls(directory.resolve(Slot.TLS_CUSTOM.label() + "-chain.pem"), identity);
    }

    /**
     * The key, which is made if there is none.
     *
     * @param spec of a new key; one that is there keeps its kind
     * @throws IdentityException if the element cannot make or find it
     */
    public KeyHandle keyOrNew(KeySpec spec) throws IdentityException {
        Optional<KeyHandle> known = identity.element().key(Slot.TLS_CUSTOM);
        return known.isPresent() ? known.get() : identity.element().generate(Slot.TLS_CUSTOM, spec);
    }

    /**
     * Destroys the key and forgets its chain: what was served with it is served no more.
     *
     * @throws IdentityException if the element or the directory refuses
     */
    public void remove() throws IdentityException {
        identity.element().destroy(Slot.TLS_CUSTOM);
        DurableFile.destroy(chainFile);
    }

    /**
     * A request (PKCS#10) for the key, signed by it.
     *
     * @return DER
     * @throws IdentityException if there is no key yet, or the element cannot sign
     */
    public byte[] request(RequestedNames names) throws IdentityException {
        return OwnCertificates.request(key(), names);
    }

    /** As {@link #request(RequestedNames)}, as text that every authority takes. */
    public String requestPem(RequestedNames names) throws IdentityException {
        return Pem.request(request(names));
    }

    /**
     * Installs the chain that an authority gave for the key, in place of one before. A root at its end is left out: servers do not show it.
     *
     * @param chain leaf first, each certificate followed by its issuer's
     * @param now to judge validity at
     * @return what was installed
     * @throws IdentityException.Refused if it is for another key, in another order, not valid now, weak, or not for TLS servers; nothing
     *     is changed then
     */
    public List<X509Certificate> install(List<X509Certificate> chain, Instant now) throws IdentityException {
        List<X509Certificate> shown = ServerChain.require(chain, key().publicKey(), now);
        Pem.writeCertificates(chainFile, shown);
        return shown;
    }

    /**
     * Makes a certificate that the key signs itself, and installs it. It proves only that whoever shows it has the key: who cannot compare
     * it with one seen before is open to anybody in between.
     *
     * @param days 1 to 3650
     * @throws IdentityException if there is no key yet, or the element cannot sign
     */
    public X509Certificate selfSigned(RequestedNames names, int days, Instant now) throws IdentityException {
        X509Certificate certificate = OwnCertificates.selfSigned(key(), names, days, now);
        Pem.writeCertificates(chainFile, List.of(certificate));
        return certificate;
    }

    /**
     * The key and its chain, to serve with; empty if none is installed.
     *
     * @throws IdentityException if the chain is for another key, or the key is gone
     */
    public Optional<CertifiedKey> certified() throws IdentityException {
        if (!Files.exists(chainFile)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CertifiedKey(key(), Pem.readCertificates(chainFile)));
        } catch (IllegalArgumentException e) {
            throw new IdentityException.Refused(chainFile + " is not for the " + Slot.TLS_CUSTOM.label()
                    + " key in the element: install the chain for this key, or make a new request");
        }
    }

    private KeyHandle key() throws IdentityException {
        return identity.element()
                .key(Slot.TLS_CUSTOM)
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.NO_KEY,
                        "there is no " + Slot.TLS_CUSTOM.label() + " key yet: make one with a certificate request"));
    }
}
