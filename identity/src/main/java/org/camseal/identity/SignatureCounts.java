package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How often the keys of one element were used, kept over restarts, and the daily budget of each: chips have been worn out by signing, and a
 * program gone wild, or a stranger who makes a camera shake hands all day, shall be noticed.
 *
 * <p>One line a slot in the file {@value #FILE}: {@code SLOT EVER DAY TODAY}, the day in UTC. Uses are written down before they are made, in
 * blocks that double up to {@value #LARGEST_BLOCK}, so that flash is not worn out by counting: after a power cut at most so many uses, and
 * not more than were made since the start, are counted that were not made; none is forgotten. Several processes may count in one file.
 *
 * <p>Safe for use by several threads.
 */
public final class SignatureCounts {
    /** 200 000 a day: over two a second, all day long. */
    public static final long DEFAULT_PER_DAY = 200_000;

    static final String FILE = "signature-counts";
    static final int LARGEST_BLOCK = 256;
    private static final int MAX_BYTES = 4096;

    private final Path directory;
    private final long perDay;
    private final InstantSource clock;
    private final Map<Slot, Credit> credits = new EnumMap<>(Slot.class);

    /** What is written down and not used yet, of that day. */
    private static final class Credit {
        private LocalDate day = LocalDate.EPOCH;
        private long left;
        private long block = 1;
    }

    /**
     * What is counted of one slot.
     *
     * @param ever uses since its element was prepared, over all keys the slot has had
     * @param today uses on the present day (UTC)
     * @param perDay the budget of a day
     */
    public record Usage(long ever, long today, long perDay) {}

    private record Line(long ever, LocalDate day, long today) {
        static final Line NONE = new Line(0, LocalDate.EPOCH, 0);

        Line on(LocalDate now) {
            return day.equals(now) ? this : new Line(ever, now, 0);
        }

        Line plus(long uses) {
            return new Line(ever + uses, day, today + uses);
        }
    }

    /**
     * @param directory the element's own; it exists
     * @param perDay how often each slot may be used on one day (UTC), at least 1
     */
    public SignatureCounts(Path directory, long perDay, InstantSource clock) {
        if (perDay < 1) {
            throw new IllegalArgumentException("a budget is at least 1");
        }
        this.directory = directory;
        this.perDay = perDay;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * Takes one use of that slot's key.
     *
     * @throws IdentityException with {@link ElementFault#BUDGET_SPENT}, or if the file cannot be read or written
     */
    public synchronized void spend(Slot slot) throws IdentityException {
        Credit credit = credits.computeIfAbsent(slot, s -> new Credit());
        LocalDate now = today();
        if (credit.left == 0 || !credit.day.equals(now)) {
            credit.left = writeDown(slot, now, credit.block, credit.day.equals(now) ? 0 : credit.left);
            credit.day = now;
            credit.block = Math.min(2 * credit.block, LARGEST_BLOCK);
        }
        credit.left--;
    }

    /** Writes down as many uses as the budget still has, at most a block; and takes back those of a day before that were not made. */
    private long writeDown(Slot slot, LocalDate now, long block, long unused) throws IdentityException {
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            lock.removeHalfWritten();
            Map<Slot, Line> lines = read();
            Line known = lines.getOrDefault(slot, Line.NONE);
            Line line = new Line(known.ever() - unused, known.day(), known.today()).on(now);
            long taken = Math.min(block, perDay - line.today());
            if (taken <= 0) {
                throw new IdentityException.Element(
                        ElementFault.BUDGET_SPENT,
                        "the " + slot.label() + " key has made its " + perDay + " signatures of today");
            }
            lines.put(slot, line.plus(taken));
            write(lines);
            return taken;
        }
    }

    /** Gives a use back that was not made. */
    public synchronized void giveBack(Slot slot) {
        Credit credit = credits.get(slot);
        if (credit != null) {
            credit.left++;
        }
    }

    /**
     * What is counted of that slot.
     *
     * @throws IdentityException if the file cannot be read
     */
    public synchronized Usage of(Slot slot) throws IdentityException {
        Credit credit = credits.getOrDefault(slot, new Credit());
        Line line = read().getOrDefault(slot, Line.NONE);
        long unused = credit.day.equals(line.day()) ? credit.left : 0;
        Line now = line.on(today());
        return new Usage(line.ever() - credit.left, Math.max(0, now.today() - unused), perDay);
    }

    /** Writes down exactly what was used; for a good end. */
    public synchronized void save() throws IdentityException {
        if (credits.values().stream().allMatch(credit -> credit.left == 0)) {
            return;
        }
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            lock.removeHalfWritten();
            Map<Slot, Line> lines = read();
            credits.forEach((slot, credit) -> {
                Line line = lines.getOrDefault(slot, Line.NONE);
                long ofDay = credit.day.equals(line.day()) ? credit.left : 0;
                lines.put(slot, new Line(line.ever() - credit.left, line.day(), Math.max(0, line.today() - ofDay)));
            });
            write(lines);
            credits.clear();
        }
    }

    private void write(Map<Slot, Line> lines) throws IdentityException {
        StringBuilder text = new StringBuilder();
        lines.forEach((slot, line) -> text.append(
                String.format(Locale.ROOT, "%s %d %s %d%n", slot.label(), line.ever(), line.day(), line.today())));
        DurableFile.write(
                directory.resolve(FILE),
                text.toString().getBytes(StandardCharsets.US_ASCII),
                DurableFile.Readers.OWNER);
    }

    private static Slot slot(String label) {
        for (Slot slot : Slot.values()) {
            if (slot.label().equals(label)) {
                return slot;
            }
        }
        throw new IllegalArgumentException("no slot " + label);
    }

    private Map<Slot, Line> read() throws IdentityException {
        Path file = directory.resolve(FILE);
        Map<Slot, Line> lines = new EnumMap<>(Slot.class);
        byte[] bytes = DurableFile.read(file, MAX_BYTES).orElse(new byte[0]);
        for (String text : new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
            String[] words = text.split(" ", -1);
            try {
                Line line = new Line(Long.parseLong(words[1]), LocalDate.parse(words[2]), Long.parseLong(words[3]));
                lines.put(slot(words[0]), line);
            } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
                throw new IdentityException.Malformed(
                        file + ": a line that is not SLOT EVER DAY TODAY; delete the file to count from zero", e);
            }
        }
        return lines;
    }
}
