package org.camseal.cli.camera;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.onvif.login.Caller;
import org.camseal.onvif.login.OnvifUsers;
import org.camseal.onvif.login.UserLevel;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** A camera's accounts as ONVIF asks for them: those whose programs have a stream secret. */
record OnvifAccounts(Accounts accounts) implements OnvifUsers {
    @Override
    public String realm() {
        return Accounts.REALM;
    }

    @Override
    public List<Caller.User> all() {
        return accounts.all().stream()
                .flatMap(account -> user(account).stream())
                .toList();
    }

    @Override
    public Optional<Caller.User> find(String name) {
        return accounts.find(name).flatMap(OnvifAccounts::user);
    }

    private static Optional<Caller.User> user(Account account) {
        return account.streamSecret() == Account.StreamSecret.NONE
                ? Optional.empty()
                : Optional.of(new Caller.User(account.name(), level(account.role())));
    }

    private static UserLevel level(AccountRole role) {
        return switch (role) {
            case VIEWER -> UserLevel.USER;
            case OPERATOR -> UserLevel.OPERATOR;
            case ADMINISTRATOR -> UserLevel.ADMINISTRATOR;
        };
    }

    @Override
    public Optional<DigestSecret> secret(String name, DigestAlgorithm algorithm) {
        return accounts.digestSecret(name, algorithm);
    }

    @Override
    public Optional<String> tokenPassword(String name) {
        return accounts.onvifSecret(name);
    }

    @Override
    public boolean isBarred(String name, InetAddress from) {
        return accounts.isBarred(name, from);
    }

    @Override
    public void failed(String name, InetAddress from) {
        accounts.failed(name, from);
    }
}
