package org.camseal.camera.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.Accounts;
import org.camseal.manifest.Digest;

/**
 * Who is logged in at the pages. A session begins with a token that nobody has seen before, whatever the browser showed; it is over after a time
 * without requests, after a time in any case, when its account's password or role changes, and at logout. Kept in memory alone, as hashes
 * of the tokens; a bounded number. Safe for use by several threads.
 */
final class Sessions {
    static final int MOST = 128;
    static final int MOST_OF_ACCOUNT = 8;
    private static final int TOKEN_BYTES = 32;

    private final Accounts accounts;
    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final PageWorld.LoginLimits limits;
    private final Map<String, Session> byHash = new LinkedHashMap<>();

    /** One login. */
    static final class Session {
        private final Account account;
        private final String csrf;
        private final long beginNanos;
        private long seenNanos;

        private Session(Account account, String csrf, long now) {
            this.account = account;
            this.csrf = csrf;
            this.beginNanos = now;
            this.seenNanos = now;
        }

        Account account() {
            return account;
        }

        /** What the page has to show with each change; a page from elsewhere cannot read it. */
        String csrf() {
            return csrf;
        }

        boolean hasCsrf(String shown) {
            return MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether a request is somebody's doing, or the page's own. */
    enum Attendance {
        SOMEBODY,
        NOBODY
    }

    Sessions(Accounts accounts, SecureRandom random, LongSupplier nanoTime, PageWorld.LoginLimits limits) {
        this.accounts = accounts;
        this.random = random;
        this.nanoTime = nanoTime;
        this.limits = limits;
    }

    /**
     * Begins a session.
     *
     * @param shown the token that the browser came with, whose session ends
     * @return the token of the new one, for the cookie alone
     */
    synchronized String begin(Account account, Optional<String> shown) {
        shown.ifPresent(this::end);
        removeOver();
        makeRoom(account);
        String token = token();
        byHash.put(hash(token), new Session(account, token(), nanoTime.getAsLong()));
        return token;
    }

    private void makeRoom(Account account) {
        long own = byHash.values().stream()
                .filter(one -> one.account.name().equals(account.name()))
                .count();
        Iterator<Session> oldestFirst = byHash.values().iterator();
        while (oldestFirst.hasNext() && (own >= MOST_OF_ACCOUNT || byHash.size() >= MOST)) {
            Session one = oldestFirst.next();
            boolean ofAccount = one.account.name().equals(account.name());
            if (ofAccount || own < MOST_OF_ACCOUNT) {
                oldestFirst.remove();
                own -= ofAccount ? 1 : 0;
            }
        }
    }

    /** The session of a token, if it counts still; a request of somebody's doing keeps it alive. */
    synchronized Optional<Session> find(String token, Attendance attendance) {
        removeOver();
        Session session = byHash.get(hash(token));
        if (session == null) {
            return Optional.empty();
        }
        if (attendance == Attendance.SOMEBODY) {
            session.seenNanos = nanoTime.getAsLong();
        }
        return Optional.of(session);
    }

    /** Ends the session of a token, if there is one. */
    synchronized void end(String token) {
        byHash.remove(hash(token));
    }

    private void removeOver() {
        long now = nanoTime.getAsLong();
        byHash.values()
                .removeIf(one -> now - one.seenNanos > limits.idle().toNanos()
                        || now - one.beginNanos > limits.longest().toNanos()
                        || accounts.find(one.account.name())
                                .filter(account -> account.generation() == one.account.generation())
                                .isEmpty());
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        return Digest.sha256(token.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
