package org.camseal.streaming.server;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.camseal.streaming.Transport;

/** Sends what a subscription holds, at a pace that receivers can follow. */
final class Pump {
    private Pump() {}

    /**
     * Sends until the subscription is cancelled, or the stream is over: then says so to the reader.
     *
     * @return true where the stream is over
     * @throws IOException where the reader is gone
     */
    static boolean run(Subscription subscription, Map<Integer, TrackSender> senders, LongSupplier nanoTime)
            throws IOException, InterruptedException {
        Pace pace = new Pace();
        for (Subscription.Taken taken = subscription.take(); taken != null; taken = subscription.take()) {
            TrackSender sender = senders.get(taken.unit().track());
            if (sender != null) {
                TimeUnit.NANOSECONDS.sleep(pace.delayNanos(taken.unit().presentation(), nanoTime.getAsLong()));
                sender.send(taken);
            }
        }
        if (subscription.isCancelled()) {
            return false;
        }
        settle(senders);
        for (TrackSender sender : senders.values()) {
            sender.goodbye();
        }
        return true;
    }

    /** One wait for all tracks: a reader may stop at the first farewell, and wants the last packets of the others too. */
    private static void settle(Map<Integer, TrackSender> senders) throws InterruptedException {
        boolean overtakes = senders.values().stream()
                .map(TrackSender::carrier)
                .anyMatch(carrier -> carrier.transport() != Transport.TCP);
        if (overtakes) {
            TimeUnit.NANOSECONDS.sleep(Carrier.Datagrams.SETTLE_NANOS);
        }
    }
}
