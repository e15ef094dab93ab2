package org.camseal.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;

/**
 * One of the sealed stream's own SEI: user_data_unregistered of the stream's UUID, one message per NAL unit, whose first free byte says
 * what it carries (docs/spec/sealed-video.md, own SEI).
 */
public final class SealedSei {
    /** uuid_iso_iec_11578 of all own SEI. */
    public static final UUID SEI_UUID = UUID.fromString("b1f4c4a2-7c1e-5d0a-9f63-2c5ea1ca3001");

    /** What an own SEI carries. */
    public enum Kind {
        /** A signed manifest. */
        MANIFEST(1),
        /** Grants: the epoch key for some recipients. */
        GRANTS(2),
        /** A session certificate. */
        SESSION_CERTIFICATE(3),
        /** A package: an SEI (or filler data) NAL unit of the source, sealed. */
        PACKAGE(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The byte behind the UUID. */
        public int code() {
            return code;
        }
    }

    private final Kind kind;
    private final byte[] body;

    private SealedSei(Kind kind, byte[] body) {
        this.kind = kind;
        this.body = body;
    }

    /** An own SEI to be sent; takes the array over. */
    public static SealedSei of(Kind kind, byte[] body) {
        return new SealedSei(kind, body);
    }

    /**
     * What a NAL unit carries; empty for every NAL unit that is not an own SEI.
     *
     * @throws ManifestException.Malformed for an own SEI of unknown kind, or one that shares its NAL unit with another message
     */
    public static Optional<SealedSei> find(NalUnit nal) throws ManifestException.Malformed {
        if (!nal.isSei()) {
            return Optional.empty();
        }
        List<Sei> messages;
        try {
            messages = Sei.parse(nal);
        } catch (MediaException e) {
            return Optional.empty(); // no message can be read, so nobody can say that it is an own one
        }
        if (messages.stream().noneMatch(message -> message.isUserData(SEI_UUID))) {
            return Optional.empty();
        }
        byte[] data =
                messages.getFirst().isUserData(SEI_UUID) ? messages.getFirst().userData() : new byte[0];
        if (messages.size() != 1 || data.length < 1) {
            throw new ManifestException.Malformed(
                    "own SEI: one message with a kind byte alone in its NAL unit expected (sealed video, own SEI)");
        }
        for (Kind kind : Kind.values()) {
            if (kind.code == data[0]) {
                return Optional.of(new SealedSei(kind, Arrays.copyOfRange(data, 1, data.length)));
            }
        }
        throw new ManifestException.Malformed(
                "own SEI of kind " + (data[0] & 0xff) + "; 1 to 4 expected (sealed video, own SEI)");
    }

    public Kind kind() {
        return kind;
    }

    /** What stands behind the kind byte; shared, never to be written to. */
    public byte[] body() {
        return body;
    }

    /** The NAL unit, in front of the slices. */
    public NalUnit toNalUnit(Codec codec) {
        return toNalUnit(codec, Sei.Place.PREFIX, 0);
    }

    /**
     * The NAL unit at a given place.
     *
     * @param place PREFIX for H.264; in H.265 a sealed suffix SEI stays a suffix SEI
     * @param temporalId 0 for H.264; in H.265 that of the SEI sealed within
     */
    public NalUnit toNalUnit(Codec codec, Sei.Place place, int temporalId) {
        byte[] data = new byte[1 + body.length];
        data[0] = (byte) kind.code;
        System.arraycopy(body, 0, data, 1, body.length);
        return Sei.userDataUnregistered(codec, place, temporalId, SEI_UUID, data);
    }

    /**
     * What stands in front of the body of an own SEI of kind PACKAGE, emulation prevention not yet applied: for a sealer that writes the
     * body where it stays. The body and the stop byte {@link Sei#STOP} follow.
     *
     * @param bodyLength how many bytes
     */
    public static byte[] packageHead(Codec codec, Sei.Place place, int temporalId, int bodyLength) {
        byte[] front = Sei.userDataHead(codec, place, temporalId, SEI_UUID, Math.addExact(bodyLength, 1));
        byte[] head = Arrays.copyOf(front, front.length + 1);
        head[front.length] = (byte) Kind.PACKAGE.code;
        return head;
    }
}
