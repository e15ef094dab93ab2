package org.camseal.onvif;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;

/** Where a camera's events are told, and who is told. Bounded in everything; safe for use by several threads. */
public final class EventBoard implements AutoCloseable {
    static final int MOST_SUBSCRIPTIONS = 16;

    /** A subscriber who is gone is forgotten after this at the latest. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_STATES = 256;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<Property, OnvifEvent> states = new LinkedHashMap<>();

    private record Property(Topic topic, List<String> source) {}

    /**
     * @param clock says when subscriptions end
     * @param random names subscriptions; not to be guessed
     */
    public EventBoard(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Tells all subscribers who want to know; a state that is as it was is told to nobody. Returns at once. */
    public synchronized void publish(OnvifEvent event) {
        if (event.topic().kind() == Topic.Kind.PROPERTY) {
            Property property = new Property(event.topic(), event.source());
            OnvifEvent before = states.remove(property);
            if (states.size() == MOST_STATES) {
                states.remove(states.keySet().iterator().next());
            }
            states.put(property, event);
            if (before != null && before.data().equals(event.data())) {
                return;
            }
        }
        subscriptions.values().forEach(each -> each.add(new Subscription.Notice(event, Subscription.Occasion.CHANGED)));
    }

    /** A new subscription, which begins with all states as they are. */
    synchronized Subscription subscribe(TopicFilter filter, Instant until) throws OnvifException.Refused {
        forgetExpired();
        if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
            throw Fault.ACTION.because(
                    "this camera has " + MOST_SUBSCRIPTIONS + " subscriptions, which is all it takes: end one first");
        }
        byte[] name = new byte[16];
        random.nextBytes(name);
        Subscription made = new Subscription(HexFormat.of().formatHex(name), filter, until);
        subscriptions.put(made.id(), made);
        tellStates(made);
        return made;
    }

    /** Tells one subscriber all states again. */
    synchronized void tellStates(Subscription to) {
        states.values().forEach(state -> to.add(new Subscription.Notice(state, Subscription.Occasion.INITIALIZED)));
    }

    synchronized Optional<Subscription> find(String id) {
        forgetExpired();
        return Optional.ofNullable(subscriptions.get(id));
    }

    synchronized void end(Subscription subscription) {
        subscriptions.remove(subscription.id());
        subscription.end();
    }

    /** Lets all who wait go; nobody is told anything any more. */
    @Override
    public synchronized void close() {
        subscriptions.values().forEach(Subscription::end);
        subscriptions.clear();
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        subscriptions.values().removeIf(each -> {
            boolean expired = each.until().isBefore(now);
            if (expired) {
                each.end();
            }
            return expired;
        });
    }
}
