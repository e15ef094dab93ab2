package org.camseal.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ffmpeg's trace_headers filter reads in a byte stream: an implementation of the slice headers that is not ours.
 *
 * @param nalType nal_unit_type
 * @param endBit RBSP bit behind the last element
 * @param elements name to last value
 */
record TraceHeaders(int nalType, long endBit, Map<String, Long> elements) {
    private static final Pattern ELEMENT =
            Pattern.compile("^\\[trace_headers @ [^\\]]+\\] (\\d+)\\s+(\\S+)\\s+([01]+) = (-?\\d+)$");

    /** The slices of an elementary stream, in order. */
    static List<TraceHeaders> slices(Codec codec, Path file) throws IOException, InterruptedException {
        String log = Peers.run(
                Objects.requireNonNull(file.toAbsolutePath().getParent()),
                List.of(
                        "ffmpeg",
                        "-hide_banner",
                        "-nostats",
                        "-loglevel",
                        "info",
                        "-f",
                        codec == Codec.H264 ? "h264" : "hevc",
                        "-i",
                        file.toAbsolutePath().toString(),
                        "-c",
                        "copy",
                        "-bsf:v",
                        "trace_headers",
                        "-f",
                        "null",
                        "-"));
        List<TraceHeaders> units = new ArrayList<>();
        Map<String, Long> elements = new HashMap<>();
        long end = 0;
        for (String line : log.lines().toList()) {
            Matcher matcher = ELEMENT.matcher(line);
            // The alignment in front of CABAC data is the first of the slice data (H.264 section 7.3.4).
            if (!matcher.matches() || matcher.group(2).equals("cabac_alignment_one_bit")) {
                continue;
            }
            if (matcher.group(2).equals("forbidden_zero_bit")) {
                add(codec, units, elements, end);
                elements = new HashMap<>();
            }
            elements.put(matcher.group(2), Long.valueOf(matcher.group(4)));
            end = Long.parseLong(matcher.group(1)) + matcher.group(3).length();
        }
        add(codec, units, elements, end);
        return units;
    }

    private static void add(Codec codec, List<TraceHeaders> units, Map<String, Long> elements, long end) {
        int type = Math.toIntExact(elements.getOrDefault("nal_unit_type", -1L));
        boolean slice = codec == Codec.H264 ? type == 1 || type == 5 : type >= 0 && type < 32;
        if (slice) {
            units.add(new TraceHeaders(type, end, elements));
        }
    }
}
