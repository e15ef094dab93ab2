package org.camseal.media.annexb;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.camseal.media.SliceHeaders;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.headers.PictureFormat;
import org.camseal.media.headers.SliceHeaderReaders;
import org.jspecify.annotations.Nullable;

/**
 * Access units of a byte stream of H.264 or H.265, as track 1, every NAL unit as it stands in the stream.
 *
 * <p>A byte stream has no times. They come from the frame rate and the pictures' output order: the first picture shown is at 0, and
 * decode times begin in front of it where pictures are reordered. To know the order, up to 16 pictures are read ahead, fewer where the
 * stream says that fewer are reordered.
 */
public final class AnnexBReader implements UnitReader {
    private static final int TRACK = 1;
    private static final double MIN_RATE = 1.0 / 3600;
    private static final double MAX_RATE = 1000;

    private final InputStream in;
    private final AnnexBSplitter splitter;
    private final AccessUnitAssembler assembler;
    // Apart from the assembler's: that one has seen the parameter sets of the next access unit already.
    private final SliceHeaders headers;
    private final OutputOrder output = new OutputOrder();
    private final Instant firstCapturedAt;
    private final Track track;
    private final FrameRate frameRate;
    private long decodeDelay = -1;
    private MediaTime lastDecodeTime = MediaTime.video(Long.MIN_VALUE / 4);
    private boolean ended;

    private AnnexBReader(InputStream in, Codec codec, @Nullable FrameRate frameRate, Instant firstCapturedAt)
            throws MediaException, IOException {
        this.in = in;
        this.splitter = new AnnexBSplitter(codec, in);
        this.assembler = new AccessUnitAssembler(codec);
        this.headers = SliceHeaderReaders.of(codec);
        this.firstCapturedAt = firstCapturedAt;
        List<NalUnit> first = nextNalUnits();
        if (first == null) {
            throw new MalformedException("byte stream: empty; a NAL unit expected");
        }
        List<NalUnit> sets = first.stream().filter(NalUnit::isParameterSet).toList();
        PictureFormat format = PictureFormat.of(sets);
        this.track = new Track(TRACK, new VideoFormat(codec, format.width(), format.height(), sets));
        this.frameRate = checkRate(frameRate == null ? format.frameRate() : frameRate);
        take(first);
    }

    /**
     * Reads the first access unit and from it the track.
     *
     * @param in closed with the reader
     * @param frameRate in frames per second; null for the one that the stream's VUI says
     * @param firstCapturedAt when the first picture shown was captured; the others follow by their presentation times
     * @throws MediaException where the first access unit has no parameter sets or cannot be read, or nobody says the frame rate
     */
    public static AnnexBReader open(InputStream in, Codec codec, @Nullable FrameRate frameRate, Instant firstCapturedAt)
            throws MediaException, IOException {
        return new AnnexBReader(in, codec, frameRate, firstCapturedAt);
    }

    @Override
    public List<Track> tracks() {
        return List.of(track);
    }

    @Override
    public @Nullable AccessUnit next() throws MediaException, IOException {
        while (true) {
            OutputOrder.Picture picture = output.poll();
            if (picture != null) {
                return unit(picture);
            }
            if (ended) {
                return null;
            }
            List<NalUnit> nalUnits = nextNalUnits();
            if (nalUnits == null) {
                output.end();
                ended = true;
            } else {
                take(nalUnits);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable List<NalUnit> nextNalUnits() throws MediaException, IOException {
        for (NalUnit nal = splitter.next(); nal != null; nal = splitter.next()) {
            List<NalUnit> complete = assembler.add(nal);
            if (complete != null) {
                return complete;
            }
        }
        return assembler.finish();
    }

    private void take(List<NalUnit> nalUnits) throws MediaException {
        PictureOrder order = null;
        for (NalUnit nal : nalUnits) {
            headers.accept(nal);
            if (order == null && nal.isSlice()) {
                order = headers.pictureOrder(nal);
            }
        }
        // Without a slice, at the stream's end: shown behind everything.
        output.add(nalUnits, order == null ? new PictureOrder(true, 0, false, 0) : order);
    }

    private VideoUnit unit(OutputOrder.Picture picture) {
        if (decodeDelay < 0) {
            decodeDelay = output.decodeDelay();
        }
        MediaTime presentation = frameRate.afterHalves(picture.shown());
        MediaTime decode = frameRate.afterHalves(picture.decoded() - decodeDelay);
        // A stream may reorder more than it said, or than was seen so far: no picture is shown before it is decoded.
        decode = decode.compareTo(presentation) > 0 ? presentation : decode;
        decode = decode.compareTo(lastDecodeTime) < 0 ? lastDecodeTime : decode;
        lastDecodeTime = decode;
        Instant capturedAt = firstCapturedAt.plus(presentation.toDuration());
        return new VideoUnit(TRACK, picture.nalUnits(), decode, presentation, capturedAt);
    }

    private static FrameRate checkRate(@Nullable FrameRate rate) throws UnsupportedException {
        if (rate == null) {
            throw new UnsupportedException("byte stream: its SPS says no frame rate; give one");
        }
        if (rate.perSecond() < MIN_RATE || rate.perSecond() > MAX_RATE) {
            throw new UnsupportedException("byte stream: a frame rate of " + rate.pictures() + "/" + rate.seconds()
                    + "; at most 1000 pictures per second and 3600 seconds per picture expected");
        }
        return rate;
    }
}
