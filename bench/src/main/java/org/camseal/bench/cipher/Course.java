package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Works that are timed in turn.
 *
 * @param name how the rounds of this course are told from others'
 * @param works by name, in the order in which times are given
 */
record Course(String name, Map<String, Work> works) {
    Course {
        works = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(works));
        if (works.isEmpty()) {
            throw new IllegalArgumentException("a course without works");
        }
    }

    List<String> names() {
        return new ArrayList<>(works.keySet());
    }
}
