package org.camseal.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows JSSE the key that is right at the moment, through its handle, and its chain. An alias names one choice, so that a handshake under way
 * keeps its key and its chain. ("Key manager" is JSSE's word.)
 */
final class HandleKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "handle-";

    private final Supplier<CertifiedKey> current;
    private Choice now;
    private @Nullable Choice before;

    private record Choice(int number, CertifiedKey certified, PrivateKey key) {
        static Choice of(int number, CertifiedKey certified) {
            KeyHandle handle = certified.key();
            if (!handle.slot().speaksTls()) {
                throw new IllegalArgumentException("the " + handle.slot().label() + " key is not for TLS");
            }
            return new Choice(number, certified, handle.opaqueKey());
        }

        String alias() {
            return ALIAS + number;
        }
    }

    HandleKeyManager(CertifiedKey own) {
        this(() -> own);
    }

    /** @param current asked in each handshake; must return soon */
    HandleKeyManager(Supplier<CertifiedKey> current) {
        this.current = current;
        this.now = Choice.of(0, current.get());
    }

    private synchronized Choice current() {
        CertifiedKey certified = current.get();
        if (!certified.equals(now.certified())) {
            Choice next = Choice.of(now.number() + 1, certified);
            before = now;
            now = next;
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

    private @Nullable String alias(String... keyTypes) {
        Choice choice = current();
        for (String asked : keyTypes) {
            if (asked.equals(choice.key().getAlgorithm())) {
                return choice.alias();
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
        String alias = alias(keyType);
        return alias == null ? new String[0] : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        Choice choice = named(alias);
        return choice == null ? null : choice.certified().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        Choice choice = named(alias);
        return choice == null ? null : choice.key();
    }
}
