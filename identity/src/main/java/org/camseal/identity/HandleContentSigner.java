package org.camseal.identity;

import java.security.Provider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Bouncy Castle's signer over a key handle. One for each signature: signers hold state and are not for sharing. */
final class HandleContentSigner {
    private HandleContentSigner() {}

    static ContentSigner of(KeyHandle key) throws OperatorCreationException {
        Provider provider = HandleProvider.install();
        String name = key.algorithm() == SignatureAlgorithm.PS256
                ? "SHA256withRSAandMGF1"
                : key.algorithm().jcaName();
        return new JcaContentSignerBuilder(name).setProvider(provider).build(key.opaqueKey());
    }
}
