package org.camseal.identity.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time between the kill of a program or of its element's process and the end of that process, which a busy machine makes long. */
class DyingProcessTest {
    private static final byte[] MESSAGE = new byte[9];
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final List<ProcessHandle> started = new ArrayList<>();

    @BeforeEach
    void prepare() throws Exception {
        SoftElement.prepare(state(), pairing(), RANDOM);
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path pairing() {
        return directory.resolve("pairing");
    }

    private SoftElement launch(List<String> command) throws IdentityException {
        return SoftElement.launch(new SoftLaunch(command, state(), directory.resolve("socket")), pairing(), RANDOM);
    }

    private static List<String> java() {
        return SoftLaunch.java(SoftElementProcess.class.getName());
    }

    private static void assertSigns(KeyHandle key) throws IdentityException {
        assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), MESSAGE, key.sign(MESSAGE)))
                .isTrue();
    }

    private static void await(String what, Callable<Boolean> seen) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    /** A shell that lives on behind the element's process: to its program the process is alive for longer than its connections are. */
    @Test
    void aProcessThatIsNotQuiteDeadYetIsWaitedForAndReplaced() throws Exception {
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\"; sleep 2", "sh"));
        shell.addAll(java());
        try (SoftElement element = launch(shell)) {
            KeyHandle key = element.generate(Slot.TLS, KeySpec.P256);
            ProcessHandle first = ProcessHandle.of(element.pid()).orElseThrow();
            ProcessHandle process = first.children().findFirst().orElseThrow();
            assertThat(process.destroyForcibly()).isTrue();
            assertSigns(key);
            assertThat(element.pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void theOrphanOfAKilledProgramIsWaitedFor() throws Exception {
        ProcessHandle orphan = orphan();
        CompletableFuture<SoftElement> next = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                next.complete(launch(java()));
            } catch (IdentityException | RuntimeException e) {
                next.completeExceptionally(e);
            }
        });
        await("the next process, at the lock", () -> next.isDone() || lockIsOpenBelow(ProcessHandle.current()));
        assertThat(orphan.destroyForcibly()).isTrue();
        try (SoftElement element = next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            assertSigns(element.generate(Slot.TLS, KeySpec.P256));
            assertThatThrownBy(() -> launch(java()))
                    .as("positive control: this one's program lives")
                    .isInstanceOfSatisfying(
                            IdentityException.Element.class,
                            e -> assertThat(e.fault()).isEqualTo(ElementFault.UNAVAILABLE))
                    .hasMessageContaining("another process is this element already");
        }
    }

    /** An element's process that does not hear that its program was killed: it has both ends of its standard input. */
    private ProcessHandle orphan() throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "mkfifo \"$0\"; exec 3<>\"$0\"; \"$@\" <&3 & wait",
                directory.resolve("in").toString()));
        words.addAll(java());
        words.addAll(List.of(state().toString(), directory.resolve("socket").toString()));
        Process program = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        started.add(program.toHandle());
        await(
                "the first process",
                () -> Files.readString(directory.resolve("said")).contains("ready"));
        ProcessHandle orphan = program.children().findFirst().orElseThrow();
        started.add(orphan);
        program.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();
        return orphan;
    }

    private boolean lockIsOpenBelow(ProcessHandle program) {
        return program.children().anyMatch(this::hasLockOpen);
    }

    private boolean hasLockOpen(ProcessHandle process) {
        Path lock = state().resolve("lock");
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.anyMatch(link -> pointsTo(link, lock));
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private static boolean pointsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatJavaSaysOfItsOptionsIsNoFaultOfTheElement() throws Exception {
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            List<String> command = new ArrayList<>(List.of("env", variable + "=-Dcamseal.nothing=1"));
            command.addAll(java());
            try (SoftElement element = launch(command)) {
                if (element.key(Slot.TLS).isEmpty()) {
                    element.generate(Slot.TLS, KeySpec.P256);
                }
                assertSigns(element.key(Slot.TLS).orElseThrow());
            }
        }
    }
}
