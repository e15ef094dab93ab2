package org.camseal.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A path with names in it: {@code /api/cameras/{serial}}. Ordered so that fixed text comes before names. */
record PathPattern(List<Part> parts) implements Comparable<PathPattern> {
    private static final Pattern NAME = Pattern.compile("\\{[a-z][A-Za-z0-9]*}");
    private static final Pattern FIXED = Pattern.compile("[A-Za-z0-9._~-]*");

    sealed interface Part {
        record Fixed(String text) implements Part {}

        record Named(String name) implements Part {}
    }

    static PathPattern parse(String pattern) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("the pattern " + pattern + " does not begin with a slash");
        }
        List<Part> parts = new ArrayList<>();
        for (String part : pattern.substring(1).split("/", -1)) {
            if (NAME.matcher(part).matches()) {
                parts.add(new Part.Named(part.substring(1, part.length() - 1)));
            } else if (FIXED.matcher(part).matches()) {
                parts.add(new Part.Fixed(part));
            } else {
                throw new IllegalArgumentException(
                        "the pattern " + pattern + " has a part that is neither text nor {name}: " + part);
            }
        }
        return new PathPattern(List.copyOf(parts));
    }

    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String seen = path.get(i);
            switch (parts.get(i)) {
                case Part.Fixed(String text) -> {
                    if (!text.equals(seen)) {
                        return Optional.empty();
                    }
                }
                case Part.Named(String name) -> {
                    if (seen.isEmpty()) {
                        return Optional.empty();
                    }
                    parameters.put(name, seen);
                }
            }
        }
        return Optional.of(parameters);
    }

    boolean matchesTheSameAs(PathPattern other) {
        return shape().equals(other.shape());
    }

    @Override
    public int compareTo(PathPattern other) {
        return shape().compareTo(other.shape());
    }

    /** Names as a character after all others, so that they sort last. */
    private String shape() {
        return parts.stream()
                .map(part -> switch (part) {
                    case Part.Fixed(String text) -> text;
                    case Part.Named _ -> "\uffff";
                })
                .collect(Collectors.joining("/"));
    }
}
