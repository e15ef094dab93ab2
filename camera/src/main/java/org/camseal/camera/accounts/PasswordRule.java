package org.camseal.camera.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password has to be: long, and not what is tried first. No rule on kinds of characters, which make passwords that are alike
 * (NIST SP 800-63B section 5.1.1.2).
 */
final class PasswordRule {
    static final int LEAST_LENGTH = 12;
    static final int MOST_LENGTH = 128;
    private static final int LEAST_DIFFERENT = 6;
    private static final int SHORTEST_NAME = 4;
    private static final int SHORTEST_WORD = 4;
    private static final String[] ROWS = {
        "0123456789012345678901234567890",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertzuiopasdfghjklyxcvbnm",
        "qwertyuiopasdfghjklzxcvbnm",
        "1q2w3e4r5t6z7u8i9o0p",
        "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv5tgb6zhn7ujm"
    };
    private static final Set<String> COMMON = common();

    private PasswordRule() {}

    /**
     * What is wrong with a password.
     *
     * @param names that it must not be made of: the user's, the camera's serial number
     * @return empty if it is good; the password is not repeated
     */
    static Optional<String> complaint(String password, Set<String> names) {
        if (password.length() < LEAST_LENGTH) {
            return Optional.of("the password has fewer than " + LEAST_LENGTH + " characters");
        }
        if (password.length() > MOST_LENGTH || password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the password has more than " + MOST_LENGTH + " characters, or control characters");
        }
        if (password.chars().distinct().count() < LEAST_DIFFERENT) {
            return Optional.of("the password has fewer than " + LEAST_DIFFERENT + " different characters");
        }
        String lower = password.toLowerCase(Locale.ROOT);
        for (String name : names) {
            if (name.length() >= SHORTEST_NAME && lower.contains(name.toLowerCase(Locale.ROOT))) {
                return Optional.of("the password contains the user's name or the camera's serial number");
            }
        }
        if (isRow(lower) || isCommon(lower)) {
            return Optional.of("the password is one of those that are tried first");
        }
        return Optional.empty();
    }

    /** Keys side by side, digits in their order, forwards or backwards, once or again and again. */
    private static boolean isRow(String lower) {
        for (String row : ROWS) {
            String twice = row + row;
            if (twice.contains(lower) || twice.contains(new StringBuilder(lower).reverse())) {
                return true;
            }
        }
        for (int period = 1; period <= lower.length() / 2; period++) {
            if (lower.substring(period).equals(lower.substring(0, lower.length() - period))) {
                return true;
            }
        }
        return false;
    }

    /** Common words with digits and signs around and between them, and usual signs in place of letters. */
    private static boolean isCommon(String lower) {
        String letters = lower.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('5', 's')
                .replace('!', 'i');
        return madeOfCommon(onlyLetters(letters)) || madeOfCommon(onlyLetters(lower)) || COMMON.contains(lower);
    }

    private static String onlyLetters(String text) {
        return text.codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** True where nothing is left that is not one of the words, or so little that it adds nothing. */
    private static boolean madeOfCommon(String letters) {
        String rest = letters;
        boolean found = false;
        for (String word : COMMON) {
            if (word.length() >= SHORTEST_WORD && rest.contains(word)) {
                rest = rest.replace(word, "");
                found = true;
            }
        }
        return found && rest.length() < SHORTEST_WORD;
    }

    private static Set<String> common() {
        try (InputStream in =
                Objects.requireNonNull(PasswordRule.class.getResourceAsStream("common-passwords.txt"), "the list")) {
            // longest first, so that a word within another does not hide it
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .sorted((a, b) -> b.length() - a.length())
                    .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
