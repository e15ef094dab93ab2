package org.camseal.cli.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.SerialRange;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.CommandGroup;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code camseal authority order}: what may be made. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        description = "Production orders: without one that names it, no camera gets a certificate.")
final class AuthorityOrderCommand extends CommandGroup {
    /** What an order says. */
    static final class Terms {
        @Option(
                names = "--maker",
                required = true,
                paramLabel = "NAME",
                description = "The organization in certificates.")
        private String maker = "";

        @Option(
                names = "--model",
                required = true,
                paramLabel = "NAME",
                description = "The common name in certificates.")
        private String model = "";

        @Option(
                names = "--serials",
                required = true,
                paramLabel = "FIRST..LAST",
                description = "Which serials; may be given several times.")
        private List<String> serials = List.of();

        @Option(names = "--quantity", required = true, paramLabel = "N", description = "How many cameras at most.")
        private long quantity;

        @Option(
                names = "--line",
                required = true,
                paramLabel = "ID",
                description = "Which line; several times for several.")
        private Set<String> lines = Set.of();

        @Option(names = "--from", paramLabel = "TIME", description = "UTC, such as 2026-11-22T06:00:00Z. Default: now.")
        private @Nullable Instant from;

        @Option(names = "--days", defaultValue = "30", paramLabel = "N", description = "How long. Default: 30.")
        private int days = 30;

        @Option(
                names = "--keys",
                split = ",",
                defaultValue = "RSA2048,RSA3072,P256",
                paramLabel = "KIND",
                description = "Which kinds of keys. Default: ${DEFAULT-VALUE}.")
        private Set<KeySpec> keys = EnumSet.of(KeySpec.P256);

        @Option(
                names = "--genuine",
                paramLabel = "FILE",
                description =
                        "Demands attestations: SHA-256 digests of the attestation keys of genuine elements, one a line in"
                                + " hexadecimal digits.")
        private @Nullable Path genuine;

        ProductionOrder order(String id) throws AuthorityException.Malformed, CommandFailure {
            Instant opens = from == null ? Instant.now() : from;
            List<SerialRange> ranges = new ArrayList<>();
            for (String text : serials) {
                ranges.add(SerialRange.parse(text));
            }
            try {
                return new ProductionOrder(
                        id,
                        maker,
                        model,
                        ranges,
                        quantity,
                        lines,
                        opens,
                        opens.plus(Duration.ofDays(days)),
                        genuine == null
                                ? ProductionOrder.Attestations.NOT_DEMANDED
                                : ProductionOrder.Attestations.DEMANDED,
                        keys);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
            }
        }

        List<byte[]> elements() throws IOException, CommandFailure {
            if (genuine == null) {
                return List.of();
            }
            List<byte[]> digests = new ArrayList<>();
            for (String line : Files.readAllLines(genuine)) {
                if (!line.isBlank()) {
                    if (!line.strip().matches("[0-9a-fA-F]{64}")) {
                        throw new CommandFailure(
                                ExitCode.USAGE,
                                genuine + ", line " + (digests.size() + 1) + ": not a SHA-256 digest of 64 digits",
                                null);
                    }
                    digests.add(HexFormat.of().parseHex(line.strip()));
                }
            }
            return digests;
        }
    }

    @Command(name = "add", mixinStandardHelpOptions = true, sortOptions = false, description = "Adds an order.")
    int add(
            @Mixin AuthorityPlace place,
            @Mixin Terms terms,
            @Parameters(paramLabel = "ID", description = "The order.") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        ProductionOrder order = terms.order(id);
        List<byte[]> genuine = terms.elements();
        place.act((desk, operator) -> desk.addOrder(operator, order, genuine));
        return ExitCode.DONE.number();
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Ends an order now; what it gave stays.")
    int close(@Mixin AuthorityPlace place, @Parameters(paramLabel = "ID", description = "The order.") String id)
            throws AuthorityException, IdentityException, CommandFailure, IOException, InterruptedException {
        place.act((desk, operator) -> desk.closeOrder(operator, id));
        return ExitCode.DONE.number();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows all orders.")
    int list(@Mixin AuthorityPlace place, @Option(names = "--json", description = "As one JSON array.") boolean json)
            throws AuthorityException, CommandFailure, IOException {
        List<Map<String, Object>> orders = new ArrayList<>();
        try (Register register = place.register()) {
            for (OrderState state : register.orders()) {
                orders.add(object(state));
            }
        }
        print(
                orders,
                json,
                order -> order.get("id") + "  " + order.get("model") + "  " + order.get("used") + " of "
                        + order.get("quantity") + "  " + order.get("serials") + "  lines " + order.get("lines")
                        + "  until " + order.get("closesAt"));
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> object(OrderState state) {
        ProductionOrder order = state.order();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", order.id());
        object.put("maker", order.maker());
        object.put("model", order.model());
        object.put(
                "serials", order.serials().stream().map(SerialRange::toString).toList());
        object.put("quantity", order.quantity());
        object.put("used", state.used());
        object.put("lines", order.lines().stream().sorted().toList());
        object.put("opensAt", order.opensAt().toString());
        object.put("closesAt", order.closesAt().toString());
        object.put("attestation", order.attestation() == ProductionOrder.Attestations.DEMANDED);
        return object;
    }
}
