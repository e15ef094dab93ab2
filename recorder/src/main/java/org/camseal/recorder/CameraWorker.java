package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.identity.TrustEvaluator;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.VideoUnit;
import org.camseal.media.segment.FreeSpace;
import org.jspecify.annotations.Nullable;

/** Records one camera: connects, receives, stores; states the gap and tries again when that fails, ever less often. */
final class CameraWorker implements Runnable, SegmentKeeper.Listener {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int LAST_VERDICTS = 120;
    private static final int LAST_GAPS = 50;

    private final CameraEntry camera;
    private final RecorderSettings settings;
    private final Surroundings around;
    private final SegmentStore store;
    private final GapBook gaps;
    private final GroupJudge judge;
    private final Meter meter;
    private final Consumer<RecorderEvent> events;
    private final ArrayDeque<GroupVerdict> verdicts = new ArrayDeque<>();
    private volatile State state;
    private volatile @Nullable Reception reception;
    private volatile @Nullable CameraFeed feed;
    private volatile byte[] newestBytes = {};
    private volatile boolean closing;
    private boolean stored;

    private record State(CameraStatus.State name, String detail, Instant since) {}

    /** The world outside. */
    record Surroundings(InstantSource clock, CameraFeed.Opener feeds, FreeSpace freeSpace) {}

    /** @param events told of what a page shows at once */
    CameraWorker(CameraEntry camera, RecorderSettings settings, Surroundings around, Consumer<RecorderEvent> events)
            throws IOException {
        this.camera = camera;
        this.settings = settings;
        this.around = around;
        this.events = events;
        this.meter = new Meter(around.clock());
        this.judge = new GroupJudge(new TrustEvaluator(camera.roots(), settings.revocations()), camera.serial());
        Path directory = settings.directory().resolve(camera.name());
        this.store = SegmentStore.open(directory);
        Instant now = around.clock().instant();
        this.state = new State(CameraStatus.State.CONNECTING, "connecting", now);
        this.gaps = GapBook.open(directory.resolve("gaps.jsonl"), now, this::tellGap);
        store.lastEnd()
                .filter(end -> end.isBefore(now) && gaps.between(end, now).isEmpty())
                .ifPresent(end -> gaps.begin(end, Gap.Cause.RECORDER_OFF, "the recorder was not running"));
    }

    @Override
    public void run() {
        Duration wait = FIRST_WAIT;
        while (!closing) {
            stored = false;
            connection();
            wait = stored ? FIRST_WAIT : wait;
            try {
                if (!closing) {
                    Thread.sleep(wait);
                }
            } catch (InterruptedException end) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private void connection() {
        Instant lastStored = around.clock().instant();
        SegmentKeeper keeper = null;
        try (CameraFeed open = around.feeds().open(camera)) {
            feed = open;
            keeper = new SegmentKeeper(store, open.tracks(), settings, around.freeSpace(), this);
            Reception arriving = new Reception(open.tracks(), judge, keeper);
            turn(CameraStatus.State.PROVING, "connected; waiting for the proof that this is camera " + camera.serial());
            reception = arriving;
            receive(open, arriving);
            fail(
                    keeper,
                    CameraStatus.State.UNREACHABLE,
                    Gap.Cause.UNREACHABLE,
                    "the camera ended the stream",
                    lastStored);
        } catch (StrangerException stranger) {
            fail(keeper, CameraStatus.State.REFUSED, Gap.Cause.REFUSED, text(stranger), lastStored);
        } catch (IOException | MediaException broken) {
            fail(keeper, CameraStatus.State.UNREACHABLE, Gap.Cause.UNREACHABLE, text(broken), lastStored);
        }
    }

    private void receive(CameraFeed open, Reception arriving) throws StrangerException, MediaException, IOException {
        for (AccessUnit unit = open.next(); unit != null && !closing; unit = open.next()) {
            meter.add(unit.sizeBytes());
            arriving.accept(unit);
            if (unit instanceof VideoUnit video) {
                newestBytes = video.nalUnits().getLast().bytes();
            }
        }
    }

    private void fail(
            @Nullable SegmentKeeper keeper, CameraStatus.State name, Gap.Cause cause, String detail, Instant before) {
        feed = null;
        Reception ended = reception;
        reception = null;
        if (ended != null) {
            ended.finish();
        }
        Instant from = before;
        if (keeper != null) {
            keeper.close();
            from = keeper.lastStored().equals(Instant.EPOCH) ? before : keeper.lastStored();
        }
        if (closing) {
            turn(CameraStatus.State.STOPPED, "the recorder has been closed");
            return;
        }
        gaps.begin(from, cause, detail);
        turn(name, detail);
    }

    @Override
    public void storing(Instant from) {
        stored = true;
        gaps.end(from);
        if (state.name() != CameraStatus.State.RECORDING) {
            turn(CameraStatus.State.RECORDING, "recording");
        }
    }

    @Override
    public void notStoring(Instant from, Gap.Cause cause, String detail) {
        gaps.begin(from.equals(Instant.MIN) ? around.clock().instant() : from, cause, detail);
        turn(CameraStatus.State.DISK_FULL, detail);
    }

    @Override
    public void verdict(GroupVerdict verdict) {
        synchronized (verdicts) {
            verdicts.addLast(verdict);
            while (verdicts.size() > LAST_VERDICTS) {
                verdicts.removeFirst();
            }
        }
        events.accept(new RecorderEvent.Judged(camera.name(), verdict));
    }

    private void turn(CameraStatus.State name, String detail) {
        State before = state;
        if (before.name() == name && before.detail().equals(detail)) {
            return;
        }
        state = new State(name, detail, around.clock().instant());
        events.accept(new RecorderEvent.Turned(camera.name(), name, detail));
    }

    private void tellGap(Gap gap) {
        events.accept(new RecorderEvent.GapChanged(camera.name(), gap));
    }

    private static String text(Exception fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    CameraEntry camera() {
        return camera;
    }

    SegmentStore store() {
        return store;
    }

    GapBook gaps() {
        return gaps;
    }

    /** What arrives now, once the camera is admitted. */
    Optional<RecentUnits> recent() {
        return Optional.ofNullable(reception).filter(Reception::admitted).map(Reception::recent);
    }

    /** The newest NAL unit received: sealed bytes for a page that shows how little they say. */
    byte[] newestBytes() {
        return newestBytes;
    }

    CameraStatus status() {
        List<GroupVerdict> last;
        synchronized (verdicts) {
            last = List.copyOf(verdicts);
        }
        State now = state;
        return new CameraStatus(
                camera.name(),
                camera.uri(),
                camera.serial(),
                now.name(),
                now.detail(),
                now.since(),
                meter.total(),
                meter.bitsPerSecond(),
                last,
                gaps.newest(LAST_GAPS));
    }

    /** Ends the connection and the thread that runs this. */
    void close(Thread runner) throws InterruptedException, IOException {
        closing = true;
        CameraFeed open = feed;
        if (open != null) {
            open.close();
        }
        if (!runner.join(Duration.ofSeconds(5))) {
            runner.interrupt();
            runner.join(Duration.ofSeconds(5));
        }
        gaps.close();
    }
}
