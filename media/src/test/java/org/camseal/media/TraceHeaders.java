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
import org.camseal.peers.Peer;

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

    private static final Pattern UNREADABLE =
            Pattern.compile("^\\[trace_headers @ [^\\]]+\\] (Failed|Invalid|.*out of range)");

    /** The slices of an elementary stream, in order. */
    static List<TraceHeaders> slices(Codec codec, Path file) throws IOException, InterruptedException {
        return units(codec, file).stream().filter(unit -> unit.isSlice(codec)).toList();
    }

    /** The slice behind each user data SEI message, by the lowest two bytes of its UUID; those that ffmpeg cannot read are left out. */
    static Map<Integer, TraceHeaders> slicesByMark(Codec codec, Path file) throws IOException, InterruptedException {
        Map<Integer, TraceHeaders> slices = new HashMap<>();
        int mark = -1;
        for (TraceHeaders unit : units(codec, file)) {
            Long high = unit.elements.get("uuid_iso_iec_11578[14]");
            Long low = unit.elements.get("uuid_iso_iec_11578[15]");
            if (high != null && low != null) {
                mark = Math.toIntExact((high << 8) | low);
            } else if (unit.isSlice(codec)) {
                slices.put(mark, unit);
                mark = -1;
            }
        }
        return slices;
    }

    private boolean isSlice(Codec codec) {
        return codec == Codec.H264 ? nalType == 1 || nalType == 5 : nalType < 32;
    }

    private static List<TraceHeaders> units(Codec codec, Path file) throws IOException, InterruptedException {
        String log = Peer.runIn(
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
                                "-copyinkf",
                                "-bsf:v",
                                "trace_headers",
                                "-f",
                                "null",
                                "-"))
                .err();
        List<TraceHeaders> units = new ArrayList<>();
        Map<String, Long> elements = new HashMap<>();
        long end = 0;
        for (String line : log.lines().toList()) {
            if (UNREADABLE.matcher(line).find()) {
                elements = new HashMap<>();
                continue;
            }
            Matcher matcher = ELEMENT.matcher(line);
            // The alignment in front of CABAC data is the first of the slice data (H.264 section 7.3.4).
            if (!matcher.matches() || matcher.group(2).equals("cabac_alignment_one_bit")) {
                continue;
            }
            if (matcher.group(2).equals("forbidden_zero_bit")) {
                add(units, elements, end);
                elements = new HashMap<>();
            }
            elements.put(matcher.group(2), Long.valueOf(matcher.group(4)));
            end = Long.parseLong(matcher.group(1)) + matcher.group(3).length();
        }
        add(units, elements, end);
        return units;
    }

    private static void add(List<TraceHeaders> units, Map<String, Long> elements, long end) {
        Long type = elements.get("nal_unit_type");
        if (type != null) {
            units.add(new TraceHeaders(Math.toIntExact(type), end, elements));
        }
    }
}
