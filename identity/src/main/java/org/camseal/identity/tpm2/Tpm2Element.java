package org.camseal.identity.tpm2;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.Attestation;
import org.camseal.identity.CurvePoint;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;

/**
 * A TPM 2.0 as secure element. Keys are made inside it; outside they exist wrapped by its storage root only, one file a slot:
 *
 * <pre>
 *   storage-root.name    the Name of the storage root, pinned when the element was prepared
 *   SLOT.tpmkey          a wrapped key; see docs/guide/secure-element.md
 *   attestation.tpmkey   the key that signs the TPM's own statements
 * </pre>
 *
 * <p>All that is asked travels in one salted session: authenticated both ways, and encrypted where TPM 2.0 encrypts (the first parameter:
 * authorisations, digests to be signed, wrapped keys, credentials). Signatures travel in clear; they are public. The salt goes to the
 * pinned storage root only, so that nobody in the middle can offer his own.
 *
 * <p>What it does not do: a TPM does not know what a digest stands for, so the rule which slot signs what is kept by this program. Whoever
 * owns this program's files and the TPM can use the keys (not copy them). A TPM in software (swtpm, a virtual machine's) is told by its
 * maker's name or by the way it is reached, and shown as {@link AssuranceLevel#SOFTWARE}; the proof is its endorsement certificate.
 *
 * <p>Safe for use by several threads, one at a time inside.
 */
public final class Tpm2Element implements SecureElement {
    /** Chips do single digits of RSA signatures a second. */
    private static final int SIGNATURES_PER_SECOND = 5;

    private static final String ROOT_NAME = "storage-root.name";
    private static final String ATTESTATION = "attestation";
    private static final int MANUFACTURER = 0x105; // TPM_PT_MANUFACTURER
    private static final Set<String> SOFTWARE_MAKERS = Set.of("IBM", "MSFT", "SW", "GOOG", "AMZN", "QEMU", "VMW");

    private final Path directory;
    private final TpmAddress address;
    private final SecureRandom random;
    private final TpmVault vault;
    private final String maker;

    private Tpm2Element(Path directory, TpmAddress address, SecureRandom random, TpmVault vault, String maker) {
        this.directory = directory;
        this.address = address;
        this.random = random;
        this.vault = vault;
        this.maker = maker;
    }

    /**
     * Prepares a TPM for keys in that directory: has it keep a storage root, and pins that root's Name. Where it is prepared already,
     * this does nothing. To be done where nobody can be between this program and the TPM: what is pinned here is believed ever after. A
     * {@link CredentialChallenge} to the endorsement key proves afterwards that it was the right TPM.
     *
     * @param patience how long one command may take; making an RSA key takes a chip up to a minute
     * @throws IdentityException if the TPM cannot be reached or has an owner with a password
     */
    public static void prepare(Path directory, TpmAddress address, Duration patience, SecureRandom random)
            throws IdentityException {
        prepare(directory, address, new byte[0], patience, random);
    }

    /**
     * The same for a TPM that has an owner. The password is proven to the TPM, not sent, and not kept here.
     *
     * @param ownerPassword the bytes of the owner's password; the TPM drops zeros at its end
     * @throws IdentityException as above; with {@link ElementFault#WRONG_AUTHORISATION} if it is another
     */
    public static void prepare(
            Path directory, TpmAddress address, byte[] ownerPassword, Duration patience, SecureRandom random)
            throws IdentityException {
        DurableFile.ownDirectory(directory);
        if (DurableFile.read(directory.resolve(ROOT_NAME), 64).isPresent()) {
            return;
        }
        try (var files = Files.list(directory)) {
            if (files.anyMatch(file -> file.toString().endsWith(".tpmkey"))) {
                throw new IdentityException.Element(
                        ElementFault.DAMAGED,
                        directory + " has keys, but " + ROOT_NAME + " is missing: it says which TPM they belong to");
            }
        } catch (java.io.IOException e) {
            throw new IdentityException.Store("cannot read " + directory + ": " + e.getMessage(), e);
        }
        try (Tpm tpm = new Tpm(TpmVault.transport(address, patience), random)) {
            byte[] name = TpmRoot.keep(tpm, address, new Authorisation(ownerPassword.clone()))
                    .name();
            DurableFile.write(directory.resolve(ROOT_NAME), name, DurableFile.Readers.OWNER);
        } catch (Tpm.Refusal e) {
            throw e.toFault();
        }
    }

    /**
     * Opens the element that was prepared in that directory, and checks that the TPM is the same.
     *
     * @throws IdentityException with {@link ElementFault#UNAVAILABLE} if there is no TPM or it was never prepared, with
     *     {@link ElementFault#FOREIGN} if it is another one or was cleared
     */
    public static Tpm2Element open(Path directory, TpmAddress address, Duration patience, SecureRandom random)
            throws IdentityException {
        DurableFile.ownDirectory(directory);
        byte[] pinned = DurableFile.read(directory.resolve(ROOT_NAME), 64)
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.UNAVAILABLE, "the TPM at " + address + " was never prepared for " + directory));
        TpmVault vault = new TpmVault(address, patience, random, pinned);
        int number = vault.use((tpm, root, session) -> tpm.property(MANUFACTURER));
        StringBuilder maker = new StringBuilder();
        for (byte letter : new TpmWriter().u32(number).bytes()) {
            if (letter > ' ' && letter < 127) {
                maker.append((char) letter);
            }
        }
        return new Tpm2Element(directory, address, random, vault, maker.toString());
    }

    @Override
    public ElementInfo info() {
        boolean chip = address instanceof TpmAddress.Device && !SOFTWARE_MAKERS.contains(maker);
        return new ElementInfo(
                "TPM 2.0 by " + maker + " at " + address,
                chip ? AssuranceLevel.HARDWARE : AssuranceLevel.SOFTWARE,
                Set.of(KeySpec.values()),
                Set.of(ElementInfo.Ability.ATTEST, ElementInfo.Ability.AGREE),
                SIGNATURES_PER_SECOND);
    }

    @Override
    public synchronized KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        SlotHandle.requireSigning(slot);
        requireEmpty(slot);
        TpmKeyFile.Wrapped key = create(TpmTemplates.signing(spec));
        KeyHandle handle = handle(slot, key, spec);
        prove(slot, key, spec);
        TpmKeyFile.write(file(slot.label()), key);
        return handle;
    }

    private void requireEmpty(Slot slot) throws IdentityException.Element {
        if (Files.exists(file(slot.label()))) {
            throw new IdentityException.Element(
                    ElementFault.SLOT_TAKEN,
                    directory + " already has a " + slot.label() + " key; destroy it first if it shall be replaced");
        }
    }

    private TpmKeyFile.Wrapped create(byte[] template) throws IdentityException {
        byte[] secret = new byte[TpmKdf.DIGEST_BYTES];
        random.nextBytes(secret);
        secret[secret.length - 1] |= 1; // TPMs drop zeros at an authorisation's end
        Authorisation authorisation = new Authorisation(secret);
        TpmKeyFile.Wrapped key = vault.use((tpm, root, session) -> {
            vault.makeRoom(tpm, 1);
            return tpm.create(session, root, template, authorisation);
        });
        if (!key.publicArea().fits(template)) {
            throw new IdentityException.Element(
                    ElementFault.EXPOSED, "the TPM made another kind of key than the one asked for");
        }
        return key;
    }

    /** Some TPMs sign PSS with a salt that TLS does not accept: found out now, not in the first handshake. */
    private void prove(Slot slot, TpmKeyFile.Wrapped key, KeySpec spec) throws IdentityException {
        byte[] probe = new byte[32];
        random.nextBytes(probe);
        try {
            byte[] signature = signDigest(slot, key, spec, TpmSignature.digest(probe, spec.signature()));
            if (!SlotHandle.verifies(key.publicArea().key(), spec.signature(), probe, signature)) {
                throw new IdentityException.Element(
                        ElementFault.UNSUPPORTED, "the TPM's " + spec + " signatures are not what TLS and X.509 need");
            }
        } finally {
            vault.forget(slot.label());
        }
    }

    private synchronized byte[] signDigest(Slot slot, TpmKeyFile.Wrapped key, KeySpec spec, byte[] digest)
            throws IdentityException.Element {
        byte[] signature = vault.use((tpm, root, session) ->
                tpm.sign(session, vault.load(tpm, root, session, slot.label(), key), key.authorisation(), digest));
        return TpmSignature.parse(signature, spec.signature());
    }

    private KeyHandle handle(Slot slot, TpmKeyFile.Wrapped key, KeySpec spec) {
        return new SlotHandle(slot, key.publicArea().key(), spec.signature(), new SlotHandle.Signer() {
            @Override
            public byte[] sign(byte[] message, Duration patience) throws IdentityException {
                return signDigest(TpmSignature.digest(message, spec.signature()));
            }

            @Override
            public byte[] signDigest(byte[] digest) throws IdentityException {
                requireStillThere(slot, key);
                return Tpm2Element.this.signDigest(slot, key, spec, digest);
            }
        });
    }

    private void requireStillThere(Slot slot, TpmKeyFile.Wrapped key) throws IdentityException {
        TpmKeyFile.Wrapped now = TpmKeyFile.read(file(slot.label())).orElse(null);
        if (now == null || !now.publicArea().key().equals(key.publicArea().key())) {
            throw new IdentityException.Element(
                    ElementFault.NO_KEY, "the " + slot.label() + " key in " + directory + " was destroyed");
        }
    }

    @Override
    public synchronized Optional<KeyHandle> key(Slot slot) throws IdentityException {
        SlotHandle.requireSigning(slot);
        Optional<TpmKeyFile.Wrapped> found = TpmKeyFile.read(file(slot.label()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TpmKeyFile.Wrapped key = found.get();
        for (KeySpec spec : KeySpec.values()) {
            if (key.publicArea().fits(TpmTemplates.signing(spec))) {
                return Optional.of(handle(slot, key, spec));
            }
        }
        throw new IdentityException.Element(
                ElementFault.EXPOSED, file(slot.label()) + " is not the kind of key that is made here");
    }

    @Override
    public synchronized AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        if (!spec.agrees()) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED, "a " + spec + " key cannot agree on secrets: choose P256");
        }
        requireEmpty(Slot.RECIPIENT);
        TpmKeyFile.Wrapped key = create(TpmTemplates.agreement(spec));
        TpmKeyFile.write(file(Slot.RECIPIENT.label()), key);
        return new Agreement(this, key);
    }

    @Override
    public synchronized Optional<AgreementHandle> agreementKey() throws IdentityException {
        Path file = file(Slot.RECIPIENT.label());
        Optional<TpmKeyFile.Wrapped> found = TpmKeyFile.read(file);
        if (found.isPresent()
                && !found.get().publicArea().fits(TpmTemplates.agreement(KeySpec.P256))
                && !found.get().publicArea().fits(TpmTemplates.agreement(KeySpec.P384))) {
            throw new IdentityException.Element(
                    ElementFault.EXPOSED, file + " is not the kind of key that is made here");
        }
        return found.map(key -> new Agreement(this, key));
    }

    private synchronized byte[] agree(TpmKeyFile.Wrapped key, ECPublicKey own, ECPublicKey peer)
            throws IdentityException {
        requireStillThere(Slot.RECIPIENT, key);
        CurvePoint.requireFitting(own, peer);
        int length = (own.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        byte[] point = new TpmWriter()
                .sized(TpmEcdh.fixed(peer.getW().getAffineX(), length))
                .sized(TpmEcdh.fixed(peer.getW().getAffineY(), length))
                .bytes();
        TpmReader shared = vault.use((tpm, root, session) -> tpm.agree(
                session, vault.load(tpm, root, session, Slot.RECIPIENT.label(), key), key.authorisation(), point));
        byte[] x = shared.sized();
        if (x.length > length) {
            throw shared.malformed("a coordinate of " + x.length + " bytes instead of " + length);
        }
        byte[] secret = TpmEcdh.fixed(new BigInteger(1, x), length);
        Arrays.fill(x, (byte) 0);
        return secret;
    }

    private record Agreement(Tpm2Element element, TpmKeyFile.Wrapped key) implements AgreementHandle {
        @Override
        public ECPublicKey publicKey() {
            return (ECPublicKey) key.publicArea().key();
        }

        @Override
        public byte[] agree(ECPublicKey peer) throws IdentityException {
            return element.agree(key, publicKey(), peer);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The wrapped key is erased, overwritten as far as the file system allows. A copy of that file made before, together with this
     * TPM, is still a key: clear the TPM to end all.
     */
    @Override
    public synchronized void destroy(Slot slot) throws IdentityException {
        vault.forget(slot.label());
        DurableFile.destroy(file(slot.label()));
    }

    @Override
    public synchronized List<X509Certificate> makerCertificates() throws IdentityException {
        return vault.use((tpm, root, session) -> TpmMakerCertificates.read(tpm));
    }

    @Override
    public synchronized Attestation attest(Slot slot, byte[] nonce) throws IdentityException {
        if (nonce.length < 16 || nonce.length > 32) {
            throw new IllegalArgumentException("a nonce has 16 to 32 bytes, not " + nonce.length);
        }
        TpmKeyFile.Wrapped key = TpmKeyFile.read(file(slot.label()))
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.NO_KEY, directory + " has no " + slot.label() + " key"));
        TpmKeyFile.Wrapped signer = attestationKeyOrNew();
        return vault.use((tpm, root, session) -> {
            vault.makeRoom(tpm, 0);
            Tpm.Loaded attested = vault.load(tpm, root, session, slot.label(), key);
            Tpm.Loaded by = vault.load(tpm, root, session, ATTESTATION, signer);
            TpmSession second = tpm.startSession(root, TpmSession.HMAC);
            try {
                TpmReader in =
                        tpm.certify(session, second, attested, key.authorisation(), by, signer.authorisation(), nonce);
                return new Attestation(
                        Attestation.Format.TPM2,
                        in.sized(),
                        in.rest(),
                        key.publicArea().area(),
                        signer.publicArea().area());
            } finally {
                tpm.flush(second.handle());
            }
        });
    }

    /** The public area of the key that signs statements, for a {@link CredentialChallenge}; it is made when first asked for. */
    public synchronized byte[] attestationKey() throws IdentityException {
        return attestationKeyOrNew().publicArea().area();
    }

    private TpmKeyFile.Wrapped attestationKeyOrNew() throws IdentityException {
        Optional<TpmKeyFile.Wrapped> known = TpmKeyFile.read(file(ATTESTATION));
        if (known.isPresent()) {
            return known.get();
        }
        TpmKeyFile.Wrapped made = create(TpmTemplates.attestation());
        TpmKeyFile.write(file(ATTESTATION), made);
        return made;
    }

    /**
     * Answers a question that only the TPM with the endorsement key and our attestation key can answer.
     *
     * @throws IdentityException with {@link ElementFault#FOREIGN} if the question is for another TPM or another attestation key
     */
    public synchronized byte[] answer(CredentialChallenge challenge) throws IdentityException {
        TpmKeyFile.Wrapped signer = attestationKeyOrNew();
        return vault.use((tpm, root, session) -> {
            vault.makeRoom(tpm, 0);
            Tpm.Loaded by = vault.load(tpm, root, session, ATTESTATION, signer);
            Tpm.Loaded endorsement = tpm.createPrimary(Tpm.ENDORSEMENT, TpmTemplates.endorsement());
            TpmSession policy = tpm.startSession(root, TpmSession.POLICY);
            try {
                tpm.policyOfEndorsement(session, policy);
                return tpm.activate(session, policy, by, signer.authorisation(), endorsement, challenge);
            } finally {
                tpm.flush(policy.handle());
                tpm.flush(endorsement.handle());
            }
        });
    }

    @Override
    public synchronized void close() {
        vault.close();
    }

    private Path file(String label) {
        return directory.resolve(label + ".tpmkey");
    }

    @Override
    public String toString() {
        return "TPM at " + address;
    }
}
