package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.ADDRESSING;
import static org.camseal.onvif.wire.Namespaces.EVENTS;
import static org.camseal.onvif.wire.Namespaces.NOTIFICATION;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** The event service: pull points only, so that the camera never calls anybody. */
final class EventService {
    static final String PATH = "/onvif/event_service";

    /** Where a subscription is; its id follows. */
    static final String SUBSCRIPTION_PATH = "/onvif/subscription/";

    private static final Duration USUAL = Duration.ofMinutes(1);

    /** As long as ONVIF demands, and as clients ask for (Core Specification, section "Pull messages"). */
    private static final Duration LONGEST_PULL = Duration.ofMinutes(1);

    private static final int MOST_MESSAGES = 64;

    private final EventBoard board;
    private final InstantSource clock;

    EventService(EventBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
    }

    OnvifService service() {
        return new OnvifService(EVENTS, PATH, new OnvifService.Version(24, 12), _ -> capabilities(), operations());
    }

    private static XmlElement capabilities() {
        return XmlElement.of(EVENTS, "Capabilities")
                .with("WSSubscriptionPolicySupport", false)
                .with("WSPausableSubscriptionManagerInterfaceSupport", false)
                .with("MaxNotificationProducers", 0)
                .with("MaxPullPoints", EventBoard.MOST_SUBSCRIPTIONS)
                .with("PersistentNotificationStorage", false);
    }

    private List<Operation> operations() {
        return List.of(
                new Operation("GetEventProperties", AccessClass.READ_MEDIA, _ -> EventElements.properties()),
                new Operation("CreatePullPointSubscription", AccessClass.READ_MEDIA, this::subscribe));
    }

    /** What is asked of one subscription: those in the namespace of the service. */
    List<Operation> pullPoint() {
        return List.of(
                new Operation("PullMessages", AccessClass.READ_MEDIA, this::pull),
                new Operation("SetSynchronizationPoint", AccessClass.READ_MEDIA, this::tellAgain));
    }

    /** Those in the namespace of WS-BaseNotification. */
    List<Operation> subscriptionManager() {
        return List.of(
                new Operation("Renew", AccessClass.READ_MEDIA, this::renew),
                new Operation("Unsubscribe", AccessClass.READ_MEDIA, this::unsubscribe));
    }

    private List<XmlElement> subscribe(Call call) throws OnvifException.Refused {
        TopicFilter filter = TopicFilter.parse(call.request().child(EVENTS, "Filter"));
        Instant until = until(call.argument("InitialTerminationTime").filter(text -> !text.isEmpty()));
        Subscription made = board.subscribe(filter, until);
        XmlElement reference = XmlElement.of(
                EVENTS,
                "SubscriptionReference",
                XmlElement.text(ADDRESSING, "Address", call.service(SUBSCRIPTION_PATH + made.id())));
        return List.of(
                reference,
                XmlElement.text(NOTIFICATION, "CurrentTime", now()),
                XmlElement.text(NOTIFICATION, "TerminationTime", made.until()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** wsnt:AbsoluteOrRelativeTimeType; what is too long is cut, and the answer says so. */
    private Instant until(Optional<String> asked) throws OnvifException.Refused {
        Instant now = now();
        try {
            Instant until = asked.isEmpty()
                    ? now.plus(USUAL)
                    : asked.get().startsWith("P")
                            ? now.plus(Duration.parse(asked.get()))
                            : OffsetDateTime.parse(asked.get()).toInstant();
            if (!until.isAfter(now)) {
                throw Fault.INVALID_ARGUMENT.because("a subscription ends in the future");
            }
            Instant latest = now.plus(EventBoard.LONGEST);
            return (until.isAfter(latest) ? latest : until).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException | ArithmeticException e) {
            throw Fault.INVALID_ARGUMENT.because("a time is written PT60S or 2026-11-22T10:00:00Z");
        }
    }

    private Subscription subscription(Call call) throws OnvifException.Refused {
        return call.subscription()
                .flatMap(board::find)
                .orElseThrow(() -> Fault.sender("InvalidArgVal", "NoSubscription")
                        .because("there is no such subscription, or its time is over"));
    }

    private List<XmlElement> pull(Call call) throws OnvifException.Refused {
        Subscription subscription = subscription(call);
        Duration wait;
        int most;
        try {
            wait = Duration.parse(call.needed("Timeout"));
            most = Integer.parseInt(call.needed("MessageLimit"));
        } catch (DateTimeException | NumberFormatException e) {
            throw Fault.INVALID_ARGUMENT.because("Timeout is written PT10S, MessageLimit as a number");
        }
        if (wait.isNegative() || most < 1) {
            throw Fault.INVALID_ARGUMENT.because("Timeout is not negative, and MessageLimit at least 1");
        }
        if (wait.compareTo(LONGEST_PULL) > 0) {
            throw Fault.INVALID_ARGUMENT
                    .because("a pull waits " + LONGEST_PULL + " at most")
                    .with(XmlElement.of(
                            EVENTS,
                            "PullMessagesFaultResponse",
                            XmlElement.text(EVENTS, "MaxTimeout", LONGEST_PULL),
                            XmlElement.text(EVENTS, "MaxMessageLimit", MOST_MESSAGES)));
        }
        List<Subscription.Notice> notices;
        try {
            // Pulling keeps a subscription (ONVIF Core Specification, section "Create pull point subscription"): while
            // it waits, and as long again behind the answer.
            subscription.keep(now().plus(wait).plusSeconds(1));
            notices = subscription.pull(wait, Math.min(most, MOST_MESSAGES));
            subscription.keep(now().plus(wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.ACTION.because("the camera is being ended");
        }
        List<XmlElement> parts = new ArrayList<>(List.of(
                XmlElement.text(EVENTS, "CurrentTime", now()),
                XmlElement.text(EVENTS, "TerminationTime", subscription.until())));
        notices.forEach(notice -> parts.add(EventElements.message(notice)));
        return parts;
    }

    private List<XmlElement> tellAgain(Call call) throws OnvifException.Refused {
        board.tellStates(subscription(call));
        return List.of();
    }

    private List<XmlElement> renew(Call call) throws OnvifException.Refused {
        Subscription subscription = subscription(call);
        subscription.renew(until(Optional.of(call.needed("TerminationTime"))));
        return List.of(
                XmlElement.text(NOTIFICATION, "TerminationTime", subscription.until()),
                XmlElement.text(NOTIFICATION, "CurrentTime", now()));
    }

    private List<XmlElement> unsubscribe(Call call) throws OnvifException.Refused {
        board.end(subscription(call));
        return List.of();
    }
}
