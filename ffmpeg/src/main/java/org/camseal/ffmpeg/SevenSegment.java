package org.camseal.ffmpeg;

/**
 * Draws digits as seven bars, the way a clock shows them, so that no font is needed and a test can read them back from a few pixels.
 *
 * @param left of the first character's cell, in pixels
 * @param top of the cells
 * @param cell width of one character's cell; its height is twice that
 */
record SevenSegment(int left, int top, int cell) {
    /** Bars lit for 0 to 9; bit 0 top, 1 top right, 2 bottom right, 3 bottom, 4 bottom left, 5 top left, 6 middle. */
    private static final int[] BARS = {0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f};

    private static final int MIDDLE_BAR = 0x40;

    /** Draws digits, {@code -}, {@code :} and {@code .}; anything else leaves its cell empty. */
    void draw(Picture picture, String text, Colour colour) {
        for (int i = 0; i < text.length(); i++) {
            drawCharacter(picture, left + i * cell, text.charAt(i), colour);
        }
    }

    private void drawCharacter(Picture picture, int x, char character, Colour colour) {
        int bar = thickness();
        switch (character) {
            case ':' -> {
                picture.fill(x + cell / 2 - bar / 2, top + cell / 2, bar, bar, colour);
                picture.fill(x + cell / 2 - bar / 2, top + cell * 5 / 4, bar, bar, colour);
            }
            case '.' -> picture.fill(x + cell / 2 - bar / 2, top + 2 * cell - 2 * bar, bar, bar, colour);
            default -> {
                int lit = lit(character);
                for (int index = 0; index < 7; index++) {
                    if ((lit >> index & 1) != 0) {
                        int[] box = bar(x, index);
                        picture.fill(box[0], box[1], box[2], box[3], colour);
                    }
                }
            }
        }
    }

    private static int lit(char character) {
        if (character == '-') {
            return MIDDLE_BAR;
        }
        return character >= '0' && character <= '9' ? BARS[character - '0'] : 0;
    }

    int thickness() {
        return Math.max(2, cell / 8 * 2);
    }

    /** Left, top, width and height of one bar of the character whose cell begins at x. */
    private int[] bar(int x, int index) {
        int bar = thickness();
        int across = cell - 2 * bar;
        int right = x + across;
        int half = cell - bar;
        return switch (index) {
            case 0 -> new int[] {x, top, across + bar, bar};
            case 1 -> new int[] {right, top, bar, half};
            case 2 -> new int[] {right, top + half, bar, half};
            case 3 -> new int[] {x, top + 2 * half - bar, across + bar, bar};
            case 4 -> new int[] {x, top + half, bar, half};
            case 5 -> new int[] {x, top, bar, half};
            default -> new int[] {x, top + half - bar / 2, across + bar, bar};
        };
    }

    /** Reads what {@link #draw} drew: a digit where exactly one digit's bars are bright, {@code ?} where none fits. */
    String read(Picture picture, int characters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            int lit = 0;
            for (int index = 0; index < 7; index++) {
                int[] box = bar(left + i * cell, index);
                // the middle of a bar: its ends may touch other bars
                if (picture.luma(box[0] + box[2] / 2, box[1] + box[3] / 2) > 128) {
                    lit |= 1 << index;
                }
            }
            text.append(character(lit));
        }
        return text.toString();
    }

    private static char character(int lit) {
        for (int digit = 0; digit < BARS.length; digit++) {
            if (BARS[digit] == lit) {
                return (char) ('0' + digit);
            }
        }
        return lit == MIDDLE_BAR ? '-' : lit == 0 ? ' ' : '?';
    }
}
