package org.camseal.authority.cmp;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.Requester;

/**
 * What is known of transactions: which identifiers were used, so that no message counts twice, and what is still to come. Bounded in number and
 * time; only messages whose protection held come in here. Safe for use by several threads.
 */
final class Transactions {
    /** As long as a message can be repeated: sent with a clock that is fast, and again when it is slow. */
    private static final Duration MEMORY = CmpSender.TOLERANCE.multipliedBy(2).plusSeconds(1);

    private final Map<Id, Entry> known = new LinkedHashMap<>();
    private final InstantSource clock;
    private final int most;
    private final int mostWaiting;
    private int waiting;

    /**
     * @param most how many are remembered; when there are more within some minutes, new ones are refused
     * @param mostWaiting how many of them may wait for a certificate
     */
    Transactions(InstantSource clock, int most, int mostWaiting) {
        this.clock = clock;
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /** What a transaction waits for. */
    sealed interface State {
        /** Its one answer was given, or is being made. */
        record Over() implements State {}

        /** A certificate was given; certConf is to come. */
        final class Confirming implements State {
            private final CertificateHash hash;
            private final byte[] nonce;

            /**
             * @param hash of what was given
             * @param nonce ours, which certConf must name
             */
            Confirming(CertificateHash hash, byte[] nonce) {
                this.hash = hash;
                this.nonce = nonce;
            }

            CertificateHash hash() {
                return hash;
            }

            byte[] nonce() {
                return nonce;
            }
        }

        /** No certificate yet; pollReq is to come. */
        final class Waiting implements State {
            private final Question question;
            private final byte[] nonce;

            Waiting(Question question, byte[] nonce) {
                this.question = question;
                this.nonce = nonce;
            }

            Question question() {
                return question;
            }

            byte[] nonce() {
                return nonce;
            }
        }
    }

    /** A wish for a certificate, and the answer's kind. */
    record Question(Requester requester, EnrolmentRequest request, BodyType asked, boolean implicitConfirm) {}

    private record Entry(Instant until, String who, State state) {}

    private static final class Id {
        private final byte[] bytes;

        Id(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && MessageDigest.isEqual(bytes, id.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /**
     * Begins one.
     *
     * @throws CmpRefusal if the identifier was used, or there are too many
     */
    synchronized void begin(byte[] id, Requester requester) throws CmpRefusal {
        forgetOld();
        if (known.containsKey(new Id(id))) {
            throw new CmpRefusal(
                    Failure.TRANSACTION_ID_IN_USE,
                    "this transactionID was used: the message came twice, or is a replay");
        }
        if (known.size() >= most) {
            throw new CmpRefusal(Failure.SYSTEM_UNAVAIL, "too many transactions at once: try again in some minutes");
        }
        known.put(new Id(id), new Entry(clock.instant().plus(MEMORY), who(requester), new State.Over()));
    }

    /** Says what is to come next; the time it has begins again. */
    synchronized void await(byte[] id, Requester requester, State state) throws CmpRefusal {
        if (state instanceof State.Waiting && waiting >= mostWaiting) {
            throw new CmpRefusal(Failure.SYSTEM_UNAVAIL, "too many wait already: send the same request again later");
        }
        Entry before = known.remove(new Id(id)); // to stand behind all others, whose time is up before
        waiting -= before == null ? 0 : isWaiting(before);
        Entry entry = new Entry(clock.instant().plus(MEMORY), who(requester), state);
        waiting += isWaiting(entry);
        known.put(new Id(id), entry);
    }

    /**
     * Takes what a transaction waits for, so that it is used once.
     *
     * @throws CmpRefusal if there is no such transaction of that requester
     */
    synchronized State take(byte[] id, Requester requester) throws CmpRefusal {
        forgetOld();
        Entry entry = known.get(new Id(id));
        if (entry == null || !entry.who().equals(who(requester))) {
            throw new CmpRefusal(
                    Failure.BAD_REQUEST, "there is no such transaction, or no more: send the request itself again");
        }
        waiting -= isWaiting(entry);
        known.put(new Id(id), new Entry(entry.until(), entry.who(), new State.Over()));
        return entry.state();
    }

    private static int isWaiting(Entry entry) {
        return entry.state() instanceof State.Waiting ? 1 : 0;
    }

    private void forgetOld() {
        Instant now = clock.instant();
        Iterator<Entry> entries = known.values().iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.until().isAfter(now)) {
                return;
            }
            waiting -= isWaiting(entry);
            entries.remove();
        }
    }

    /** A transaction is its requester's alone. */
    private static String who(Requester requester) {
        return switch (requester) {
            case Requester.Line line -> "line " + line.id();
            case Requester.Device device ->
                "camera " + device.certificate().getSubjectX500Principal().getName() + " "
                        + device.certificate().getSerialNumber();
            case Requester.Stranger _ -> throw new IllegalArgumentException("strangers have no transactions");
        };
    }
}
