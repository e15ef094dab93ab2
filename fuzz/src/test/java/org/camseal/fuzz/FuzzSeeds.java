package org.camseal.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.MediaCorpus;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.media.mp4.FragmentedMp4;
import org.camseal.media.unitstream.UnitStreamWriter;
import org.camseal.seal.SealFuzz;

/** Good input, made of the vectors and of short streams: nothing is stored twice. */
final class FuzzSeeds {
    // The clips have pictures that are decoded before time zero.
    private static final Duration LEAD = Duration.ofSeconds(1);

    private FuzzSeeds() {}

    /** Byte streams of both codecs: clear clips and sealed streams. */
    static List<byte[]> byteStreams() {
        List<byte[]> all = new ArrayList<>(byteStreams(Codec.H264));
        all.addAll(byteStreams(Codec.H265));
        return all;
    }

    static List<byte[]> byteStreams(Codec codec) {
        String name = codec == Codec.H264 ? "h264" : "h265";
        List<byte[]> all = new ArrayList<>(SealFuzz.vectors("clips/" + name));
        all.addAll(SealFuzz.vectors("stream-" + name + "-chacha"));
        all.add(MediaCorpus.byteStreams().get(codec == Codec.H264 ? 0 : 1));
        return all;
    }

    /** SEI NAL units: clear ones and own ones. */
    static List<byte[]> sei() throws MediaException {
        List<byte[]> all = new ArrayList<>();
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            for (byte[] stream : byteStreams(codec)) {
                AnnexB.split(codec, stream).stream().filter(NalUnit::isSei).forEach(nal -> all.add(nal.bytes()));
            }
        }
        return all;
    }

    /** Vectors that begin so, and the bodies of own SEI of a kind out of a sealed stream. */
    static List<byte[]> ownSei(SealedSei.Kind kind, String vectors) throws MediaException, ManifestException {
        List<byte[]> all = new ArrayList<>(SealFuzz.vectors(vectors));
        for (byte[] stream : byteStreams(Codec.H264)) {
            for (NalUnit nal : AnnexB.split(Codec.H264, stream)) {
                Optional<SealedSei> sei = SealedSei.find(nal);
                sei.filter(own -> own.kind() == kind).ifPresent(own -> all.add(own.body()));
            }
        }
        return all;
    }

    /** Fragmented MP4 files, one fragment for each three pictures. */
    static List<byte[]> fragmentedFiles() throws MediaException, IOException {
        List<byte[]> all = new ArrayList<>();
        for (Film film : films()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(FragmentedMp4.initSegment(film.tracks(), LEAD));
            for (int i = 0; i < film.units().size(); i += 3) {
                List<AccessUnit> part =
                        film.units().subList(i, Math.min(i + 3, film.units().size()));
                file.writeBytes(FragmentedMp4.fragment(1 + i / 3, part, LEAD));
            }
            all.add(file.toByteArray());
        }
        return all;
    }

    static List<byte[]> unitStreams() throws MediaException, IOException {
        List<byte[]> all = new ArrayList<>();
        for (Film film : films()) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            try (UnitStreamWriter writer = new UnitStreamWriter(stream, film.tracks())) {
                for (AccessUnit unit : film.units()) {
                    writer.write(unit);
                }
                writer.alive();
            }
            all.add(stream.toByteArray());
        }
        return all;
    }

    private record Film(List<Track> tracks, List<AccessUnit> units) {}

    private static List<Film> films() throws MediaException, IOException {
        List<Film> films = new ArrayList<>();
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            byte[] clip = byteStreams(codec).getFirst();
            try (UnitReader reader = AnnexBReader.open(
                    new ByteArrayInputStream(Arrays.copyOf(clip, clip.length)),
                    codec,
                    FrameRate.of(25),
                    Instant.parse("2026-11-20T10:00:00Z"))) {
                List<AccessUnit> units = new ArrayList<>();
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    units.add(unit);
                }
                films.add(new Film(reader.tracks(), units));
            }
        }
        return films;
    }
}
