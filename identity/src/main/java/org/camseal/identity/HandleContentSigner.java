package org.camseal.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.RuntimeOperatorException;

/**
 * Bouncy Castle's signer over a key handle, for certificates, requests and CMS. One for each signature: signers hold state and are not
 * for sharing. If the element fails, {@link #getSignature()} throws a {@link RuntimeOperatorException}.
 */
public final class HandleContentSigner implements ContentSigner {
    private final KeyHandle key;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    public HandleContentSigner(KeyHandle key) {
        this.key = key;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return identifier(key.algorithm());
    }

    /** The algorithm as certificates and requests name it, with its parameters (RFC 5758, RFC 4055). */
    public static AlgorithmIdentifier identifier(SignatureAlgorithm algorithm) {
        String name = switch (algorithm) {
            case ES256 -> "SHA256withECDSA";
            case ES384 -> "SHA384withECDSA";
            case PS256 -> "SHA256withRSAandMGF1";
        };
        return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
    }

    @Override
    public OutputStream getOutputStream() {
        return message;
    }

    @Override
    public byte[] getSignature() {
        try {
            return key.sign(message.toByteArray());
        } catch (IdentityException e) {
            throw new RuntimeOperatorException(e.getMessage(), new IOException(e));
        }
    }
}
