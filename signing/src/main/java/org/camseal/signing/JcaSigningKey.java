package org.camseal.signing;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.camseal.signing.wire.HashAlgorithm;

/** A signing key that the Java runtime can use: one in memory, or in a store that a JCA provider knows. */
public final class JcaSigningKey implements SigningKey {
    private final SigningAlgorithm algorithm;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    /**
     * @param chain leaf first, without the root, 1 to 4
     * @param key fits the leaf and the kind
     */
    public JcaSigningKey(SigningAlgorithm algorithm, List<X509Certificate> chain, PrivateKey key) {
        this.algorithm = algorithm;
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    @Override
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public byte[] sign(byte[] document) throws SigningException.KeyFailed {
        try {
            Signature signature = signature(algorithm);
            signature.initSign(key);
            signature.update(document);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SigningException.KeyFailed("the media key cannot sign: " + e.getMessage(), e);
        }
    }

    private static Signature signature(SigningAlgorithm algorithm) throws GeneralSecurityException {
        HashAlgorithm hash = algorithm.hash();
        if (!algorithm.kind().isRsa()) {
            return Signature.getInstance(hash.jcaName().replace("-", "") + "withECDSA");
        }
        // The longest salt that fits, as deployed signers have it (RFC 8017 section 9.1.1).
        int encoded = (algorithm.kind().rsaBits() + 6) / 8;
        int salt = encoded - hash.size() - 2;
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec(
                hash.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(hash.jcaName()),
                salt,
                PSSParameterSpec.TRAILER_FIELD_BC));
        return pss;
    }
}
