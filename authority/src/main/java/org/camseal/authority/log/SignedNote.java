package org.camseal.authority.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A text and signatures on it (C2SP signed-note). That it could be read says nothing about who signed. Immutable. */
public final class SignedNote {
    /** Largest note that is read, in bytes. */
    public static final int MAX_BYTES = 128 * 1024;

    private static final int MAX_SIGNATURES = 32;
    private static final int KEY_ID_BYTES = 4;
    private static final String DASH = "\u2014 ";

    private final String text;
    private final List<Line> lines;

    SignedNote(String text, List<Line> lines) {
        this.text = text;
        this.lines = List.copyOf(lines);
    }

    /** One signature line. */
    static final class Line {
        private final String name;
        private final int keyId;
        private final byte[] signature;

        Line(String name, int keyId, byte[] signature) {
            this.name = name;
            this.keyId = keyId;
            this.signature = signature;
        }

        boolean isOf(NoteKey key) {
            return name.equals(key.name()) && keyId == key.id();
        }

        String text() {
            byte[] both = ByteBuffer.allocate(KEY_ID_BYTES + signature.length)
                    .putInt(keyId)
                    .put(signature)
                    .array();
            return DASH + name + " " + Base64.getEncoder().encodeToString(both) + "\n";
        }
    }

    /** A note with one signature of each signer. */
    static SignedNote sign(String text, List<NoteSigner> signers) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Line> lines = new ArrayList<>();
        for (NoteSigner signer : signers) {
            lines.add(new Line(signer.key().name(), signer.key().id(), signer.sign(bytes)));
        }
        return new SignedNote(text, lines);
    }

    /**
     * Reads a note, without asking who signed it.
     *
     * @throws IllegalArgumentException if it is not of the form, with what is wrong
     */
    public static SignedNote parse(byte[] note) {
        if (note.length > MAX_BYTES) {
            throw new IllegalArgumentException("a note of " + note.length + " bytes; at most " + MAX_BYTES);
        }
        String all = decode(note);
        int end = all.lastIndexOf("\n\n");
        if (end < 0 || !all.endsWith("\n")) {
            throw new IllegalArgumentException("a note is text, an empty line, and lines of signatures");
        }
        if (all.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note has no control characters");
        }
        List<String> lines = all.substring(end + 2).lines().toList();
        if (lines.isEmpty() || lines.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note with " + lines.size() + " signatures; 1 to " + MAX_SIGNATURES);
        }
        return new SignedNote(
                all.substring(0, end + 1), lines.stream().map(SignedNote::line).toList());
    }

    private static String decode(byte[] note) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note that is not UTF-8", e);
        }
    }

    private static Line line(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
        if (parts.length != 2 || parts[0].isEmpty() || parts[0].contains("+")) {
            throw new IllegalArgumentException("a line of signatures that is not: dash, name, signature");
        }
        byte[] both = Base64.getDecoder().decode(parts[1]);
        if (both.length <= KEY_ID_BYTES) {
            throw new IllegalArgumentException("a signature of " + both.length + " bytes");
        }
        byte[] signature = java.util.Arrays.copyOfRange(both, KEY_ID_BYTES, both.length);
        return new Line(parts[0], ByteBuffer.wrap(both).getInt(), signature);
    }

    /** The text, with its last newline; not to be believed before {@link #isSignedBy}. */
    public String text() {
        return text;
    }

    /**
     * Whether that key signed it. True if there is a line of that key and every line of that key verifies.
     */
    public boolean isSignedBy(NoteKey key) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Line> own = lines.stream().filter(line -> line.isOf(key)).toList();
        return !own.isEmpty() && own.stream().allMatch(line -> key.verifies(bytes, line.signature));
    }

    /** The note as it is sent. */
    public byte[] bytes() {
        StringBuilder all = new StringBuilder(text).append('\n');
        lines.forEach(line -> all.append(line.text()));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
