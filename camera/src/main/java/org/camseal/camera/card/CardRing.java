package org.camseal.camera.card;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.camseal.camera.Card;
import org.camseal.manifest.SealedUnit;
import org.camseal.media.Track;
import org.camseal.media.segment.FreeSpace;
import org.camseal.streaming.server.RecordedGroups;
import org.jspecify.annotations.Nullable;

/**
 * A ring of segments on the camera's card. Of a power cut it loses the group of pictures that was being written; of a card that is full, gone or
 * broken it loses what does not fit, states it, and goes on when it can. Memory is bounded by what may wait for the card.
 *
 * <p>{@link #begin} and {@link #take} belong to the camera's thread and never wait; the rest may be called from any.
 */
public final class CardRing implements Card, Closeable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    private static final Duration STILL_RECORDING = Duration.ofSeconds(15);

    /**
     * A time of which the card has nothing, between two of which it has something.
     *
     * @param from UTC time of capture of the last unit in front of it
     * @param to UTC time of capture of the first unit behind it
     */
    public record Gap(Instant from, Instant to) {}

    private final CardSettings settings;
    private final CardIndex index;
    private final CardQueue queue;
    private final CardWriter writer;
    private final Consumer<CardEvent> events;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private volatile long lastTaken;
    private volatile boolean taking;
    private volatile @Nullable CardEvent last;

    private CardRing(CardSettings settings, FreeSpace freeSpace, LongSupplier nanoTime, Consumer<CardEvent> events) {
        this.settings = settings;
        this.events = event -> {
            last = event;
            events.accept(event);
        };
        this.nanoTime = nanoTime;
        this.index = new CardIndex(settings.directory());
        this.queue = new CardQueue(settings.queueBytes());
        this.writer = new CardWriter(settings, index, freeSpace, this.events);
        this.thread = Thread.ofPlatform().daemon().name("card").unstarted(this::work);
    }

    /**
     * Uses a card: what is on it is there at once, and what a power cut tore off is cut off. A card that is not there, or cannot be read, is stated
     * and waited for.
     *
     * @param events told when writing begins and stops, from the card's and the camera's thread; must return soon
     */
    public static CardRing open(CardSettings settings, Consumer<CardEvent> events) {
        return open(settings, FreeSpace.OF_FILE_STORE, System::nanoTime, events);
    }

    /** As {@link #open(CardSettings, Consumer)}, told how much is free and what time has passed. */
    public static CardRing open(
            CardSettings settings, FreeSpace freeSpace, LongSupplier nanoTime, Consumer<CardEvent> events) {
        CardRing ring = new CardRing(settings, freeSpace, nanoTime, events);
        try {
            if (Files.isDirectory(settings.directory())) {
                ring.index.load();
            }
        } catch (IOException unreadable) {
            // said again, with its cause, when something is to be written
        }
        ring.thread.start();
        return ring;
    }

    private void work() {
        try {
            for (CardQueue.Item item = queue.take(); item != null; item = queue.take()) {
                switch (item) {
                    case CardQueue.Item.Begin begin -> writer.begin(begin.tracks());
                    case CardQueue.Item.Unit unit -> writer.take(unit.unit(), unit.afterLoss());
                }
            }
        } catch (InterruptedException e) {
            // closing took too long: what waits is lost, what is written is whole
        } finally {
            writer.finish();
        }
    }

    @Override
    public void begin(List<Track> tracks) {
        queue.begin(List.copyOf(tracks));
    }

    @Override
    public void take(SealedUnit unit) {
        lastTaken = nanoTime.getAsLong();
        taking = true;
        if (queue.put(unit.unit())) {
            events.accept(new CardEvent.NotWriting(
                    unit.unit().capturedAt(),
                    CardEvent.Cause.SLOW,
                    "it is slower than the camera, " + settings.queueBytes() + " bytes wait; use a faster one"));
        }
    }

    @Override
    public List<Track> tracks() {
        return index.tracks();
    }

    @Override
    public Optional<Extent> extent() {
        return index.extent();
    }

    @Override
    public boolean isRecording() {
        return taking && thread.isAlive() && nanoTime.getAsLong() - lastTaken < STILL_RECORDING.toNanos();
    }

    @Override
    public RecordedGroups open(Instant from) throws IOException {
        return CardGroups.open(index, from);
    }

    @Override
    public RecordedGroups openBackwards(Instant from) throws IOException {
        return CardGroupsBackwards.open(index, from);
    }

    /** How it is used. */
    public CardSettings settings() {
        return settings;
    }

    /** What was told last; empty before anything came for the card. */
    public Optional<CardEvent> lastEvent() {
        return Optional.ofNullable(last);
    }

    /** Bytes of all segments. */
    public long bytes() {
        return index.bytes();
    }

    /**
     * The gaps that have something of the time between, in order. Reads the end of each segment that it has not read yet.
     */
    public List<Gap> gaps(Instant from, Instant to) {
        List<Gap> gaps = new ArrayList<>();
        @Nullable CardSegment before = null;
        for (CardSegment segment : index.all()) {
            Instant start = segment.name().start();
            if (before != null && start.isAfter(from) && before.name().start().isBefore(to)) {
                Instant end = before.end();
                if (Duration.between(end, start).compareTo(CardGroups.MOST_APART) > 0 && end.isBefore(to)) {
                    gaps.add(new Gap(end, start));
                }
            }
            before = segment;
        }
        return gaps;
    }

    /** Writes what waits, and completes the segment; waits ten seconds for a slow card at most. */
    @Override
    public void close() {
        queue.end();
        try {
            if (!thread.join(CLOSE_WAIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
