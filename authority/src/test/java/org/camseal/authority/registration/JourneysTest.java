package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.register.RegisterAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often the one writer waits for the database's server: everybody else waits for the writer. */
@Timeout(120)
class JourneysTest {
    @TempDir
    private Path directory;

    /** Stands between the register and PostgreSQL, and counts how often one side speaks after the other was heard. */
    private static final class Relay implements AutoCloseable {
        private enum Side {
            REGISTER,
            SERVER
        }

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
        private final AtomicInteger journeys = new AtomicInteger();
        private final int server;
        private volatile Side last = Side.SERVER;

        Relay(int server) throws IOException {
            this.server = server;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (!listening.isClosed()) {
                try {
                    Socket register = listening.accept();
                    Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                    register.setTcpNoDelay(true);
                    behind.setTcpNoDelay(true);
                    open.add(register);
                    open.add(behind);
                    Thread.ofVirtual().start(() -> carry(register, behind, Side.REGISTER));
                    Thread.ofVirtual().start(() -> carry(behind, register, Side.SERVER));
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private void carry(Socket from, Socket to, Side side) {
            byte[] bytes = new byte[1 << 16];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (side == Side.REGISTER && last == Side.SERVER) {
                        journeys.incrementAndGet();
                    }
                    last = side;
                    out.write(bytes, 0, n);
                }
            } catch (IOException e) {
                // one side is gone; the other hears of it as its stream is closed
            }
        }

        int journeys() {
            return journeys.get();
        }

        @Override
        public void close() throws IOException {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aCertificateAloneIsTwoGroupsOfThreeJourneysEach() throws Exception {
        RegisterAddress.Postgres real = (RegisterAddress.Postgres) Databases.POSTGRESQL.fresh(directory);
        URI url = URI.create(real.url());
        try (Relay relay = new Relay(url.getPort())) {
            String through = "postgresql://127.0.0.1:" + relay.listening.getLocalPort() + url.getPath();
            try (Factory factory =
                    new Factory(directory, new RegisterAddress.Postgres(through, real.user(), real.passwordFile()))) {
                factory.add(factory.order("PO-1", 100));
                RegistrationAuthority authority = factory.authority();
                for (String first :
                        new String[] {"CS-0001", "CS-0002"}) { // the driver looks up types, and the rules are read
                    Factory.issued(authority.enrol(factory.line, factory.wish(first)));
                }
                var wish = factory.wish("CS-0003");
                int before = relay.journeys();
                Factory.issued(authority.enrol(factory.line, wish));
                assertThat(relay.journeys() - before)
                        .as("intent and certificate: lock and read, write, commit")
                        .isEqualTo(6);
                assertThat(factory.register.certificates("CS-0003")).hasSize(1);
            }
        }
    }
}
