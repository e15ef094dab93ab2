package org.camseal.identity;

import java.util.List;

/** Who an identity is, and so which keys it has. */
public enum Role {
    /** TLS key and media key. */
    CAMERA,
    /** TLS key only: a recorder has no path to a content key. */
    RECORDER,
    /** A person, or the viewer acting for one: TLS key, and a key for opening video. */
    PERSON,
    /** A production line: TLS key only. */
    LINE,
    /** A person who decides at a device authority: TLS key only. */
    OPERATOR;

    /** The slots its keys live in. */
    public List<Slot> slots() {
        return switch (this) {
            case CAMERA -> List.of(Slot.TLS, Slot.MEDIA);
            case RECORDER, LINE, OPERATOR -> List.of(Slot.TLS);
            case PERSON -> List.of(Slot.TLS, Slot.RECIPIENT);
        };
    }

    /** What the certificate for a slot must be for. */
    Purpose purposeOf(Slot slot) {
        return switch (this) {
            case CAMERA -> slot == Slot.MEDIA ? Purpose.MEDIA_SIGNING : Purpose.DEVICE_TLS;
            case RECORDER -> Purpose.RECORDER;
            case PERSON -> slot == Slot.RECIPIENT ? Purpose.RECIPIENT : Purpose.PERSON;
            case LINE -> Purpose.LINE;
            case OPERATOR -> Purpose.OPERATOR;
        };
    }
}
