package org.camseal.identity.tpm2;

import java.util.ArrayList;
import java.util.List;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/** One command on its way: handles with their Names, sessions, parameters (part 1, section 18). Used once. */
final class TpmCommand {
    private static final int NO_SESSIONS = 0x8001;
    private static final int SESSIONS = 0x8002;
    private static final int HEADER = 10;

    private final String name;
    private final int code;
    private final List<Integer> handles = new ArrayList<>();
    private final TpmWriter names = new TpmWriter();
    private final List<Authorised> sessions = new ArrayList<>();
    private byte[] first = new byte[0];
    private boolean firstIsSized;
    private byte[] rest = new byte[0];
    private boolean answerIsSized;
    private boolean answersHandle;
    private boolean emptyPassword;

    TpmCommand(String name, int code) {
        this.name = name;
        this.code = code;
    }

    private record Authorised(TpmSession session, Authorisation authorisation) {}

    /** The secret that allows the use of a key; empty for permanent hierarchies without owner. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Authorisation(byte[] value) {
        static final Authorisation NONE = new Authorisation(new byte[0]);

        @Override
        public String toString() {
            return "authorisation";
        }
    }

    String name() {
        return name;
    }

    TpmCommand on(int handle, byte[] objectName) {
        handles.add(handle);
        names.raw(objectName);
        return this;
    }

    /** On a handle whose Name is the handle itself: hierarchies and sessions. */
    TpmCommand on(int handle) {
        return on(handle, new TpmWriter().u32(handle).bytes());
    }

    /** The next handle is authorised through that session; the first session also encrypts. */
    TpmCommand through(TpmSession session, Authorisation authorisation) {
        sessions.add(new Authorised(session, authorisation));
        return this;
    }

    /** Without a secret, for hierarchies that have no owner yet: the only use of a password session. */
    TpmCommand withEmptyPassword() {
        emptyPassword = true;
        return this;
    }

    /** The first parameter as TPM2B: it travels encrypted if there is a session. */
    TpmCommand sized(byte[] parameter) {
        first = parameter.clone();
        firstIsSized = true;
        return this;
    }

    /** The parameters behind the first, or all of them. */
    TpmCommand parameters(TpmWriter parameters) {
        rest = parameters.bytes();
        return this;
    }

    /** The answer begins with a TPM2B, which shall travel encrypted. */
    TpmCommand answersSized() {
        answerIsSized = true;
        return this;
    }

    TpmCommand answersHandle() {
        answersHandle = true;
        return this;
    }

    /** Every sending has fresh nonces, so that also a repetition asked for by the TPM is a new command. */
    byte[] encode() {
        sessions.forEach(one -> one.session().roll());
        byte[] parameters = encodedParameters();
        TpmWriter body = new TpmWriter();
        handles.forEach(body::u32);
        if (emptyPassword) {
            byte[] password =
                    new TpmWriter().u32(0x40000009).u16(0).u8(0).u16(0).bytes();
            body.u32(password.length).raw(password);
        } else if (!sessions.isEmpty()) {
            byte[] digest = TpmKdf.sha256(
                    new TpmWriter().u32(code).raw(names.bytes()).raw(parameters).bytes());
            TpmWriter area = new TpmWriter();
            for (int i = 0; i < sessions.size(); i++) {
                Authorised one = sessions.get(i);
                area.raw(one.session()
                        .authorise(digest, attributes(i), one.authorisation().value()));
            }
            body.u32(area.bytes().length).raw(area.bytes());
        }
        byte[] all = body.raw(parameters).bytes();
        int tag = emptyPassword || !sessions.isEmpty() ? SESSIONS : NO_SESSIONS;
        return new TpmWriter()
                .u16(tag)
                .u32(HEADER + all.length)
                .u32(code)
                .raw(all)
                .bytes();
    }

    private int attributes(int index) {
        if (index > 0) {
            return TpmSession.CONTINUE;
        }
        return TpmSession.CONTINUE | (firstIsSized ? TpmSession.DECRYPT : 0) | (answerIsSized ? TpmSession.ENCRYPT : 0);
    }

    private byte[] encodedParameters() {
        if (!firstIsSized) {
            return rest;
        }
        byte[] sent = sessions.isEmpty()
                ? first
                : sessions.getFirst()
                        .session()
                        .encryptCommand(
                                first, sessions.getFirst().authorisation().value());
        return new TpmWriter().sized(sent).raw(rest).bytes();
    }

    /** Reads only the code: whether the answer is a refusal. */
    TpmCode code(byte[] response) throws IdentityException.Element {
        TpmReader in = new TpmReader(response, "the answer to " + name);
        int tag = in.u16();
        int size = in.u32();
        TpmCode answer = new TpmCode(in.u32());
        if (size != response.length) {
            throw in.malformed("it says it has " + size + " bytes of " + response.length);
        }
        boolean expectedTag = tag == (needsProof() || emptyPassword ? SESSIONS : NO_SESSIONS);
        if (answer.isSuccess() && !expectedTag) {
            throw in.malformed("tag " + tag);
        }
        if (!answer.isSuccess() && response.length != HEADER) {
            throw in.malformed("a refusal with " + (response.length - HEADER) + " bytes more");
        }
        return answer;
    }

    private boolean needsProof() {
        return !sessions.isEmpty();
    }

    /** The answer of a command that was done, checked and decrypted. */
    TpmAnswer decode(byte[] response) throws IdentityException.Element {
        TpmReader in = new TpmReader(response, "the answer to " + name);
        in.raw(HEADER);
        int handle = answersHandle ? in.u32() : 0;
        if (!needsProof()) {
            byte[] parameters = emptyPassword ? in.raw(in.u32()) : in.rest();
            return new TpmAnswer(handle, parameters, name);
        }
        byte[] parameters = in.raw(in.u32());
        byte[] digest =
                TpmKdf.sha256(new TpmWriter().u32(0).u32(code).raw(parameters).bytes());
        for (Authorised one : sessions) {
            one.session().check(in, digest, one.authorisation().value(), name);
        }
        in.end();
        return new TpmAnswer(handle, answerIsSized ? decrypted(parameters) : parameters, name);
    }

    private byte[] decrypted(byte[] parameters) throws IdentityException.Element {
        Authorised encrypting = sessions.getFirst();
        TpmReader in = new TpmReader(parameters, "the answer to " + name);
        byte[] clear = encrypting
                .session()
                .decryptResponse(in.sized(), encrypting.authorisation().value());
        return new TpmWriter().sized(clear).raw(in.rest()).bytes();
    }

    /** The fault for an answer that could not be read at all. */
    IdentityException.Element lost(Exception cause) {
        return new IdentityException.Element(
                ElementFault.UNAVAILABLE, "no answer to " + name + ": " + cause.getMessage(), cause);
    }

    /** What a command gave. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record TpmAnswer(int handle, byte[] parameters, String command) {
        TpmReader reader() {
            return new TpmReader(parameters, "the answer to " + command);
        }
    }
}
