package org.camseal.streaming.server;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.camseal.streaming.Transport;

/** Sends what a feed holds, at a pace that receivers can follow. */
final class Pump {
    private Pump() {}

    /**
     * Sends until the feed is cancelled, or the stream is over.
     *
     * @return true where the stream is over, and the reader is to be told
     * @throws IOException where the reader is gone
     */
    static boolean run(Feed feed, Map<Integer, TrackSender> senders, LongSupplier nanoTime)
            throws IOException, InterruptedException {
        Pace pace = feed.pace();
        for (Feed.Taken taken = feed.take(); taken != null; taken = feed.take()) {
            TrackSender sender = senders.get(taken.unit().track());
            long wait = sender == null ? 0 : pace.delayNanos(taken.unit().presentation(), nanoTime.getAsLong());
            if (feed.await(wait) && sender != null) {
                send(sender, taken);
            }
        }
        if (feed.isCancelled()) {
            return false;
        }
        settle(senders);
        return true;
    }

    /** Tells the reader that the stream is over. */
    static void sayGoodbye(Map<Integer, TrackSender> senders) throws IOException {
        for (TrackSender sender : senders.values()) {
            sender.goodbye();
        }
    }

    private static void send(TrackSender sender, Feed.Taken taken) throws IOException, InterruptedException {
        boolean inConnection = sender.carrier().transport() == Transport.TCP;
        int all = taken.unit().payloads().size();
        int burst = inConnection ? Integer.MAX_VALUE : DatagramPump.BURST;
        for (int sent = sender.send(taken, 0, burst); sent < all; sent = sender.send(taken, sent, burst)) {
            TimeUnit.NANOSECONDS.sleep(DatagramPump.REST_NANOS);
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
