package org.camseal.authority.register;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/**
 * What stands in the database about the cameras and keys of one group of works, read in one journey, together with the row that is locked. True
 * because the transaction holds the one writer's lock, and as long as whatever this transaction changes is told here. What is not known here is
 * asked of the database.
 */
final class ReadAhead {
    private record Place(String serial, CertificateProfile profile) {}

    private final Map<String, Optional<Device>> devices = new HashMap<>();
    private final Set<String> serials = new HashSet<>();
    private final Set<Place> taken = new HashSet<>();
    private final Set<KeyDigest> unknownKeys = new HashSet<>();
    private final Set<KeyDigest> unbarredKeys = new HashSet<>();
    private final Map<String, Long> left = new HashMap<>();

    private ReadAhead() {}

    /** Knows nothing, so that everything is asked when it is needed: best where asking costs microseconds. */
    static ReadAhead nothing() {
        return new ReadAhead();
    }

    /** What is asked about cameras and keys, and of orders that are open; {@link #heard()} when it has been asked. */
    static final class Questions {
        private final List<About> all;
        private final String[] serials;
        private final Question<Device> devices;
        private final Question<Place> taken;
        private final Question<KeyDigest> known;
        private final Question<KeyDigest> barred;
        private final Question<Map.Entry<String, Long>> left;

        Questions(List<About> all, String[] orders) {
            this.all = all;
            this.serials = all.stream().map(About::serial).distinct().toArray(String[]::new);
            byte[][] keys = all.stream()
                    .map(About::key)
                    .distinct()
                    .map(KeyDigest::bytes)
                    .toArray(byte[][]::new);
            this.devices = DeviceTable.among(serials);
            this.taken = new Question<>(
                    "SELECT serial, profile FROM certificates WHERE serial = ANY(?) AND state < 2",
                    row -> new Place(row.getString(1), CertificateRow.profile(row.getInt(2))),
                    (Object) serials);
            this.known = keys("SELECT key_digest FROM certificates WHERE key_digest = ANY(?)", keys);
            this.barred = keys("SELECT key_digest FROM barred_keys WHERE key_digest = ANY(?)", keys);
            this.left = OrderTable.left(orders);
        }

        private static Question<KeyDigest> keys(String sql, byte[][] keys) {
            return new Question<>(sql, row -> KeyDigest.ofBytes(row.getBytes(1)), (Object) keys);
        }

        List<Question<?>> list() {
            return List.of(devices, taken, known, barred, left);
        }

        ReadAhead heard() {
            ReadAhead ahead = new ReadAhead();
            for (String serial : serials) {
                ahead.serials.add(serial);
                ahead.devices.put(serial, Optional.empty());
            }
            devices.answer().forEach(device -> ahead.devices.put(device.serial(), Optional.of(device)));
            ahead.taken.addAll(taken.answer());
            all.forEach(about -> ahead.unknownKeys.add(about.key()));
            ahead.unbarredKeys.addAll(ahead.unknownKeys);
            known.answer().forEach(ahead.unknownKeys::remove);
            barred.answer().forEach(ahead.unbarredKeys::remove);
            left.answer().forEach(order -> ahead.left.put(order.getKey(), order.getValue()));
            return ahead;
        }
    }

    /** True if it is known whether the register has that camera, and what it thinks of it. */
    boolean knows(String serial) {
        return devices.containsKey(serial);
    }

    /** What is known of a camera that {@link #knows} is true of. */
    Optional<Device> device(String serial) {
        return devices.getOrDefault(serial, Optional.empty());
    }

    /** True if it is sure that the serial has neither certificate nor intent for that profile. */
    boolean isFree(String serial, CertificateProfile profile) {
        return serials.contains(serial) && !taken.contains(new Place(serial, profile));
    }

    /** True if it is sure that nothing was ever written down for that key. */
    boolean isUnknown(KeyDigest key) {
        return unknownKeys.contains(key);
    }

    /** True if it is sure that the key lost no dispute. */
    boolean isUnbarred(KeyDigest key) {
        return unbarredKeys.contains(key);
    }

    /** True if the intent stands in the database already, as one that was read about: it can be written with others. */
    boolean isAbout(CertificateRow intent) {
        return taken.contains(new Place(intent.subject().serial(), intent.profile()));
    }

    /** This transaction adds a camera. */
    void added(Device device) {
        devices.computeIfPresent(device.serial(), (serial, before) -> Optional.of(device));
    }

    /** This transaction writes an intent down. */
    void intended(CertificateRow row) {
        taken.add(new Place(row.subject().serial(), row.profile()));
        unknownKeys.remove(row.key());
    }

    /** This transaction changes what is thought of a camera. */
    void forget(String serial) {
        devices.remove(serial);
    }

    /** This transaction bars a key. */
    void barred(KeyDigest key) {
        unbarredKeys.remove(key);
    }

    /** How many serials an order allows yet, as far as this transaction knows. */
    Optional<Long> left(String order) {
        return Optional.ofNullable(left.get(order));
    }

    /** So many serials an order allows from here on. */
    void setLeft(String order, long serials) {
        left.put(order, serials);
    }

    /** This transaction uses a serial of an order that is not counted here. */
    void forgetLeft(String order) {
        left.remove(order);
    }
}
