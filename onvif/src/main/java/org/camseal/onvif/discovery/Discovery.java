package org.camseal.onvif.discovery;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlLimits;

/**
 * Lets a camera be found in the network of one interface: says hello, answers those who search, says goodbye. Runs in two threads of its
 * own until closed.
 */
public final class Discovery implements AutoCloseable {
    /** Where everybody listens (WS-Discovery section 2.4). */
    public static final InetSocketAddress GROUP = new InetSocketAddress(InetAddress.ofLiteral("239.255.255.250"), 3702);

    /** WS-Discovery section 2.4, APP_MAX_DELAY: answers come at different times, so that a searcher is not overrun. */
    public static final Duration LONGEST_DELAY = Duration.ofMillis(500);

    private static final int REMEMBERED = 64;
    private static final long CLOSE_MILLIS = 2_000;

    private final MulticastSocket socket;
    private final Place place;
    private final Supplier<Announcement> own;
    private final Surroundings around;
    private final Conversation conversation;
    private final AnswerBudget budget;
    private final Neighbourhood neighbours;
    private final ScheduledExecutorService answers;
    private final Set<String> answered = new LinkedHashSet<>();
    private final Thread listener;

    /**
     * Where it is found.
     *
     * @param networkInterface the one whose neighbours are answered
     * @param group IPv4 multicast address and port; {@link Discovery#GROUP} but in tests
     * @param longestDelay of an answer; {@link Discovery#LONGEST_DELAY} but in tests
     */
    public record Place(NetworkInterface networkInterface, InetSocketAddress group, Duration longestDelay) {
        /** The group of all ONVIF devices. */
        public static Place of(NetworkInterface networkInterface) {
            return new Place(networkInterface, GROUP, LONGEST_DELAY);
        }
    }

    /**
     * @param clock for the instance number
     * @param nanoTime for rates
     * @param random for message ids and delays
     */
    public record Surroundings(InstantSource clock, LongSupplier nanoTime, RandomGenerator random) {}

    private Discovery(MulticastSocket socket, Place place, Supplier<Announcement> own, Surroundings around) {
        this.socket = socket;
        this.place = place;
        this.own = own;
        this.around = around;
        this.conversation =
                new Conversation(around.random(), around.clock().instant().getEpochSecond());
        this.budget = new AnswerBudget(around.nanoTime());
        this.neighbours = Neighbourhood.of(place.networkInterface());
        this.answers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("discovery answers").factory());
        this.listener = Thread.ofPlatform().daemon().name("discovery").unstarted(this::listen);
    }

    /**
     * Begins to listen, and says hello.
     *
     * @param own what the camera says of itself; asked at each answer, and returns at once
     * @throws OnvifException.CannotListen if the port is taken by a program that does not share it, or the interface has no multicast
     */
    public static Discovery start(Place place, Supplier<Announcement> own, Surroundings around)
            throws OnvifException.CannotListen {
        MulticastSocket socket = null;
        try {
            socket = new MulticastSocket(null);
            socket.setReuseAddress(true); // every device and searcher of this machine has the same port
            socket.bind(new InetSocketAddress(place.group().getPort()));
            socket.setNetworkInterface(place.networkInterface());
            socket.setTimeToLive(1);
            socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true); // a searcher may be on this machine
            socket.joinGroup(place.group(), place.networkInterface());
            Discovery discovery = new Discovery(socket, place, own, around);
            discovery.listener.start();
            discovery.toAll(discovery.conversation.hello(own.get()));
            return discovery;
        } catch (IOException e) {
            if (socket != null) {
                socket.close();
            }
            throw new OnvifException.CannotListen(
                    "cannot listen for searchers on " + place.networkInterface().getName() + ", port "
                            + place.group().getPort() + ": " + e.getMessage(),
                    e);
        }
    }

    private void listen() {
        // One byte more than is read, so that a longer message is known for one.
        byte[] buffer = new byte[XmlLimits.DATAGRAM.bytes() + 1];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                hear(Arrays.copyOf(buffer, packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
            } catch (OnvifException.Malformed noise) {
                // Others speak at this port too (SSDP is the same group); nobody waits for an answer to noise.
            } catch (IOException e) {
                if (!socket.isClosed() && !rest()) {
                    return;
                }
            }
        }
    }

    /** A network that is gone for a moment is not asked for again at full speed. */
    private static boolean rest() {
        try {
            Thread.sleep(Duration.ofMillis(200));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void hear(byte[] message, InetSocketAddress from) throws OnvifException.Malformed {
        if (!neighbours.holds(from.getAddress()) || from.getPort() == 0) {
            return;
        }
        Optional<Conversation.Answer> answer = conversation.answer(message, own.get());
        if (answer.isPresent() && isNew(answer.get().to()) && budget.take(from.getAddress())) {
            send(answer.get().datagram(), from);
        }
    }

    /** Searchers send each message several times (SOAP over UDP section 2.5); one answer does. */
    private boolean isNew(String id) {
        if (answered.size() >= REMEMBERED) {
            answered.remove(answered.iterator().next());
        }
        return answered.add(id);
    }

    private void send(byte[] datagram, InetSocketAddress to) {
        long most = place.longestDelay().toMillis();
        long delay = most == 0 ? 0 : around.random().nextLong(most);
        try {
            var _ = answers.schedule(() -> sendNow(datagram, to), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    private void sendNow(byte[] datagram, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException e) {
            // A datagram may be lost anywhere; the searcher asks again.
        }
    }

    private void toAll(byte[] datagram) {
        sendNow(datagram, place.group());
    }

    /** Says goodbye and gives the port back. */
    @Override
    public void close() {
        answers.shutdownNow();
        toAll(conversation.bye(own.get()));
        socket.close();
        listener.interrupt();
        try {
            listener.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
