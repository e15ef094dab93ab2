package org.camseal.authority.console;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.SerialRange;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;

/**
 * An order and what became of it.
 *
 * @param state "open", "not yet" or "over"
 * @param used serials that have something
 * @param good of those, the ones that nothing is wrong with
 * @param causes why certificates were not given, and how often: names of reasons for a refusal, HELD, LATER
 */
record OrderView(
        String id,
        String maker,
        String model,
        List<String> serials,
        List<String> lines,
        List<String> keys,
        boolean attestation,
        String opensAt,
        String closesAt,
        String state,
        long quantity,
        long used,
        long good,
        long disputed,
        long retired,
        long scrapped,
        SortedMap<String, Long> causes) {

    /** All of them, the newest first. */
    static List<OrderView> all(Register register) throws AuthorityException {
        Map<String, Map<DeviceState, Long>> troubled = register.troubledDevices();
        Map<String, SortedMap<String, Long>> notGiven = register.notGiven();
        Instant now = register.now();
        return register.orders().reversed().stream()
                .map(state -> of(
                        state,
                        troubled.getOrDefault(state.order().id(), Map.of()),
                        notGiven.getOrDefault(state.order().id(), Collections.emptySortedMap()),
                        now))
                .toList();
    }

    private static OrderView of(
            OrderState state, Map<DeviceState, Long> troubled, SortedMap<String, Long> causes, Instant now) {
        ProductionOrder order = state.order();
        long disputed = troubled.getOrDefault(DeviceState.DISPUTED, 0L);
        long retired = troubled.getOrDefault(DeviceState.RETIRED, 0L);
        long scrapped = troubled.getOrDefault(DeviceState.SCRAPPED, 0L);
        String when = order.isOpenAt(now) ? "open" : now.isBefore(order.opensAt()) ? "not yet" : "over";
        return new OrderView(
                order.id(),
                order.maker(),
                order.model(),
                order.serials().stream().map(SerialRange::toString).toList(),
                sorted(order.lines().stream()),
                sorted(order.keys().stream().map(Enum::name)),
                order.attestation() == ProductionOrder.Attestations.DEMANDED,
                order.opensAt().toString(),
                order.closesAt().toString(),
                when,
                order.quantity(),
                state.used(),
                Math.max(0, state.used() - disputed - retired - scrapped),
                disputed,
                retired,
                scrapped,
                causes);
    }

    private static List<String> sorted(Stream<String> names) {
        return List.copyOf(new TreeSet<>(names.toList()));
    }
}
