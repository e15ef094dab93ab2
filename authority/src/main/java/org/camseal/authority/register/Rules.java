package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camseal.authority.ProductionOrder;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;

/**
 * Orders and credentials as they stand in the database, for one generation of them. Counts of used serials are not among them, because
 * each new camera changes those.
 */
public final class Rules {
    private final long generation;
    private final List<OrderState> orders;
    private final Map<BigInteger, Credential> credentials = new HashMap<>();

    private Rules(long generation, List<OrderState> orders, List<Credential> credentials) {
        this.generation = generation;
        this.orders = List.copyOf(orders);
        credentials.forEach(credential -> this.credentials.put(credential.number(), credential));
    }

    static Rules load(Statements statements, long generation) throws SQLException {
        return new Rules(
                generation,
                OrderTable.list(statements),
                CredentialTable.list(statements).stream()
                        .filter(credential -> credential.revokedAt().isEmpty())
                        .toList());
    }

    long generation() {
        return generation;
    }

    /** Whoever holds a certificate with that number, as such; empty if it was taken back or never stood here. */
    public Optional<Credential> credential(BigInteger number, CertificateProfile kind) {
        return Optional.ofNullable(credentials.get(number)).filter(credential -> credential.kind() == kind);
    }

    /** Every order that names that camera and lets that line ask; open or not. */
    public List<OrderState> ordersFor(CertificateSubject camera, String line) {
        return naming(camera)
                .filter(state -> state.order().lines().contains(line))
                .toList();
    }

    /** The newest order that names that camera, whatever line may ask; open or not. */
    public Optional<OrderState> newestOrderFor(CertificateSubject camera) {
        return naming(camera).reduce((older, newer) -> newer);
    }

    /** The ids of orders that are open then, the newest first, some of them. */
    String[] openAt(Instant time, int most) {
        return orders.reversed().stream()
                .filter(state -> state.order().isOpenAt(time))
                .limit(most)
                .map(state -> state.order().id())
                .toArray(String[]::new);
    }

    /** The order of that id. */
    public Optional<OrderState> order(String id) {
        return orders.stream().filter(state -> state.order().id().equals(id)).findFirst();
    }

    /** Orders that name that line and demand attestations, the newest first. */
    public List<OrderState> attesting(String line) {
        return orders.reversed().stream()
                .filter(state -> state.order().attestation() == ProductionOrder.Attestations.DEMANDED)
                .filter(state -> state.order().lines().contains(line))
                .toList();
    }

    private Stream<OrderState> naming(CertificateSubject camera) {
        return orders.stream().filter(state -> state.order().names(camera));
    }
}
