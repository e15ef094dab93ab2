package org.camseal.identity.tpm2;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.tpm2.TpmCommand.Authorisation;
import org.camseal.identity.tpm2.TpmCommand.TpmAnswer;

/**
 * The commands of TPM 2.0 (part 3) that we use, typed, over one connection. Not for several threads. Each throws
 * {@link IdentityException.Element}; a lost connection has the fault {@link ElementFault#UNAVAILABLE} and a cause.
 */
final class Tpm implements AutoCloseable {
    static final int OWNER = 0x40000001;
    static final int ENDORSEMENT = 0x4000000b;
    static final int NULL_HANDLE = 0x40000007;

    /** How often a command is sent again that the TPM asks to send again (TPM_RC_RETRY happens once per boot and key). */
    private static final int ATTEMPTS = 20;

    private final TpmTransport transport;
    private final SecureRandom random;

    Tpm(TpmTransport transport, SecureRandom random) {
        this.transport = transport;
        this.random = random;
    }

    /** A loaded object. */
    record Loaded(int handle, TpmPublic publicArea) {}

    /** The TPM refused; {@link #code} says why. */
    static final class Refusal extends Exception {
        private final TpmCode code;
        private final String command;

        Refusal(TpmCode code, String command) {
            super(command + " " + code.text(), null, false, false);
            this.code = code;
            this.command = command;
        }

        TpmCode code() {
            return code;
        }

        IdentityException.Element toFault() {
            return code.toFault(command);
        }
    }

    TpmAnswer run(TpmCommand command) throws IdentityException.Element, Refusal {
        TpmCode code = new TpmCode(0);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            byte[] response;
            try {
                response = transport.exchange(command.encode());
            } catch (IOException e) {
                throw command.lost(e);
            }
            code = command.code(response);
            if (code.isSuccess()) {
                return command.decode(response);
            }
            if (code.asksForStartup()) {
                startup();
            } else if (!code.asksToResend()) {
                throw new Refusal(code, command.name());
            }
        }
        throw new Refusal(code, command.name());
    }

    private void startup() throws IdentityException.Element {
        TpmCommand command = new TpmCommand("TPM2_Startup", 0x144).parameters(new TpmWriter().u16(0));
        try {
            command.code(transport.exchange(command.encode()));
        } catch (IOException e) {
            throw command.lost(e);
        }
    }

    /** One of the TPM's properties (TPM_PT, part 2, section 6.13); 0 if it has none of that number. */
    int property(int number) throws IdentityException.Element, Refusal {
        TpmReader in = run(new TpmCommand("TPM2_GetCapability", 0x17a)
                        .parameters(new TpmWriter().u32(6).u32(number).u32(1)))
                .reader();
        in.u8();
        in.u32();
        int count = in.u32();
        return count == 1 && in.u32() == number ? in.u32() : 0;
    }

    /** The handles in use from that one on (TPM_CAP_HANDLES), at most 16. */
    List<Integer> handlesFrom(int first) throws IdentityException.Element, Refusal {
        TpmReader in = run(new TpmCommand("TPM2_GetCapability", 0x17a)
                        .parameters(new TpmWriter().u32(1).u32(first).u32(16)))
                .reader();
        in.u8();
        in.u32();
        int count = in.u32();
        List<Integer> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            handles.add(in.u32()); // a count that is too high meets the end
        }
        return handles;
    }

    /** What is at that handle. Nothing proves the answer: compare its name with a pinned one. */
    TpmPublic readPublic(int handle) throws IdentityException.Element, Refusal {
        TpmCommand command = new TpmCommand("TPM2_ReadPublic", 0x173).on(handle);
        return TpmPublic.parse(run(command).reader().sized());
    }

    /** Derives a primary key from a hierarchy's seed: the same template gives the same key. */
    Loaded createPrimary(int hierarchy, byte[] template) throws IdentityException.Element, Refusal {
        TpmAnswer answer = run(new TpmCommand("TPM2_CreatePrimary", 0x131)
                .on(hierarchy)
                .withEmptyPassword()
                .answersHandle()
                .parameters(new TpmWriter()
                        .sized(new TpmWriter().u16(0).u16(0).bytes())
                        .sized(template)
                        .u16(0)
                        .u32(0)));
        return new Loaded(answer.handle(), TpmPublic.parse(answer.reader().sized()));
    }

    /** The same under the owner, whose password is proven in the session and not sent. */
    Loaded createOwned(TpmSession session, Authorisation owner, byte[] template)
            throws IdentityException.Element, Refusal {
        TpmAnswer answer = run(new TpmCommand("TPM2_CreatePrimary", 0x131)
                .on(OWNER)
                .through(session, owner)
                .sized(new TpmWriter().u16(0).u16(0).bytes())
                .answersHandle()
                .answersSized()
                .parameters(new TpmWriter().sized(template).u16(0).u32(0)));
        return new Loaded(answer.handle(), TpmPublic.parse(answer.reader().sized()));
    }

    /** Keeps a loaded object over power cycles, as the owner. */
    void persist(TpmSession session, Authorisation owner, Loaded object, int persistentHandle)
            throws IdentityException.Element, Refusal {
        run(new TpmCommand("TPM2_EvictControl", 0x120)
                .on(OWNER)
                .on(object.handle(), object.publicArea().name())
                .through(session, owner)
                .parameters(new TpmWriter().u32(persistentHandle)));
    }

    /** How many bytes are at that NV index (TPMS_NV_PUBLIC, part 2, section 13.5). */
    int nvSize(int index) throws IdentityException.Element, Refusal {
        TpmReader in =
                run(new TpmCommand("TPM2_NV_ReadPublic", 0x169).on(index)).reader();
        TpmReader area = new TpmReader(in.sized(), "an NV index");
        area.u32(); // the index
        area.u16(); // its name's algorithm
        area.u32(); // attributes
        area.sized(); // policy
        return area.u16();
    }

    /** Reads a part of an NV index that everybody may read. */
    byte[] nvRead(int index, int offset, int length) throws IdentityException.Element, Refusal {
        return run(new TpmCommand("TPM2_NV_Read", 0x14e)
                        .on(index)
                        .on(index)
                        .withEmptyPassword()
                        .parameters(new TpmWriter().u16(length).u16(offset)))
                .reader()
                .sized();
    }

    /**
     * Starts a session whose key only the TPM behind the salt key can know.
     *
     * @param saltKey its public area was compared with the pinned name by the caller
     * @param type {@link TpmSession#HMAC} or {@link TpmSession#POLICY}
     */
    TpmSession startSession(Loaded saltKey, int type) throws IdentityException.Element, Refusal {
        if (!(saltKey.publicArea().key() instanceof ECPublicKey key)) {
            throw new IllegalArgumentException("our salt key is on P-256");
        }
        TpmSession.Salt salt = TpmSession.Salt.forKey(key, random);
        byte[] nonceCaller = new byte[TpmKdf.DIGEST_BYTES];
        random.nextBytes(nonceCaller);
        TpmAnswer answer = run(new TpmCommand("TPM2_StartAuthSession", 0x176)
                .on(saltKey.handle())
                .on(NULL_HANDLE)
                .answersHandle()
                .parameters(new TpmWriter()
                        .sized(nonceCaller)
                        .sized(salt.sent().bytes())
                        .u8(type)
                        .u16(0x0006) // AES
                        .u16(128)
                        .u16(0x0043) // CFB
                        .u16(TpmPublic.SHA256)));
        byte[] nonceTpm = answer.reader().sized();
        byte[] key256 = TpmSession.keyOf(salt.secret(), nonceTpm, nonceCaller);
        TpmSession session = new TpmSession(answer.handle(), key256, nonceCaller, nonceTpm, random);
        Arrays.fill(salt.secret().bytes(), (byte) 0);
        Arrays.fill(key256, (byte) 0);
        return session;
    }

    /** Makes a key under a parent, to be used with that authorisation; gives its wrapped form. */
    TpmKeyFile.Wrapped create(TpmSession session, Loaded parent, byte[] template, Authorisation authorisation)
            throws IdentityException.Element, Refusal {
        byte[] sensitive = new TpmWriter().sized(authorisation.value()).u16(0).bytes();
        TpmReader in = run(new TpmCommand("TPM2_Create", 0x153)
                        .on(parent.handle(), parent.publicArea().name())
                        .through(session, Authorisation.NONE)
                        .sized(sensitive)
                        .answersSized()
                        .parameters(new TpmWriter().sized(template).u16(0).u32(0)))
                .reader();
        Arrays.fill(sensitive, (byte) 0);
        byte[] wrappedPrivate = in.sized();
        return new TpmKeyFile.Wrapped(TpmPublic.parse(in.sized()), wrappedPrivate, authorisation);
    }

    Loaded load(TpmSession session, Loaded parent, TpmKeyFile.Wrapped key) throws IdentityException.Element, Refusal {
        TpmAnswer answer = run(new TpmCommand("TPM2_Load", 0x157)
                .on(parent.handle(), parent.publicArea().name())
                .through(session, Authorisation.NONE)
                .sized(key.wrappedPrivate())
                .answersHandle()
                .answersSized()
                .parameters(new TpmWriter().sized(key.publicArea().area())));
        return new Loaded(answer.handle(), key.publicArea());
    }

    /** Signs a digest with the scheme that the key was made with; the answer is a TPMT_SIGNATURE. */
    byte[] sign(TpmSession session, Loaded key, Authorisation authorisation, byte[] digest)
            throws IdentityException.Element, Refusal {
        return run(new TpmCommand("TPM2_Sign", 0x15d)
                        .on(key.handle(), key.publicArea().name())
                        .through(session, authorisation)
                        .sized(digest)
                        .parameters(new TpmWriter()
                                .u16(TpmTemplates.NULL)
                                .u16(0x8024) // TPM_ST_HASHCHECK: no ticket, the key is not restricted
                                .u32(NULL_HANDLE)
                                .u16(0)))
                .parameters();
    }

    /** ECDH with a key of the TPM; the point as TPMS_ECC_POINT, and the shared point as the same. */
    TpmReader agree(TpmSession session, Loaded key, Authorisation authorisation, byte[] point)
            throws IdentityException.Element, Refusal {
        byte[] shared = run(new TpmCommand("TPM2_ECDH_ZGen", 0x154)
                        .on(key.handle(), key.publicArea().name())
                        .through(session, authorisation)
                        .sized(point)
                        .answersSized())
                .reader()
                .sized();
        return new TpmReader(shared, "the shared point");
    }

    /** Has one key state that another is in this TPM: TPMS_ATTEST, then TPMT_SIGNATURE. */
    TpmReader certify(
            TpmSession session,
            TpmSession second,
            Loaded key,
            Authorisation authorisation,
            Loaded attestationKey,
            Authorisation attestationAuthorisation,
            byte[] nonce)
            throws IdentityException.Element, Refusal {
        return run(new TpmCommand("TPM2_Certify", 0x148)
                        .on(key.handle(), key.publicArea().name())
                        .on(attestationKey.handle(), attestationKey.publicArea().name())
                        .through(session, authorisation)
                        .through(second, attestationAuthorisation)
                        .sized(nonce)
                        .answersSized()
                        .parameters(new TpmWriter().u16(TpmTemplates.NULL)))
                .reader();
    }

    /** Satisfies the endorsement key's policy: the endorsement hierarchy allows it. */
    void policyOfEndorsement(TpmSession session, TpmSession policy) throws IdentityException.Element, Refusal {
        run(new TpmCommand("TPM2_PolicySecret", 0x151)
                .on(ENDORSEMENT)
                .on(policy.handle())
                .through(session, Authorisation.NONE)
                .sized(new byte[0])
                .answersSized()
                .parameters(new TpmWriter().u16(0).u16(0).u32(0)));
    }

    /** Opens a credential that was made for this endorsement key and this attestation key together. */
    byte[] activate(
            TpmSession session,
            TpmSession policy,
            Loaded attestationKey,
            Authorisation authorisation,
            Loaded endorsementKey,
            CredentialChallenge challenge)
            throws IdentityException.Element, Refusal {
        return run(new TpmCommand("TPM2_ActivateCredential", 0x147)
                        .on(attestationKey.handle(), attestationKey.publicArea().name())
                        .on(endorsementKey.handle(), endorsementKey.publicArea().name())
                        .through(session, authorisation)
                        .through(policy, Authorisation.NONE)
                        .sized(challenge.credentialBlob())
                        .answersSized()
                        .parameters(new TpmWriter().sized(challenge.encryptedSecret())))
                .reader()
                .sized();
    }

    /** Frees a transient object or a session. */
    void flush(int handle) throws IdentityException.Element, Refusal {
        run(new TpmCommand("TPM2_FlushContext", 0x165).parameters(new TpmWriter().u32(handle)));
    }

    @Override
    public void close() {
        transport.close();
    }
}
