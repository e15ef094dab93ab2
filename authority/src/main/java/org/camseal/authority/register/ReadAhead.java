package org.camseal.authority.register;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/**
 * What stands in the database about the cameras and keys of one group of works, read in four questions instead of four for each work. True
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

    private ReadAhead() {}

    /** Knows nothing, so that everything is asked when it is needed: best where asking costs microseconds. */
    static ReadAhead nothing() {
        return new ReadAhead();
    }

    /** Reads about them. */
    static ReadAhead of(Statements statements, List<About> all) throws SQLException {
        ReadAhead ahead = new ReadAhead();
        if (all.isEmpty()) {
            return ahead;
        }
        String[] serials = all.stream().map(About::serial).distinct().toArray(String[]::new);
        byte[][] keys =
                all.stream().map(About::key).distinct().map(KeyDigest::bytes).toArray(byte[][]::new);
        for (String serial : serials) {
            ahead.serials.add(serial);
            ahead.devices.put(serial, Optional.empty());
        }
        all.forEach(about -> ahead.unknownKeys.add(about.key()));
        ahead.unbarredKeys.addAll(ahead.unknownKeys);
        DeviceTable.among(statements, serials)
                .forEach(device -> ahead.devices.put(device.serial(), Optional.of(device)));
        ahead.taken.addAll(statements.list(
                "SELECT serial, profile FROM certificates WHERE serial = ANY(?) AND state < 2",
                row -> new Place(row.getString(1), CertificateRow.profile(row.getInt(2))),
                (Object) serials));
        ahead.unknownKeys.removeAll(
                keys(statements, "SELECT key_digest FROM certificates WHERE key_digest = ANY(?)", keys));
        ahead.unbarredKeys.removeAll(
                keys(statements, "SELECT key_digest FROM barred_keys WHERE key_digest = ANY(?)", keys));
        return ahead;
    }

    private static Set<KeyDigest> keys(Statements statements, String sql, byte[][] keys) throws SQLException {
        return new HashSet<>(statements.list(sql, row -> KeyDigest.ofBytes(row.getBytes(1)), (Object) keys));
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
}
