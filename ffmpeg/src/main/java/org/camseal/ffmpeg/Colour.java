package org.camseal.ffmpeg;

/** A colour in the samples of a {@link Picture}: luma 16 to 235, chroma 16 to 240 with 128 in the middle. */
record Colour(int y, int cb, int cr) {
    static final Colour BLACK = new Colour(16, 128, 128);
    static final Colour WHITE = new Colour(235, 128, 128);
    static final Colour RED = new Colour(63, 102, 240);
    static final Colour GREEN = new Colour(173, 42, 26);
    static final Colour BLUE = new Colour(32, 240, 118);
    static final Colour YELLOW = new Colour(219, 16, 138);
}
