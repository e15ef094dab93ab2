package org.camseal.bench.signing;

import java.security.cert.X509Certificate;
import java.util.List;
import org.camseal.signing.SigningAlgorithm;
import org.camseal.signing.SigningException;
import org.camseal.signing.SigningKey;

/**
 * A key whose time is taken, in its own thread.
 *
 * @param spent by signing
 */
record TimedKey(SigningKey key, Spent spent) implements SigningKey {
    TimedKey(SigningKey key) {
        this(key, new Spent());
    }

    @Override
    public SigningAlgorithm algorithm() {
        return key.algorithm();
    }

    @Override
    public List<X509Certificate> chain() {
        return key.chain();
    }

    @Override
    public byte[] sign(byte[] document) throws SigningException.KeyFailed {
        spent.begin();
        try {
            return key.sign(document);
        } finally {
            spent.end();
        }
    }
}
