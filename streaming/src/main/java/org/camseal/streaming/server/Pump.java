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
                rest(pace.delayNanos(taken.unit().presentation(), nanoTime.getAsLong()));
                send(sender, taken);
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

    private static void rest(long nanos) throws InterruptedException {
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    private static void send(TrackSender sender, Subscription.Taken taken) throws IOException, InterruptedException {
        boolean inConnection = sender.carrier().transport() == Transport.TCP;
        int all = taken.unit().payloads().size();
        int burst = inConnection ? Integer.MAX_VALUE : DatagramPump.BURST;
        for (int sent = sender.send(taken, 0, burst); sent < all; sent = sender.send(taken, sent, burst)) {
            rest(DatagramPump.REST_NANOS);
        }
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
