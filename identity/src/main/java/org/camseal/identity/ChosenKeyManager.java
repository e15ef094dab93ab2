package org.camseal.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows JSSE the key that is chosen at the moment. An alias names one choice, so that a handshake under way keeps its key and its chain. */
final class ChosenKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "choice-";

    private final Supplier<CertifiedKey> chosen;
    private Choice now;
    private @Nullable Choice before;

    private record Choice(String alias, CertifiedKey key, HandleKeyManager shown) {}

    ChosenKeyManager(Supplier<CertifiedKey> chosen) {
        this.chosen = chosen;
        CertifiedKey first = chosen.get();
        this.now = new Choice(ALIAS + 0, first, new HandleKeyManager(first));
    }

    private synchronized Choice current() {
        CertifiedKey key = chosen.get();
        if (!key.equals(now.key())) {
            int next = Integer.parseInt(now.alias().substring(ALIAS.length())) + 1;
            Choice old = now;
            now = new Choice(ALIAS + next, key, new HandleKeyManager(key));
            before = old;
        }
        return now;
    }

    private synchronized @Nullable Choice named(@Nullable String alias) {
        if (now.alias().equals(alias)) {
            return now;
        }
        Choice old = before;
        return old != null && old.alias().equals(alias) ? old : null;
    }

    private @Nullable String alias(String keyType) {
        Choice current = current();
        return current.shown().getServerAliases(keyType, null).length == 0 ? null : current.alias();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return null; // for servers
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? new String[0] : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Choice choice = named(alias);
        return choice == null ? null : chain(choice);
    }

    private static X509Certificate[] chain(Choice choice) {
        return choice.key().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Choice choice = named(alias);
        return choice == null ? null : choice.key().key().opaqueKey();
    }
}
