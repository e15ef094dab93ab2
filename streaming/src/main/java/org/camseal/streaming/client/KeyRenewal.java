package org.camseal.streaming.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;

/**
 * When one track's key is to be exchanged, and how far that is. The next key is accepted before the server hears of it, and the one before it
 * stays accepted, so that no packet is lost between them. For any thread.
 */
final class KeyRenewal {
    private static final int MOST_TRIES = 3;
    private static final int NO_ANSWER = 0;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A key that the server is asked to go on under. */
    record Next(SrtpKey key, Mki mki) {}

    private sealed interface State {
        /** Under a key that is young enough. */
        record Settled(long sinceNanos, long packetsBefore) implements State {}

        /** The server was asked. */
        record Asked(Next next, int tries, long sinceNanos) implements State {}

        /** The server did not want to; it is asked once more. */
        record TurnedDown(int tries) implements State {}
    }

    private final KeyLifetime lifetime;
    private final RandomGenerator random;
    private final Mki first;
    private State state;

    /** @param first the MKI that packets begin with; all others are as long */
    KeyRenewal(KeyLifetime lifetime, Mki first, RandomGenerator random, long nowNanos) {
        this.lifetime = lifetime;
        this.first = first;
        this.random = random;
        this.state = new State.Settled(nowNanos, 0);
    }

    /**
     * The key to ask for now; empty where it is not time, or the answer is still to come.
     *
     * @param packets opened so far under all keys
     * @throws RefusedException where the server has been asked often enough
     */
    synchronized Optional<Next> due(SrtpKey now, long packets, long nowNanos) throws RefusedException {
        int tries = switch (state) {
            case State.Settled settled -> isOld(settled, packets, nowNanos) ? 0 : MOST_TRIES;
            case State.Asked asked ->
                nowNanos - asked.sinceNanos() < PATIENCE.toNanos() ? MOST_TRIES : turnedDown(asked.tries(), NO_ANSWER);
            case State.TurnedDown turned -> turned.tries();
        };
        if (tries == MOST_TRIES) {
            return Optional.empty();
        }
        byte[] mki = new byte[first.length()];
        random.nextBytes(mki);
        Next next = new Next(SrtpKey.random(now.profile(), random), Mki.of(mki));
        state = new State.Asked(next, tries + 1, nowNanos);
        return Optional.of(next);
    }

    private boolean isOld(State.Settled settled, long packets, long nowNanos) {
        return packets - settled.packetsBefore() >= lifetime.packets()
                || nowNanos - settled.sinceNanos() >= lifetime.age().toNanos();
    }

    private int turnedDown(int tries, int status) throws RefusedException {
        if (tries >= MOST_TRIES) {
            throw new RefusedException(
                    status,
                    "the key of SRTP is to be exchanged, and the server did not do so when it was asked " + tries
                            + " times; open the stream again, which makes a new key");
        }
        state = new State.TurnedDown(tries);
        return tries;
    }

    /**
     * Takes the server's answer.
     *
     * @return the key that is in use from now on; empty where it refused, or was not asked
     * @throws RefusedException where it refused for the last time
     */
    synchronized Optional<Next> answered(int status, long packets, long nowNanos) throws RefusedException {
        if (!(state instanceof State.Asked asked)) {
            return Optional.empty();
        }
        if (status != 200) {
            turnedDown(asked.tries(), status);
            return Optional.empty();
        }
        state = new State.Settled(nowNanos, packets);
        return Optional.of(asked.next());
    }
}
