package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceRunnerTest {
    private static final List<Track> TRACKS = List.of(new Track(1, new VideoFormat(Codec.H264, 320, 180, List.of())));

    private final FakeClock clock = new FakeClock();
    private final List<CameraEvent> events = new ArrayList<>();
    private final List<AccessUnit> taken = new ArrayList<>();
    private final UnitSink sink = new UnitSink() {
        @Override
        public void begin(List<Track> tracks) {}

        @Override
        public void take(AccessUnit unit) {
            taken.add(unit);
        }
    };

    private VideoUnit picture(boolean key, long ticks) {
        NalUnit nal = NalUnit.of(Codec.H264, new byte[] {(byte) (key ? 0x65 : 0x41)});
        return new VideoUnit(1, List.of(nal), MediaTime.video(ticks), MediaTime.video(ticks), clock.instant());
    }

    /** Gives key picture, picture, picture …, 40 ms apart, then breaks or ends. */
    private final class FakeSession implements SourceSession {
        private final int count;
        private final @Nullable SourceException end;
        private final boolean keyFirst;
        private int given;
        private boolean closed;

        FakeSession(int count, boolean keyFirst, @Nullable SourceException end) {
            this.count = count;
            this.keyFirst = keyFirst;
            this.end = end;
        }

        @Override
        public List<Track> tracks() {
            return TRACKS;
        }

        @Override
        public @Nullable AccessUnit next() throws SourceException, InterruptedException {
            clock.sleep(Duration.ofMillis(40));
            if (given == count) {
                if (end != null) {
                    throw end;
                }
                return null;
            }
            given++;
            return picture(keyFirst && given == 1, 3600L * given);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private SourceRunner runner(SourceRunner.Opener opener) {
        return new SourceRunner("fake", opener, clock, Backoff.STANDARD, sink, events::add);
    }

    private <T extends CameraEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void aSourceThatFailsIsTriedAgainEverMoreSlowlyAndTheGapIsStated() throws Exception {
        List<FakeSession> sessions = new ArrayList<>();
        int[] opened = {0};
        SourceRunner runner = runner(c -> {
            opened[0]++;
            if (opened[0] == 1) {
                sessions.add(new FakeSession(3, true, new SourceException.Lost("the cable was cut")));
            } else if (opened[0] <= 7) {
                throw new SourceException.Lost("no route");
            } else {
                sessions.add(new FakeSession(2, true, null));
            }
            return sessions.getLast();
        });
        assertThat(runner.run()).isEqualTo(new SourceRunner.Outcome.Ended());
        assertThat(taken).hasSize(5);
        assertThat(events(CameraEvent.SourceLost.class).stream().map(CameraEvent.SourceLost::retryIn))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
        CameraEvent.SourceGap gap = events(CameraEvent.SourceGap.class).getFirst();
        assertThat(gap.from()).isEqualTo(taken.get(2).capturedAt());
        assertThat(gap.to()).isEqualTo(taken.get(3).capturedAt());
        assertThat(gap.cause()).isEqualTo("the cable was cut");
        long gapTicks =
                taken.get(3).decodeTime().ticks() - taken.get(2).decodeTime().ticks();
        assertThat(gapTicks).isEqualTo(Duration.between(gap.from(), gap.to()).toMillis() * 90);
        assertThat(sessions).allMatch(session -> session.closed);
        assertThat(events.getLast()).isInstanceOf(CameraEvent.SourceEnded.class);
    }

    @Test
    void aSourceThatStaysAwayFromTheStartIsAGapToo() throws Exception {
        Instant start = clock.instant();
        Iterator<String> failures = List.of("refused", "refused").iterator();
        SourceRunner runner = runner(c -> {
            if (failures.hasNext()) {
                throw new SourceException.Lost(failures.next());
            }
            return new FakeSession(1, true, null);
        });
        runner.run();
        CameraEvent.SourceGap gap = events(CameraEvent.SourceGap.class).getFirst();
        assertThat(gap.from()).isEqualTo(start);
        assertThat(gap.to()).isEqualTo(taken.getFirst().capturedAt());
    }

    @Test
    void aSourceThatIsUnusableFromTheStartIsNotTriedAgain() throws Exception {
        SourceRunner runner = runner(c -> {
            throw new SourceException.Unusable("file notes.txt: no film");
        });
        assertThat(runner.run()).isEqualTo(new SourceRunner.Outcome.Failed("file notes.txt: no film"));
        assertThat(clock.sleeps()).isEmpty();
        assertThat(events).singleElement().isInstanceOf(CameraEvent.SourceUnusable.class);
    }

    @Test
    void aSourceThatOnceWorkedIsTriedAgainWhateverItSays() throws Exception {
        int[] opened = {0};
        SourceRunner runner = runner(c -> {
            if (++opened[0] == 2) {
                throw new SourceException.Unusable("401: wrong password");
            }
            return new FakeSession(1, true, opened[0] == 1 ? new SourceException.Lost("restarting") : null);
        });
        assertThat(runner.run()).isEqualTo(new SourceRunner.Outcome.Ended());
        assertThat(taken).hasSize(2);
        assertThat(events(CameraEvent.SourceGap.class)).hasSize(1);
    }

    @Test
    void whatComesBeforeTheFirstKeyPictureIsLeftOut() throws Exception {
        int[] opened = {0};
        SourceRunner runner =
                runner(c -> ++opened[0] == 1 ? new FakeSession(10_000, false, null) : new FakeSession(2, true, null));
        runner.run();
        assertThat(taken).hasSize(2);
        assertThat(events(CameraEvent.SourceLost.class).getFirst().cause()).contains("no key picture for 30 s");
    }

    @Test
    void aSessionThatLastedMakesTheNextTryQuickAgain() throws Exception {
        int[] opened = {0};
        SourceRunner runner = runner(c -> {
            opened[0]++;
            if (opened[0] == 6) {
                return new FakeSession(1000, true, new SourceException.Lost("broke after 40 s"));
            }
            if (opened[0] == 7) {
                return new FakeSession(1, true, null);
            }
            throw new SourceException.Lost("no route");
        });
        runner.run();
        assertThat(events(CameraEvent.SourceLost.class).getLast().retryIn()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSinkThatCanTakeNoMoreEndsIt() throws Exception {
        UnitSink broken = new UnitSink() {
            @Override
            public void begin(List<Track> tracks) {}

            @Override
            public void take(AccessUnit unit) throws Impossible {
                throw new Impossible("no randomness", new IllegalStateException());
            }
        };
        SourceRunner runner = new SourceRunner(
                "fake", c -> new FakeSession(5, true, null), clock, Backoff.STANDARD, broken, events::add);
        assertThat(runner.run()).isEqualTo(new SourceRunner.Outcome.Failed("no randomness"));
        assertThat(events.getLast()).isInstanceOf(CameraEvent.Stopped.class);
    }

    @Test
    void interruptingEndsIt() {
        SourceRunner runner = runner(c -> {
            Thread.currentThread().interrupt();
            return new FakeSession(5, true, null);
        });
        assertThatThrownBy(runner::run).isInstanceOf(InterruptedException.class);
    }
}
