package org.camseal.viewer;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration that runs camera, recorder and viewer in one process adds to the viewer's page: a look into the recorder's hands,
 * and a button that plays the attacker. A viewer without hooks has neither.
 */
public interface DemoHooks {
    /**
     * Changes one bit of the recording near the given time, as somebody with access to the recorder's disk could.
     *
     * @throws IOException where there is nothing recorded at that time, or it cannot be written; the message is shown
     */
    Alteration alter(String camera, Instant at) throws IOException;

    /** What the recorder has of that camera, now. Asked about once a second. */
    RecorderView recorderView(String camera);

    /**
     * What was changed.
     *
     * @param at capture time of the picture that was hit
     * @param explanation one or two sentences for the page: which bit of which byte of which file
     */
    record Alteration(Instant at, String explanation) {}

    /**
     * What the recorder sees.
     *
     * @param hex lines of hexadecimal, 16 bytes each: the beginning of what arrived last, for the page to show as text and as dots
     * @param facts shown as a list, in this order
     * @param console address of the recorder's own page, or null
     */
    record RecorderView(
            List<String> hex, List<Fact> facts, @Nullable URI console) {
        private static final int LINE = 16;
        private static final int LINES = 144;

        public RecorderView {
            hex = List.copyOf(hex);
            facts = List.copyOf(facts);
        }

        /** With the first 2304 bytes, as many as a small picture has dots. */
        public static RecorderView of(byte[] newestBytes, List<Fact> facts, @Nullable URI console) {
            List<String> lines = new ArrayList<>();
            int end = Math.min(newestBytes.length, LINE * LINES);
            for (int at = 0; at < end; at += LINE) {
                lines.add(HexFormat.ofDelimiter(" ").formatHex(newestBytes, at, Math.min(at + LINE, end)));
            }
            return new RecorderView(lines, facts, console);
        }
    }

    /** A name and a value, for people. */
    record Fact(String name, String value) {}
}
