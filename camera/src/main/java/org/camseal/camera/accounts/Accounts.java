package org.camseal.camera.accounts;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.camseal.camera.CameraException;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestSecret;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.DigestUsers;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one camera, in one file that only its owner reads. A new camera has none: then nobody can log in anywhere, and the only thing
 * that can be done is {@link #setFirst}. There is always an administrator afterwards.
 *
 * <p>Every change is on the disk before it counts, and a power cut leaves the old or the new. Safe for use by several threads.
 */
public final class Accounts {
    /** The realm of all Digest logins at a camera, RTSP's and HTTP's: secrets are kept for it alone. */
    public static final String REALM = "CamSeal camera";

    /** Most accounts of one camera. */
    public static final int MOST = 64;

    private static final int CHECKS_AT_ONCE = 2;
    private static final long CHECK_WAIT_SECONDS = 10;
    private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";
    private static final int SECRET_BYTES = 20;

    private final AccountFile file;
    private final String serial;
    private final PasswordCost cost;
    private final SecureRandom random;
    private final LoginThrottle throttle;
    private final LoginThrottle programs;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);
    private final PasswordVerifier nobody;
    private volatile StoredAccounts stored;

    private Accounts(Path file, String serial, PasswordCost cost, SecureRandom random, LongSupplier nanoTime)
            throws CameraException.Store {
        this.file = new AccountFile(file);
        this.serial = serial;
        this.cost = cost;
        this.random = random;
        this.throttle = new LoginThrottle(nanoTime);
        this.programs = new LoginThrottle(nanoTime);
        this.nobody = PasswordVerifier.of("", cost, random);
        this.stored = this.file.read();
    }

    /**
     * Opens them; a file that is not there means that there are none.
     *
     * @param file in a directory of its owner alone
     * @param serial the camera's, which no password may hold
     * @param cost of checking a password that is set from now on
     * @param nanoTime a clock that never goes back
     * @throws CameraException.Store if the file cannot be read, others may read it, or it is damaged
     */
    public static Accounts open(Path file, String serial, PasswordCost cost, SecureRandom random, LongSupplier nanoTime)
            throws CameraException.Store {
        return new Accounts(file, serial, cost, random, nanoTime);
    }

    /** True while there is no account: nothing may be served but the way to make the first. */
    public boolean isFresh() {
        return stored.accounts().isEmpty();
    }

    /** All of them, in the order they were made. */
    public List<Account> all() {
        return stored.accounts().stream().map(StoredAccounts.Stored::account).toList();
    }

    /** The account of that name, as it is now. */
    public Optional<Account> find(String name) {
        return stored(name).map(StoredAccounts.Stored::account);
    }

    private Optional<StoredAccounts.Stored> stored(String name) {
        return stored.accounts().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * Makes the first administrator.
     *
     * @throws CameraException.Refused if there is an account already, or the name or password is not fit
     */
    public synchronized Account setFirst(String name, String password)
            throws CameraException.Refused, CameraException.Store {
        if (!isFresh()) {
            throw new CameraException.Refused("this camera has an administrator already: log in");
        }
        return put(name, AccountRole.ADMINISTRATOR, password);
    }

    /**
     * Makes an account.
     *
     * @throws CameraException.Refused if the name is taken or not fit, the password is not fit, or there are {@link #MOST}
     */
    public synchronized Account add(String name, AccountRole role, String password)
            throws CameraException.Refused, CameraException.Store {
        if (find(name).isPresent()) {
            throw new CameraException.Refused("there is a user of this name already");
        }
        if (stored.accounts().size() >= MOST) {
            throw new CameraException.Refused("a camera has at most " + MOST + " users: remove one first");
        }
        return put(name, role, password);
    }

    private Account put(String name, AccountRole role, String password)
            throws CameraException.Refused, CameraException.Store {
        if (!name.matches(NAME_FORM)) {
            throw new CameraException.Refused(
                    "a user's name has 1 to 32 letters, digits and . _ -, and begins with a letter or digit");
        }
        return save(new StoredAccounts.Stored(
                name, role.label(), stored.nextGeneration(), verifier(name, password), null, null, null));
    }

    private String verifier(String name, String password) throws CameraException.Refused {
        Optional<String> complaint = PasswordRule.complaint(password, Set.of(name, serial));
        if (complaint.isPresent()) {
            throw new CameraException.Refused(complaint.get());
        }
        return PasswordVerifier.of(password, cost, random).text();
    }

    private Account save(StoredAccounts.Stored changed) throws CameraException.Store {
        stored = file.write(AccountFile.with(stored, changed));
        return changed.account();
    }

    /** Sets a password; whoever was logged in with the account has to log in again. */
    public synchronized Account setPassword(String name, String password)
            throws CameraException.Refused, CameraException.Store {
        StoredAccounts.Stored one = required(name);
        String verifier = verifier(name, password);
        return save(new StoredAccounts.Stored(
                name, one.role(), stored.nextGeneration(), verifier, one.sha256(), one.md5(), one.onvif()));
    }

    /** Gives another role. @throws CameraException.Refused if no administrator were left */
    public synchronized Account setRole(String name, AccountRole role)
            throws CameraException.Refused, CameraException.Store {
        StoredAccounts.Stored one = required(name);
        if (role != AccountRole.ADMINISTRATOR) {
            requireAnotherAdministrator(name);
        }
        return save(new StoredAccounts.Stored(
                name, role.label(), stored.nextGeneration(), one.verifier(), one.sha256(), one.md5(), one.onvif()));
    }

    /** Removes an account. @throws CameraException.Refused if no administrator were left */
    public synchronized void remove(String name) throws CameraException.Refused, CameraException.Store {
        StoredAccounts.Stored one = required(name);
        requireAnotherAdministrator(name);
        stored = file.write(AccountFile.without(stored, one));
    }

    private StoredAccounts.Stored required(String name) throws CameraException.Refused {
        return stored(name).orElseThrow(() -> new CameraException.Refused("there is no user of this name"));
    }

    private void requireAnotherAdministrator(String name) throws CameraException.Refused {
        boolean another = all().stream()
                .anyMatch(one ->
                        one.role() == AccountRole.ADMINISTRATOR && !one.name().equals(name));
        if (!another) {
            throw new CameraException.Refused("no administrator would be left: make another one first");
        }
    }

    /**
     * Makes a new stream secret, with which the account's programs log in at RTSP and ONVIF; one before counts no more.
     *
     * @param wanted {@link Account.StreamSecret#NONE} takes it away
     * @return the secret, to be shown once; empty if it was taken away
     */
    public synchronized Optional<String> newStreamSecret(String name, Account.StreamSecret wanted)
            throws CameraException.Refused, CameraException.Store {
        StoredAccounts.Stored one = required(name);
        @Nullable
        String secret = wanted == Account.StreamSecret.NONE ? null : StreamSecrets.random(random, SECRET_BYTES);
        save(new StoredAccounts.Stored(
                name,
                one.role(),
                one.generation(),
                one.verifier(),
                secret == null ? null : digest(DigestAlgorithm.SHA_256, name, secret),
                secret == null ? null : digest(DigestAlgorithm.MD5, name, secret),
                wanted == Account.StreamSecret.ONVIF ? secret : null));
        return Optional.ofNullable(secret);
    }

    private static String digest(DigestAlgorithm algorithm, String name, String secret) {
        return DigestSecret.of(algorithm, new Login(name, secret), REALM).hex();
    }

    /**
     * Checks a password given at the pages; takes as long for a user who is not there. Waits up to 10 s while others are checked.
     *
     * @param from where the client is
     */
    public LoginOutcome login(String name, String password, InetAddress from) throws InterruptedException {
        String counted = counted(name);
        var wait = throttle.begin(counted, from);
        if (wait.isPresent()) {
            return new LoginOutcome.TooEarly(wait.get());
        }
        if (password.length() > PasswordRule.MOST_LENGTH) {
            return new LoginOutcome.Wrong();
        }
        if (!checks.tryAcquire(CHECK_WAIT_SECONDS, TimeUnit.SECONDS)) {
            return new LoginOutcome.Busy();
        }
        try {
            Optional<StoredAccounts.Stored> one = stored(name);
            PasswordVerifier verifier =
                    one.map(known -> PasswordVerifier.parse(known.verifier())).orElse(nobody);
            if (!verifier.matches(password) || one.isEmpty()) {
                return new LoginOutcome.Wrong();
            }
            throttle.succeeded(counted, from);
            return new LoginOutcome.Accepted(one.get().account());
        } finally {
            checks.release();
        }
    }

    /**
     * The rule for RTSP, and for HTTP Digest: whoever has a stream secret; on a new camera nobody. Changes count at once, for sessions and
     * tunnels that are there within a second: an account that was removed or has another password, role or stream secret ends them.
     */
    public Authenticator authenticator(LegacyDigest legacy) {
        return new Authenticator.Digest(REALM, new StreamUsers(this), legacy);
    }

    private record StreamUsers(Accounts accounts) implements DigestUsers {
        @Override
        public Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm) {
            return accounts.digestSecret(user, algorithm);
        }

        @Override
        public long generation(String user) {
            return accounts.find(user).map(Account::generation).orElse(0L);
        }
    }

    /** What a Digest login of that account is checked with, for {@link #REALM}; empty if it has none. */
    public Optional<DigestSecret> digestSecret(String name, DigestAlgorithm algorithm) {
        return stored(name)
                .flatMap(one -> Optional.ofNullable(
                        switch (algorithm) {
                            case SHA_256 -> one.sha256();
                            case MD5 -> one.md5();
                        }))
                .map(DigestSecret::ofHex);
    }

    /** True while programs may not try that account's secret from there: too many wrong logins over HTTP. RTSP counts its own. */
    public boolean isBarred(String name, InetAddress from) {
        return programs.pause(counted(name), from).isPresent();
    }

    /** Counts a wrong login of a program over HTTP. */
    public void failed(String name, InetAddress from) {
        programs.count(counted(name), from);
    }

    /** All names that are none count as one, so that trying names is no way around a wait. */
    private String counted(String name) {
        return find(name).isPresent() ? name : "";
    }

    /**
     * The stream secret itself, for the UsernameToken of WS-Security (its PasswordDigest hashes the password with a nonce); only of accounts
     * that were opened for it.
     */
    public Optional<String> onvifSecret(String name) {
        return stored(name).flatMap(one -> Optional.ofNullable(one.onvif()));
    }
}
