package org.camseal.onvif;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.onvif.login.Caller;
import org.camseal.onvif.login.OnvifUsers;
import org.camseal.onvif.login.UserLevel;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;

/** Four accounts; {@code token} alone has opted in to username tokens. All passwords are {@code of NAME}. */
public final class TestUsers implements OnvifUsers {
    private static final Map<String, UserLevel> LEVELS = Map.of(
            "admin",
            UserLevel.ADMINISTRATOR,
            "operator",
            UserLevel.OPERATOR,
            "guard",
            UserLevel.USER,
            "token",
            UserLevel.ADMINISTRATOR);

    private final AtomicInteger failures = new AtomicInteger();
    private final Set<String> barred = ConcurrentHashMap.newKeySet();

    /** The password of a test account. */
    public static String password(String name) {
        return "of " + name;
    }

    @Override
    public String realm() {
        return "camera";
    }

    @Override
    public List<Caller.User> all() {
        return LEVELS.keySet().stream()
                .sorted()
                .map(name -> find(name).orElseThrow())
                .toList();
    }

    @Override
    public Optional<Caller.User> find(String name) {
        return Optional.ofNullable(LEVELS.get(name)).map(level -> new Caller.User(name, level));
    }

    @Override
    public Optional<DigestSecret> secret(String name, DigestAlgorithm algorithm) {
        return find(name).map(_ -> DigestSecret.of(algorithm, new Login(name, password(name)), realm()));
    }

    @Override
    public Optional<String> tokenPassword(String name) {
        return name.equals("token") ? Optional.of(password(name)) : Optional.empty();
    }

    @Override
    public boolean isBarred(String name, InetAddress from) {
        return barred.contains(name);
    }

    @Override
    public void failed(String name, InetAddress from) {
        failures.incrementAndGet();
    }

    /** Bars an account from now on. */
    public void bar(String name) {
        barred.add(name);
    }

    /** How many wrong logins were counted. */
    public int failures() {
        return failures.get();
    }
}
