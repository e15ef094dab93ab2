package org.camseal.cli.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the one settings file of a program into a record. Each key is a component's name with dashes ({@code log-interval-seconds}); a
 * component that is a record is a section. What the file does not say keeps its default; a key that is not known is an error that names the
 * nearest one, because a misspelt setting that is passed over is a setting that is not there.
 */
public final class YamlSettings {
    private static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final YAMLFactory YAML = new YAMLFactory();

    private final Path file;

    private YamlSettings(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param defaults what counts where the file says nothing; its class is the form
     * @throws CommandFailure with {@link ExitCode#USAGE}, naming line and key, if the file is not of that form
     */
    public static <T extends Record> T read(Path file, T defaults) throws CommandFailure, IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new CommandFailure(ExitCode.USAGE, file + ": too large for a settings file", null);
        }
        return new YamlSettings(file).read(Files.readString(file), defaults);
    }

    private <T extends Record> T read(String text, T defaults) throws CommandFailure {
        ObjectNode tree = MAPPER.valueToTree(defaults);
        try (JsonParser in = YAML.createParser(text)) {
            in.setCodec(MAPPER);
            JsonToken first = in.nextToken();
            if (first == JsonToken.START_OBJECT) {
                section(in, tree, defaults.getClass(), "");
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                throw wrong(in, "expected lines of the form KEY: VALUE");
            }
            @SuppressWarnings("unchecked") // the class of a T
            Class<T> form = (Class<T>) defaults.getClass();
            return MAPPER.treeToValue(tree, form);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String place = line > 0 ? ", line " + line : "";
            throw new CommandFailure(ExitCode.USAGE, file + place + ": " + said(e), null, e);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private void section(JsonParser in, ObjectNode into, Class<?> form, String path)
            throws IOException, CommandFailure {
        Set<String> seen = new HashSet<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            RecordComponent component = Arrays.stream(form.getRecordComponents())
                    .filter(candidate -> dashed(candidate.getName()).equals(key))
                    .findFirst()
                    .orElse(null);
            if (component == null) {
                List<String> known = Arrays.stream(form.getRecordComponents())
                        .map(candidate -> dashed(candidate.getName()))
                        .toList();
                throw wrong(
                        in, "unknown key \"" + path + key + "\"", "did you mean " + path + nearest(key, known) + "?");
            }
            if (!seen.add(key)) {
                throw wrong(in, "the key \"" + path + key + "\" is there twice");
            }
            in.nextToken();
            if (component.getType().isRecord() && in.currentToken() == JsonToken.START_OBJECT) {
                section(in, into.withObjectProperty(key), component.getType(), path + key + ".");
            } else {
                value(in, into, component, path + key);
            }
        }
    }

    private void value(JsonParser in, ObjectNode into, RecordComponent component, String key)
            throws IOException, CommandFailure {
        CommandFailure unfit = wrong(
                in,
                "the value of " + key + " is not what it should be: a "
                        + component.getType().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        JsonNode value = MAPPER.readTree(in);
        try {
            Object converted =
                    MAPPER.convertValue(value, MAPPER.getTypeFactory().constructType(component.getGenericType()));
            if (converted == null) {
                throw unfit;
            }
        } catch (IllegalArgumentException e) {
            throw unfit;
        }
        into.set(dashed(component.getName()), value);
    }

    private CommandFailure wrong(JsonParser in, String what) {
        return new CommandFailure(ExitCode.USAGE, place(in) + what, null);
    }

    private CommandFailure wrong(JsonParser in, String what, String hint) {
        return new CommandFailure(ExitCode.USAGE, place(in) + what, hint);
    }

    private String place(JsonParser in) {
        return file + ", line " + in.currentTokenLocation().getLineNr() + ": ";
    }

    /** The reason, without Jackson's own words about classes. */
    private static String said(JsonProcessingException e) {
        String message = Fault.oneLine(e.getOriginalMessage());
        return message.contains("org.camseal") ? "a value is not what it should be" : message;
    }

    /** A Java name as a key of a settings file: words in small letters, joined by hyphens. */
    public static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    static String nearest(String key, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
                .orElseThrow();
    }

    /** Levenshtein's: how many letters to put in, take out or change. */
    private static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int[] now = new int[to.length() + 1];
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[to.length()];
    }
}
