package org.camseal.streaming.rtp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * One payload is one frame: G.711 and Opus. An Opus packet states its duration; a G.711 frame lasts as long as it has samples, or, where
 * it is sealed and has more bytes than samples, until the next one begins, which is why each waits for the one behind it.
 */
public final class FrameDepacketizer implements Depacketizer {
    private final AudioFormat format;
    private byte @Nullable [] waiting;
    private int waitingTimestamp;
    private int lastDuration;

    FrameDepacketizer(AudioFormat format) {
        this.format = format;
    }

    @Override
    public void accept(RtpPacket packet, Consumer<Received> sink) throws ProtocolException {
        if (packet.payloadLength() == 0) {
            return;
        }
        int at = packet.payloadOffset();
        byte[] frame = Arrays.copyOfRange(packet.bytes(), at, at + packet.payloadLength());
        if (format.codec() == Codec.OPUS) {
            sink.accept(new Received.Frame(frame, packet.timestamp(), OpusPacket.samples(frame)));
            return;
        }
        if (waiting != null) {
            handOn(waiting, duration(waiting, packet.timestamp() - waitingTimestamp), sink);
        }
        waiting = frame;
        waitingTimestamp = packet.timestamp();
    }

    /** The distance to the next frame where that can be right: packets may be missing between, or there may be no next one. */
    private int duration(byte[] frame, int apart) {
        int most = Math.max(1, frame.length / format.channels());
        if (apart > 0 && apart <= most) {
            return apart;
        }
        return lastDuration > 0 ? Math.min(lastDuration, most) : most;
    }

    private void handOn(byte[] frame, int duration, Consumer<Received> sink) {
        lastDuration = duration;
        sink.accept(new Received.Frame(frame, waitingTimestamp, duration));
    }

    @Override
    public void lost() {
        // A frame is one packet, so none is damaged; the one that waits is handed on with the next.
    }

    @Override
    public void end(Consumer<Received> sink) {
        if (waiting != null) {
            handOn(waiting, duration(waiting, 0), sink);
            waiting = null;
        }
    }
}
