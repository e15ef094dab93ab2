package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;

/**
 * One packet as ffprobe reports it, or as it should: times in ticks of the track's clock.
 *
 * @param bytes with length prefixes of four bytes
 */
record ProbedPacket(long presentation, long decode, long bytes, boolean key) {
    /** What ffprobe finds in a file, by stream. */
    static List<List<ProbedPacket>> of(Path file, List<Track> tracks) throws IOException, InterruptedException {
        Path directory = Objects.requireNonNull(file.getParent());
        Path answer = Files.createTempFile(directory, "probe", ".csv");
        Peer.runIn(
                directory,
                List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-o",
                        answer.toString(),
                        "-show_entries",
                        "stream=index,time_base:packet=stream_index,pts,dts,size,flags",
                        "-of",
                        "compact",
                        file.toString()));
        List<List<ProbedPacket>> found = new ArrayList<>();
        List<Map<String, String>> packets = new ArrayList<>();
        Map<Integer, Long> timescales = new TreeMap<>();
        for (String line : Files.readAllLines(answer)) {
            Map<String, String> fields = fields(line);
            if (line.startsWith("packet|")) {
                packets.add(fields);
            } else if (line.startsWith("stream|")) {
                String base = field(fields, "time_base");
                timescales.put(Integer.parseInt(field(fields, "index")), Long.parseLong(base.substring(2)));
            }
        }
        for (Map.Entry<Integer, Long> entry : timescales.entrySet()) {
            int stream = entry.getKey();
            int clock = tracks.get(stream).format().clockHz();
            List<ProbedPacket> own = new ArrayList<>();
            for (Map<String, String> packet : packets) {
                if (Integer.parseInt(field(packet, "stream_index")) == stream) {
                    own.add(of(packet, entry.getValue(), clock));
                }
            }
            found.add(own);
        }
        return found;
    }

    /** What ffprobe should find for these units, by track. */
    static List<List<ProbedPacket>> expected(List<AccessUnit> units, List<Track> tracks) {
        List<List<ProbedPacket>> expected = new ArrayList<>();
        for (Track track : tracks) {
            expected.add(new ArrayList<>(units.stream()
                    .filter(unit -> unit.track() == track.number())
                    .map(ProbedPacket::of)
                    .toList()));
        }
        return expected;
    }

    private static ProbedPacket of(AccessUnit unit) {
        boolean key = switch (unit) {
            case VideoUnit video -> video.isKey();
            case AudioUnit _ -> true;
        };
        return new ProbedPacket(
                unit.presentationTime().ticks(), unit.decodeTime().ticks(), FragmentBuilder.storedBytes(unit), key);
    }

    private static ProbedPacket of(Map<String, String> packet, long timescale, int clock) {
        return new ProbedPacket(
                TrackTimes.rescale(Long.parseLong(field(packet, "pts")), timescale, clock),
                TrackTimes.rescale(Long.parseLong(field(packet, "dts")), timescale, clock),
                Long.parseLong(field(packet, "size")),
                field(packet, "flags").startsWith("K"));
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : line.split("\\|")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }
}
