package org.camseal.identity;

import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** Collects the message, then has the handle sign it. */
final class HandleSignature extends SignatureSpi {
    static final int MAX_MESSAGE = KeyHandle.MAX_MESSAGE;

    private final SignatureAlgorithm algorithm;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable KeyHandle handle;

    HandleSignature(SignatureAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        if (!(key instanceof OpaqueKey opaque)) {
            throw new InvalidKeyException("this provider signs with key handles only");
        }
        KeyHandle asked = opaque.handle();
        if (asked.algorithm() != algorithm) {
            throw new InvalidKeyException("this key signs with " + asked.algorithm() + ", not with " + algorithm);
        }
        handle = asked;
        message.reset();
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        throw new InvalidKeyException("this provider does not verify");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        engineUpdate(new byte[] {b}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
        if (length > MAX_MESSAGE - message.size()) {
            throw new SignatureException(
                    "a message of more than " + MAX_MESSAGE + " bytes is not signed through a handle");
        }
        message.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        if (handle == null) {
            throw new SignatureException("not initialised");
        }
        byte[] signed = message.toByteArray();
        message.reset();
        try {
            return handle.sign(signed);
        } catch (IdentityException e) {
            throw new SignatureException(e.getMessage(), e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("this provider does not verify");
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters == null && algorithm.parameters().isEmpty()) {
            return;
        }
        if (!(parameters instanceof PSSParameterSpec asked)
                || !(algorithm.parameters().orElse(null) instanceof PSSParameterSpec own)
                || !own.toString().equals(asked.toString())) {
            throw new InvalidAlgorithmParameterException(
                    "this key signs with " + algorithm + " and its parameters only");
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        AlgorithmParameterSpec own = algorithm.parameters().orElse(null);
        if (own == null) {
            return null;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(algorithm.jcaName());
            parameters.init(own);
            return parameters;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSASSA-PSS parameters", e);
        }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("no parameter " + name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("no parameter " + name);
    }
}
