package org.camseal.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.camseal.bench.Measurement;
import org.camseal.bench.streaming.ClientsBench;
import org.camseal.bench.streaming.ClientsTable;
import org.camseal.bench.streaming.SrtpBench;
import org.camseal.bench.streaming.Way;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.ScratchDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code camseal bench streaming}: what SRTP costs, and what many clients cost the server. */
@Command(
        name = "streaming",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Protects and opens SRTP packets of 1 200 bytes with every profile, beside the JDK's ciphers alone. Then serves one stream of"
                    + " 4.8 Mbit/s to 10, 50, 100 and 200 clients by UDP, TCP and SRTP, beside GStreamer's RTSP server, and says what"
                    + " processor time that takes the server and how evenly pictures arrive.",
            "",
            "All take turns in one run. Takes about six minutes; --part clients --clients 100 --over udp takes one."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every target is met",
            "   3  a target is missed, or GStreamer's server is not there to compare with",
            "   4  the measurement could not run",
        })
final class StreamingBenchCommand implements Callable<Integer> {
    /** What can be measured apart. */
    enum Part {
        /** SRTP's ciphers. */
        PACKETS,
        /** A server's clients. */
        CLIENTS
    }

    @Option(
            names = "--part",
            paramLabel = "PART",
            split = ",",
            defaultValue = "packets,clients",
            description = "What to measure: packets, clients.")
    private List<Part> parts = List.of();

    @Option(
            names = "--clients",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "10,50,100,200",
            description = "How many clients at once, 1 to 500.")
    private List<Integer> clients = List.of();

    @Option(
            names = "--over",
            paramLabel = "WAY",
            split = ",",
            defaultValue = "udp,tcp,srtp,gcm",
            description = "How: udp, tcp, srtp (AES-CM), gcm (SRTP with AES-GCM, ours alone).")
    private List<Way> ways = List.of();

    @Mixin
    private BenchOutput output = new BenchOutput();

    private static final int MOST_CLIENTS = 500;

    @Override
    public Integer call() throws Exception {
        for (int number : clients) {
            if (number < 1 || number > MOST_CLIENTS) {
                throw new CommandFailure(ExitCode.USAGE, number + " clients; 1 to " + MOST_CLIENTS + " expected", null);
            }
        }
        boolean withClients = parts.contains(Part.CLIENTS);
        int code = output.print(this::measure, StreamingBenchCommand::text);
        if (withClients && !ClientsBench.hasPeer()) {
            output.err()
                    .println(
                            "camseal: hint: GStreamer's RTSP server is not installed, so ours was measured alone (Debian"
                                    + " packages " + ClientsBench.PEER_PACKAGES + ")");
        }
        return code;
    }

    private List<Measurement> measure(Consumer<String> progress) throws Exception {
        List<Measurement> all = new ArrayList<>();
        if (parts.contains(Part.PACKETS)) {
            all.addAll(SrtpBench.run(progress));
        }
        if (parts.contains(Part.CLIENTS)) {
            try (ScratchDirectory scratch = ScratchDirectory.create()) {
                all.addAll(ClientsBench.run(new ClientsBench.Plan(clients, ways), scratch.path(), progress));
            }
        }
        return all;
    }

    /** Packets line by line; clients as a table. */
    private static List<String> text(List<Measurement> all) {
        List<Measurement> packets = all.stream()
                .filter(measurement -> !ClientsTable.holds(measurement))
                .toList();
        List<String> lines = new ArrayList<>(BenchReport.lines(packets));
        List<String> table = ClientsTable.lines(all);
        if (!lines.isEmpty() && !table.isEmpty()) {
            lines.add("");
        }
        lines.addAll(table);
        return lines;
    }
}
