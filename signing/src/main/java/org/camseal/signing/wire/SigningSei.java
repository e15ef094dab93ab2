package org.camseal.signing.wire;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.camseal.media.Codec;

/** One signing SEI that was read: well formed, not verified. Immutable. */
public final class SigningSei {
    /** uuid_iso_iec_11578 of ONVIF Media Signing. */
    public static final UUID SEI_UUID = UUID.fromString("005bc93f-2d71-5e95-ada4-796f90877a6f");

    static final int CERTIFICATE_FLAG = 0x80;
    static final int ESCAPED_FLAG = 0x40;
    static final int EXTENSION_FLAG = 0x01;

    private final Codec codec;
    private final int flags;
    private final SeiContent content;
    private final Optional<SignatureField> signature;
    private final byte[] hashed;
    private final int documentLength;

    /**
     * @param hashed the NAL unit as its signer hashed it: with or without emulation prevention; taken over
     * @param documentLength of it, the bytes in front of the signature; all of it without one
     */
    SigningSei(
            Codec codec,
            int flags,
            SeiContent content,
            Optional<SignatureField> signature,
            byte[] hashed,
            int documentLength) {
        this.codec = codec;
        this.flags = flags;
        this.content = content;
        this.signature = signature;
        this.hashed = hashed;
        this.documentLength = documentLength;
    }

    public Codec codec() {
        return codec;
    }

    /** The reserved byte, 0 to 255. */
    public int flags() {
        return flags;
    }

    /** True for a certificate SEI: it presents the manufacturer's key and says nothing of the video. */
    public boolean isCertificateSei() {
        return (flags & CERTIFICATE_FLAG) != 0;
    }

    /** True if emulation prevention bytes were in place when the document was hashed. */
    public boolean isEscapedBeforeHashing() {
        return (flags & ESCAPED_FLAG) != 0;
    }

    public SeiContent content() {
        return content;
    }

    /** Empty for an unsigned SEI, which is itself hashed like a slice. */
    public Optional<SignatureField> signature() {
        return signature;
    }

    /** What the signature is over: from the NAL header to in front of the signature's tag, a copy. */
    public byte[] document() {
        return Arrays.copyOf(hashed, documentLength);
    }

    /** The whole NAL unit in the form in which an unsigned SEI is hashed; shared, never to be written to. */
    public byte[] hashedBytes() {
        return hashed;
    }

    @Override
    public String toString() {
        return (isCertificateSei() ? "certificate SEI" : signature.isPresent() ? "signed SEI" : "unsigned SEI")
                + content.general().map(general -> " " + general.counter()).orElse("");
    }
}
