package org.camseal.onvif;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.onvif.keystore.KeyStatus;

/** Something that subscribers are told; nothing secret. */
public sealed interface OnvifEvent {
    /** When it happened. */
    Instant at();

    /** Which kind of event. */
    Topic topic();

    /** The values that say of what it is, in the order of the topic's. */
    List<String> source();

    /** The values that say what is so now, in the order of the topic's; "" for one that is not told. */
    List<String> data();

    /** Whether something is as it should not be. */
    enum State {
        ALARM,
        CLEAR
    }

    /**
     * Somebody is or was at the camera, as far as it can notice: its element refuses, its picture cannot be sealed, its clock was set back.
     *
     * @param part of the camera
     * @param cause in words
     */
    record Tamper(Instant at, String part, State state, String cause) implements OnvifEvent {
        @Override
        public Topic topic() {
            return Topic.TAMPER;
        }

        @Override
        public List<String> source() {
            return List.of(part);
        }

        @Override
        public List<String> data() {
            return List.of(String.valueOf(state == State.ALARM), cause);
        }
    }

    /**
     * A source gives no pictures, or gives them again.
     *
     * @param video the stream's token
     */
    record SignalLoss(Instant at, String video, State state) implements OnvifEvent {
        @Override
        public Topic topic() {
            return Topic.SIGNAL_LOSS;
        }

        @Override
        public List<String> source() {
            return List.of(VideoElements.SOURCE + video);
        }

        @Override
        public List<String> data() {
            return List.of(String.valueOf(state == State.ALARM));
        }
    }

    /**
     * How long a certificate still counts.
     *
     * @param certificate its id at the security service
     */
    record CertificateExpiry(Instant at, String certificate, Instant notAfter, Standing standing)
            implements OnvifEvent {
        /** How near the end is. */
        public enum Standing {
            VALID,
            EXPIRES_SOON,
            EXPIRED
        }

        @Override
        public Topic topic() {
            return Topic.CERTIFICATE_EXPIRY;
        }

        @Override
        public List<String> source() {
            return List.of(certificate);
        }

        @Override
        public List<String> data() {
            return List.of(standing.name(), notAfter.toString());
        }
    }

    /**
     * A key is being made, can be used, or could not be made.
     *
     * @param key its id at the security service
     * @param before its status before; empty where it is new
     */
    record KeyChanged(Instant at, String key, Optional<KeyStatus> before, KeyStatus now) implements OnvifEvent {
        @Override
        public Topic topic() {
            return Topic.KEY_STATUS;
        }

        @Override
        public List<String> source() {
            return List.of(key);
        }

        @Override
        public List<String> data() {
            return List.of(before.map(KeyStatus::word).orElse(""), now.word());
        }
    }
}
