package org.camseal.identity.soft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/** The element's process as a child of this one. */
final class ChildProcess {
    /** Longer than the process waits for the one before it to end. */
    private static final long SECONDS = 60;

    private static final long PAUSE_MILLIS = 20;

    /** How often a process that ends without a word is started again. */
    private static final int MOST_SILENT = 2;

    private final SoftLaunch launch;
    private @Nullable Process process;

    ChildProcess(SoftLaunch launch) {
        this.launch = launch;
    }

    /** Starts it if it does not run, and returns once it can be asked. */
    synchronized void start() throws IdentityException.Element {
        Process running = process;
        if (running != null && running.isAlive()) {
            return;
        }
        String said = launched();
        for (int again = 0; said == null && again < MOST_SILENT; again++) {
            said = launched(); // it was killed before it could say anything
        }
        if (!"ready".equals(said)) {
            throw Numbers.fault(String.valueOf(said), ElementFault.UNAVAILABLE);
        }
    }

    /** The first line of a new process: {@code ready}, or its fault; it then ends. Null if it ended without one. */
    private @Nullable String launched() throws IdentityException.Element {
        List<String> command = new ArrayList<>(launch.command());
        command.add(launch.stateDirectory().toString());
        command.add(launch.socket().toString());
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process = started;
            Thread watch = Thread.ofVirtual().start(() -> endIfNotReady(started));
            String said = firstLine(started);
            watch.interrupt();
            if (!"ready".equals(said)) {
                started.destroyForcibly();
            }
            return said;
        } catch (IOException e) {
            throw new IdentityException.Element(
                    ElementFault.UNAVAILABLE, "the soft element's process cannot be started: " + e.getMessage(), e);
        }
    }

    /** Without what Java says of itself where the environment has options for it. */
    @SuppressWarnings("MustBeClosed") // closing it would end the process, which hears of our end that way
    private static @Nullable String firstLine(Process started) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && (line.startsWith("Picked up ") || line.startsWith("NOTE: Picked up "))) {
            line = said.readLine();
        }
        return line;
    }

    /** Waits a moment before the process is asked again; false if this thread shall end. */
    static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void endIfNotReady(Process started) {
        try {
            TimeUnit.SECONDS.sleep(SECONDS);
            started.destroyForcibly();
        } catch (InterruptedException e) {
            // it is ready
        }
    }

    synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Ends it without a warning. */
    synchronized void kill() {
        Process running = process;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void end() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(5, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (IOException e) {
            running.destroyForcibly();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
