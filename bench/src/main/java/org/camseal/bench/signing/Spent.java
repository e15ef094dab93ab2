package org.camseal.bench.signing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time that one thread has spent between {@link #begin} and {@link #end}, summed up, in nanoseconds. Confined to that thread. */
final class Spent {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Of the processor, for this thread. */
    volatile long cpu;

    /** Of the wall clock. */
    volatile long wall;

    private long cpuBegan;
    private long wallBegan;

    void begin() {
        wallBegan = System.nanoTime();
        cpuBegan = THREADS.getCurrentThreadCpuTime();
    }

    void end() {
        cpu = cpu + THREADS.getCurrentThreadCpuTime() - cpuBegan;
        wall = wall + System.nanoTime() - wallBegan;
    }
}
