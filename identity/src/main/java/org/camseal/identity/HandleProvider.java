package org.camseal.identity;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JCA provider whose signatures work through {@link KeyHandle}s: with it JSSE shakes hands and Bouncy Castle signs requests with keys
 * that never leave their element. It only signs; verifying is left to the platform's
 * providers, and so it claims only names that those have: under any other name, who verifies would end up here and be refused.
 * (Bouncy Castle has names of its own for RSASSA-PSS; use {@link HandleContentSigner} with it.)
 */
public final class HandleProvider extends Provider {
    /** The provider's name in JCA. */
    public static final String NAME = "CamSealHandles";

    private static final HandleProvider INSTANCE = new HandleProvider();

    private HandleProvider() {
        super(NAME, "1", "CamSeal: signatures through key handles");
        putService(new SignatureService(this, SignatureAlgorithm.ES256));
        putService(new SignatureService(this, SignatureAlgorithm.ES384));
        putService(new SignatureService(this, SignatureAlgorithm.PS256));
    }

    /**
     * Makes the provider known to JCA, last in order, once. JSSE chooses a provider by asking each whether it supports the key, so the
     * provider must be known by the time of the first handshake; {@link TlsContexts} sees to that.
     */
    public static HandleProvider install() {
        Security.addProvider(INSTANCE); // does nothing if it is there
        return INSTANCE;
    }

    private static final class SignatureService extends Service {
        private final SignatureAlgorithm algorithm;

        SignatureService(Provider provider, SignatureAlgorithm algorithm) {
            super(
                    provider,
                    "Signature",
                    algorithm.jcaName(),
                    HandleSignature.class.getName(),
                    List.of(),
                    Map.of("SupportedKeyClasses", OpaqueKey.class.getName()));
            this.algorithm = algorithm;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new HandleSignature(algorithm);
        }
    }
}
