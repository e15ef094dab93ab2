package org.camseal.identity.soft;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.camseal.identity.element.TimedSocket;
import org.jspecify.annotations.Nullable;

/**
 * A soft element as the program sees it: a paired process behind a Unix-domain socket. This program never holds a private key. If the
 * process is gone it is started again, where this program starts it; nothing is ever done without it.
 *
 * <p>Assurance is {@link AssuranceLevel#SOFTWARE}: whoever owns the operating system can read the process's memory and its files, and an
 * image of the whole disk is not told from the original. Safe for use by several threads, one at a time inside.
 */
public final class SoftElement implements SecureElement {
    private static final int SIGNATURES_PER_SECOND = 50;

    /** Between the end of a killed process's connections and its own, on a machine that is busy with much else. */
    private static final Duration DYING = Duration.ofSeconds(20);

    private final Path socket;
    private final Pairing pairing;
    private final SecureRandom random;
    private final @Nullable ChildProcess child;
    private @Nullable Channel channel;

    private SoftElement(Path socket, Pairing pairing, SecureRandom random, @Nullable ChildProcess child) {
        this.socket = socket;
        this.pairing = pairing;
        this.random = random;
        this.child = child;
    }

    /**
     * Prepares a state for the element's process, and the file by which a program is paired with it. Where there is a state already, its
     * pairing is written again.
     *
     * @param stateDirectory the element's; ideally of a user of its own
     * @param pairingFile the program's
     * @throws IdentityException if they cannot be written, or with {@link ElementFault#CLONED} if the state is a copy
     */
    public static void prepare(Path stateDirectory, Path pairingFile, SecureRandom random) throws IdentityException {
        SoftState.openOrCreate(stateDirectory, StatePlace.on(Path.of("/etc/machine-id")), random, step -> {})
                .pairing()
                .write(pairingFile);
    }

    /** Uses the element's process that somebody else runs behind that socket. */
    public static SoftElement connect(Path socket, Path pairingFile, SecureRandom random) throws IdentityException {
        SoftElement element = new SoftElement(socket, Pairing.read(pairingFile), random, null);
        element.find(Slot.TLS); // so that an absent or strange element is found now
        return element;
    }

    /**
     * Starts the element's process as a child of this one, and uses it. It ends with this program.
     *
     * @param launch how the process is started
     * @throws IdentityException with the fault the process tells: {@link ElementFault#CLONED}, {@link ElementFault#DAMAGED} ...
     */
    public static SoftElement launch(SoftLaunch launch, Path pairingFile, SecureRandom random)
            throws IdentityException {
        Pairing pairing = Pairing.read(pairingFile);
        ChildProcess child = new ChildProcess(launch);
        child.start();
        return new SoftElement(launch.socket(), pairing, random, child);
    }

    @Override
    public ElementInfo info() {
        return new ElementInfo(
                "soft element in a process of its own",
                AssuranceLevel.SOFTWARE,
                Set.of(KeySpec.values()),
                Set.of(ElementInfo.Ability.AGREE),
                SIGNATURES_PER_SECOND);
    }

    @Override
    public KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        SlotHandle.requireSigning(slot);
        return handle(slot, described(ask(new Request.Generate(slot, spec), KeyHandle.PATIENCE.multipliedBy(6))));
    }

    @Override
    public Optional<KeyHandle> key(Slot slot) throws IdentityException {
        SlotHandle.requireSigning(slot);
        return find(slot).map(key -> handle(slot, key));
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        return agreement(described(ask(new Request.Generate(Slot.RECIPIENT, spec), KeyHandle.PATIENCE)));
    }

    @Override
    public Optional<AgreementHandle> agreementKey() throws IdentityException {
        return find(Slot.RECIPIENT).map(this::agreement);
    }

    @Override
    public void destroy(Slot slot) throws IdentityException {
        ask(new Request.Destroy(slot), KeyHandle.PATIENCE);
    }

    private record Described(KeySpec spec, PublicKey key) {
        byte[] digest() {
            return NoiseState.sha256(key.getEncoded());
        }
    }

    private Optional<Described> find(Slot slot) throws IdentityException {
        byte[] answer = ask(new Request.Find(slot), KeyHandle.PATIENCE);
        return answer.length == 0 ? Optional.empty() : Optional.of(described(answer));
    }

    private static Described described(byte[] answer) throws IdentityException.Element {
        try {
            if (answer.length == 0) {
                throw new GeneralSecurityException("nothing");
            }
            KeySpec spec = Numbers.spec(answer[0]).orElseThrow(() -> new GeneralSecurityException("a kind of key"));
            return new Described(
                    spec,
                    KeyFactory.getInstance(spec.jcaName())
                            .generatePublic(new X509EncodedKeySpec(Arrays.copyOfRange(answer, 1, answer.length))));
        } catch (GeneralSecurityException e) {
            throw new IdentityException.Element(ElementFault.FAILED, "the soft element's answer holds no key", e);
        }
    }

    private KeyHandle handle(Slot slot, Described key) {
        byte[] own = key.digest();
        return new SlotHandle(slot, key.key(), key.spec().signature(), new SlotHandle.Signer() {
            @Override
            public byte[] sign(byte[] message, Duration patience) throws IdentityException {
                return ask(new Request.Sign(slot, own, message), patience);
            }

            @Override
            public byte[] signDigest(byte[] digest) throws IdentityException {
                return ask(new Request.SignDigest(slot, own, digest), KeyHandle.PATIENCE);
            }
        });
    }

    private AgreementHandle agreement(Described key) {
        return new Agreement(this, key, key.digest());
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Agreement(SoftElement element, Described key, byte[] digest) implements AgreementHandle {
        @Override
        public ECPublicKey publicKey() {
            return (ECPublicKey) key.key();
        }

        @Override
        public byte[] agree(ECPublicKey peer) throws IdentityException {
            return element.ask(new Request.Agree(Slot.RECIPIENT, digest, peer.getEncoded()), KeyHandle.PATIENCE);
        }
    }

    private synchronized byte[] ask(Request request, Duration patience) throws IdentityException.Element {
        long end = System.nanoTime() + patience.toNanos();
        try {
            return answered(request, end);
        } catch (SocketTimeoutException e) {
            throw late(patience, e);
        } catch (Channel.Altered e) {
            throw altered(e);
        } catch (IOException e) {
            return child == null ? again(request, end) : again(child, request, patience);
        }
    }

    private byte[] again(Request request, long end) throws IdentityException.Element {
        try {
            return answered(request, end);
        } catch (Channel.Altered e) {
            throw altered(e);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /**
     * The process ended meanwhile, or is about to: its connections end before the system says that it is dead. It is asked again once
     * there is another one; the time that starting takes is not the request's.
     */
    private byte[] again(ChildProcess child, Request request, Duration patience) throws IdentityException.Element {
        long givenUp = System.nanoTime() + DYING.toNanos();
        while (true) {
            child.start();
            try {
                return answered(request, System.nanoTime() + patience.toNanos());
            } catch (SocketTimeoutException e) {
                throw late(patience, e);
            } catch (Channel.Altered e) {
                throw altered(e);
            } catch (IOException e) {
                if (System.nanoTime() > givenUp || !ChildProcess.pause()) {
                    throw gone(e);
                }
            }
        }
    }

    private static IdentityException.Element late(Duration patience, SocketTimeoutException e) {
        return new IdentityException.Element(
                ElementFault.LATE, "the soft element gave no answer in " + patience.toMillis() + " ms", e);
    }

    private IdentityException.Element gone(IOException e) {
        return new IdentityException.Element(
                ElementFault.UNAVAILABLE, "no soft element behind " + socket + ": " + e.getMessage(), e);
    }

    private static IdentityException.Element altered(Channel.Altered e) {
        return new IdentityException.Element(
                ElementFault.TAMPERED, "the channel to the soft element: " + e.getMessage(), e);
    }

    private byte[] answered(Request request, long end) throws IOException, IdentityException.Element {
        byte[] answer;
        try {
            Channel now = channel == null
                    ? Channel.toElement(TimedSocket.connect(UnixDomainSocketAddress.of(socket)), pairing, random, end)
                    : channel;
            channel = now;
            now.send(request.encode(), end);
            answer = now.receive(end);
        } catch (IOException e) {
            close(channel); // its counters are out of step
            channel = null;
            throw e;
        }
        if (answer.length == 0) {
            throw new IdentityException.Element(ElementFault.FAILED, "the soft element gave an empty answer");
        }
        if (answer[0] == 0) {
            return Arrays.copyOfRange(answer, 1, answer.length);
        }
        String line = new String(answer, 1, answer.length - 1, StandardCharsets.UTF_8);
        throw Numbers.fault(line, ElementFault.FAILED);
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public synchronized void close() {
        close(channel);
        channel = null;
        if (child != null) {
            child.end();
        }
    }

    /** Ends the process without a warning, as a power cut does. For tests. */
    void kill() {
        if (child != null) {
            child.kill();
        }
    }

    /** The process's number; -1 if it does not run. */
    long pid() {
        return child == null ? -1 : child.pid();
    }

    @Override
    public String toString() {
        return "soft element behind " + socket;
    }
}
