package org.camseal.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows one key, through its handle, and its chain to JSSE. */
final class HandleKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "handle";

    private final PrivateKey key;
    private final Supplier<CertifiedKey> current;
    private final String keyType;

    HandleKeyManager(CertifiedKey own) {
        this(() -> own);
    }

    /** @param current asked in each handshake: always the same key, with the chain that it has now */
    HandleKeyManager(Supplier<CertifiedKey> current) {
        CertifiedKey certified = current.get();
        if (!certified.key().slot().speaksTls()) {
            throw new IllegalArgumentException("the " + certified.key().slot().label() + " key is not for TLS");
        }
        this.key = certified.key().opaqueKey();
        this.current = current;
        this.keyType = key.getAlgorithm();
    }

    private @Nullable String alias(String... keyTypes) {
        for (String asked : keyTypes) {
            if (asked.equals(keyType)) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return alias(keyType) == null ? new String[0] : new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return ALIAS.equals(alias) ? current.get().chain().toArray(X509Certificate[]::new) : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return ALIAS.equals(alias) ? key : null;
    }
}
