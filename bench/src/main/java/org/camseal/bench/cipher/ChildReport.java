package org.camseal.bench.cipher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.bench.BenchException;
import org.camseal.manifest.Suite;
import org.jspecify.annotations.Nullable;

/** What a Java machine of the measurement said, line by line. Lines of other forms, such as the machine's own warnings, are kept aside. */
final class ChildReport {
    private static final int KEPT_LINES = 8;

    private final Map<String, Boolean> flags = new HashMap<>();
    private final Map<String, Rounds> courses = new LinkedHashMap<>();
    private final Deque<String> otherLines = new ArrayDeque<>();
    private @Nullable Suite suite;
    private @Nullable Rounds current;
    private boolean ended;

    /**
     * @return the name of the course that begins with this line
     * @throws BenchException.ChildFailed if the line breaks its form
     */
    Optional<String> line(String line) throws BenchException.ChildFailed {
        List<String> words = Arrays.asList(line.split(" ", -1));
        try {
            switch (words.getFirst()) {
                case "flag" -> flags.put(words.get(1), Boolean.parseBoolean(words.get(2)));
                case "suite" -> suite = Suite.valueOf(words.get(1));
                case "course" -> {
                    return Optional.of(begin(words.get(1), new ArrayList<>(words.subList(2, words.size()))));
                }
                case "round" -> round(words.subList(1, words.size()));
                case "end" -> ended = true;
                default -> keep(line);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BenchException.ChildFailed("the measuring Java machine said \"" + line + "\"", e);
        }
        return Optional.empty();
    }

    private String begin(String course, List<String> works) {
        Rounds rounds = new Rounds(works);
        current = rounds;
        courses.put(course, rounds);
        return course;
    }

    private void round(List<String> times) {
        if (current == null) {
            throw new IllegalArgumentException("a round in front of its course");
        }
        current.add(times.stream().mapToDouble(Double::parseDouble).toArray());
    }

    private void keep(String line) {
        if (otherLines.size() == KEPT_LINES) {
            otherLines.removeFirst();
        }
        otherLines.addLast(line);
    }

    /** The last lines of other forms. */
    List<String> otherLines() {
        return List.copyOf(otherLines);
    }

    boolean isWhole() {
        return ended && suite != null && courses.values().stream().allMatch(rounds -> rounds.count() > 0);
    }

    /** The suite that a sealer takes there; once {@link #isWhole}. */
    Suite suite() {
        if (suite == null) {
            throw new IllegalStateException("not whole");
        }
        return suite;
    }

    Map<String, Boolean> flags() {
        return flags;
    }

    /** By name, in the order in which they ran. */
    Map<String, Rounds> courses() {
        return courses;
    }
}
