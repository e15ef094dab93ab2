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

/**
 * A certificate of the owner's for one use of one identity: the key in a slot of its own, and {@code SLOT-chain.pem} beside the maker's chains. The key is
 * made in the element and stays there; only one is there at a time. Safe for use by several threads as far as the element and {@link DurableFile}
 * are.
 */
public abstract sealed class CustomerCertificate permits CustomerTls, CustomerSigning {
    private final Path chainFile;
    private final Identity identity;
    private final CustomerUse use;

    CustomerCertificate(Path directory, Identity identity, CustomerUse use) {
        this.chainFile = directory.resolve(use.slot().label() + "-chain.pem");
        this.identity = identity;
        this.use = use;
    }

    CustomerUse use() {
        return use;
    }

    Path chainFile() {
        return chainFile;
    }

    /**
     * The key, which is made if there is none.
     *
     * @param spec of a new key; one that is there keeps its kind
     * @throws IdentityException if the element cannot make or find it
     */
    public KeyHandle keyOrNew(KeySpec spec) throws IdentityException {
        Optional<KeyHandle> known = identity.element().key(use.slot());
        return known.isPresent() ? known.get() : identity.element().generate(use.slot(), spec);
    }

    /**
     * Destroys the key and forgets its chain: what was done with it is done with it no more.
     *
     * @throws IdentityException if the element or the directory refuses
     */
    public void remove() throws IdentityException {
        identity.element().destroy(use.slot());
        DurableFile.destroy(chainFile);
    }

    /**
     * A request (PKCS#10) for the key, signed by it.
     *
     * @return DER
     * @throws IdentityException if there is no key yet, or the element cannot sign
     */
    public byte[] request(RequestedNames names) throws IdentityException {
        return OwnCertificates.request(key(), names, use);
    }

    /** As {@link #request(RequestedNames)}, as text that every authority takes. */
    public String requestPem(RequestedNames names) throws IdentityException {
        return Pem.request(request(names));
    }

    /**
     * Installs the chain that an authority gave for the key, in place of one before. A root at its end is left out: whoever judges it has it.
     *
     * @param chain leaf first, each certificate followed by its issuer's
     * @param now to judge validity at
     * @return what was installed
     * @throws IdentityException.Refused if it is for another key, in another order, not valid now, weak, or not for this use; nothing
     *     is changed then
     */
    public List<X509Certificate> install(List<X509Certificate> chain, Instant now) throws IdentityException {
        List<X509Certificate> shown = CustomerChain.require(chain, key(), use, now);
        Pem.writeCertificates(chainFile, shown);
        return shown;
    }

    /**
     * The key and its chain; empty if none is installed.
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
            throw new IdentityException.Refused(
                    chainFile + " is not for the " + use.slot().label()
                            + " key in the element: install the chain for this key, or make a new request");
        }
    }

    KeyHandle key() throws IdentityException {
        return identity.element()
                .key(use.slot())
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.NO_KEY,
                        "there is no " + use.slot().label() + " key yet: make one with a certificate request"));
    }
}
