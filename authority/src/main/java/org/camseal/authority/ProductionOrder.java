package org.camseal.authority;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.KeySpec;

/**
 * What a factory may make: without an order that names it, no camera gets a certificate.
 *
 * @param id its number at the maker; 1 to 64 of letters, digits, {@code . _ : -}
 * @param maker the organization in the certificates
 * @param model the common name in the certificates
 * @param serials which serials; 1 to {@value #MAX_RANGES} ranges
 * @param quantity how many cameras at most; at least 1
 * @param lines which lines may ask; at least one
 * @param opensAt from when on
 * @param closesAt until when, that instant not included
 * @param attestation whether the elements must prove themselves
 * @param keys which kinds of keys are certified; at least one
 */
public record ProductionOrder(
        String id,
        String maker,
        String model,
        List<SerialRange> serials,
        long quantity,
        Set<String> lines,
        Instant opensAt,
        Instant closesAt,
        Attestations attestation,
        Set<KeySpec> keys) {
    /** Most ranges of one order. */
    public static final int MAX_RANGES = 64;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    /** Whether an order wants elements to prove that they hold the keys. */
    public enum Attestations {
        /** Whatever key a line asks for. */
        NOT_DEMANDED,
        /** Only keys that a genuine element of the order's list attests. */
        DEMANDED
    }

    /**
     * @throws IllegalArgumentException if a part is not of that form
     */
    public ProductionOrder {
        serials = List.copyOf(serials);
        lines = Set.copyOf(lines);
        keys = Set.copyOf(keys);
        require(ID.matcher(id).matches(), "the order's id is not 1 to 64 letters, digits, . _ : -");
        require(!serials.isEmpty() && serials.size() <= MAX_RANGES, "an order has 1 to " + MAX_RANGES + " ranges");
        require(quantity >= 1, "an order's quantity is at least 1");
        require(!lines.isEmpty(), "an order names at least one line");
        require(
                lines.stream().allMatch(line -> ID.matcher(line).matches()),
                "a line's id is not 1 to 64 letters, digits, . _ : -");
        require(opensAt.isBefore(closesAt), "an order opens before it closes");
        require(!keys.isEmpty(), "an order allows at least one kind of key");
        new CertificateSubject(maker, model, "0"); // maker and model stand in certificates
    }

    /** True if it is about such a camera, whoever asks and whenever. */
    public boolean names(CertificateSubject camera) {
        return maker.equals(camera.organization())
                && model.equals(camera.name())
                && serials.stream().anyMatch(range -> range.contains(camera.serial()));
    }

    /** True while new cameras may get certificates. */
    public boolean isOpenAt(Instant now) {
        return !now.isBefore(opensAt) && now.isBefore(closesAt);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
