package org.camseal.ffmpeg;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Paints the moving test picture: a gradient that wanders, colour bars, a box that runs around, and on dark panels the frame counter
 * and the UTC date and time of capture.
 */
final class PatternPainter {
    /** Characters of the time: {@code 2026-11-21 23:20:05.040}. */
    static final int TIME_CHARACTERS = 23;

    static final int COUNTER_CHARACTERS = 8;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Colour[] BARS = {
        Colour.WHITE, Colour.YELLOW, Colour.GREEN, Colour.RED, Colour.BLUE, Colour.BLACK
    };

    private final int width;
    private final int height;
    private final byte[] gradient;

    PatternPainter(int width, int height) {
        this.width = width;
        this.height = height;
        gradient = new byte[2 * width];
        for (int x = 0; x < gradient.length; x++) {
            // up and down again over one width, so that it joins where it wraps
            int ramp = Math.abs((x % width) * 2 - width);
            gradient[x] = (byte) (48 + 144L * ramp / width);
        }
    }

    /** Where the time stands. */
    SevenSegment timePlace() {
        int cell = cell();
        return new SevenSegment(cell, height - 3 * cell, cell);
    }

    /** Where the frame counter stands. */
    SevenSegment counterPlace() {
        int cell = cell();
        return new SevenSegment(cell, cell, cell);
    }

    private int cell() {
        return Math.max(6, width / 25);
    }

    /** Paints one whole picture. */
    Picture paint(long frame, Instant at) {
        Picture picture = Picture.black(width, height);
        paintGradient(picture, frame);
        paintBars(picture);
        paintBox(picture, frame);
        write(picture, counterPlace(), String.format(Locale.ROOT, "%08d", frame % 100_000_000));
        write(picture, timePlace(), TIME.format(at));
        return picture;
    }

    private void paintGradient(Picture picture, long frame) {
        byte[] luma = picture.plane(0);
        for (int y = 0; y < height; y++) {
            int shift = (int) ((frame * 2 + y / 2) % width);
            System.arraycopy(gradient, shift, luma, y * width, width);
        }
    }

    private void paintBars(Picture picture) {
        int across = width / BARS.length;
        for (int i = 0; i < BARS.length; i++) {
            picture.fill(i * across, height * 3 / 8, across, height / 8, BARS[i]);
        }
    }

    private void paintBox(Picture picture, long frame) {
        int side = height / 8 / 2 * 2;
        int x = bounce(frame * Math.max(2, width / 160), width - side);
        int y = bounce(frame * Math.max(2, height / 120), height - side);
        picture.fill(x & ~1, y & ~1, side, side, Colour.RED);
        picture.fill((x & ~1) + side / 4, (y & ~1) + side / 4, side / 2, side / 2, Colour.WHITE);
    }

    /** Runs from 0 to the end and back. */
    private static int bounce(long way, int end) {
        int at = (int) (way % (2L * end));
        return at < end ? at : 2 * end - at;
    }

    private static void write(Picture picture, SevenSegment place, String text) {
        int margin = place.thickness();
        int cell = place.cell();
        picture.fill(
                place.left() - margin, place.top() - margin, text.length() * cell + margin, 2 * cell, Colour.BLACK);
        place.draw(picture, text, Colour.WHITE);
    }
}
