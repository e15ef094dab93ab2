package org.camseal.identity;

import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KeyHandle} as a JCA key. It implements the public half of {@link ECKey} or {@link RSAKey} because JSSE asks a key for its
 * curve or size, but not {@code ECPrivateKey} or {@code RSAPrivateKey}: so no provider but {@link HandleProvider} accepts it.
 */
@SuppressWarnings("serial") // PrivateKey is Serializable by JCA's design; these keys refuse to be written or read.
abstract sealed class OpaqueKey implements PrivateKey {
    private final transient KeyHandle handle;

    private OpaqueKey(KeyHandle handle) {
        this.handle = handle;
    }

    static OpaqueKey of(KeyHandle handle) {
        return switch (handle.publicKey()) {
            case ECPublicKey key -> new Ec(handle, key.getParams());
            case RSAPublicKey key -> new Rsa(handle, key.getModulus());
            default ->
                throw new IllegalArgumentException(
                        "no key of algorithm " + handle.publicKey().getAlgorithm());
        };
    }

    KeyHandle handle() {
        return handle;
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key handle cannot be serialised");
    }

    private void readObject(ObjectInputStream in) throws NotSerializableException {
        throw new NotSerializableException("a key handle cannot be deserialised");
    }

    @Override
    public String toString() {
        return "key handle (" + handle.slot().label() + ", " + handle.algorithm() + ")";
    }

    static final class Ec extends OpaqueKey implements ECKey {
        private final transient ECParameterSpec curve;

        private Ec(KeyHandle handle, ECParameterSpec curve) {
            super(handle);
            this.curve = curve;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public ECParameterSpec getParams() {
            return curve;
        }
    }

    static final class Rsa extends OpaqueKey implements RSAKey {
        private final transient BigInteger modulus;

        private Rsa(KeyHandle handle, BigInteger modulus) {
            super(handle);
            this.modulus = modulus;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public BigInteger getModulus() {
            return modulus;
        }

        @Override
        public @Nullable AlgorithmParameterSpec getParams() {
            return null; // AsymmetricKey and RSAKey both have a default: one must be chosen
        }
    }
}
