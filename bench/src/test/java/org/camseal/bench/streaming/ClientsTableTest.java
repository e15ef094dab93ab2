package org.camseal.bench.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.junit.jupiter.api.Test;

class ClientsTableTest {
    private static Measurement number(String metric, double value) {
        return Measurement.of("streaming", "UDP, 100 clients", metric, value, "");
    }

    @Test
    void aCaseIsALine() {
        List<String> lines = ClientsTable.lines(List.of(
                Measurement.of("streaming", "AES_CM_128: protect", "speed", 1, "1/s"),
                number("processor, of one core", 10.24),
                number("processor for a client, of one core", 0.1024),
                number("gst-rtsp-server: processor, of one core", 14.01),
                new Measurement(
                        "streaming",
                        "UDP, 100 clients",
                        "processor, of gst-rtsp-server's",
                        0.731,
                        "",
                        new Target.AtMost(1)),
                Measurement.of("streaming", "UDP, 50 clients", "arrived", 99.6, "%")));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2))
                .startsWith("UDP, 100 clients ")
                .contains(" 10.2 %", " 0.102 %", " 14.0 %")
                .endsWith("0.73  met <= 1");
        assertThat(lines.get(3))
                .startsWith("UDP, 50 clients ")
                .contains("100 %")
                .endsWith("-");
    }

    @Test
    void withoutSuchNumbersThereIsNoTable() {
        assertThat(ClientsTable.lines(List.of(Measurement.of("streaming", "x", "y", 1, ""))))
                .isEmpty();
    }
}
