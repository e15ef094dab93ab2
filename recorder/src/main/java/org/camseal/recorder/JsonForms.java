package org.camseal.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the recorder's facts are written in JSON, in its logs and over HTTP alike (docs/spec/recorder-api.md). Times are ISO 8601 UTC. */
final class JsonForms {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonForms() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode of(GroupVerdict group) {
        return object().put("type", "group")
                .put("group", group.group())
                .put("run", group.run())
                .put("start", group.start().toString())
                .put("end", group.end().toString())
                .put("verdict", group.verdict())
                .put("reason", group.reason())
                .put("detail", group.detail())
                .put("signer", group.signer())
                .put("serial", group.serial())
                .put("pictures", group.pictures())
                .put("sounds", group.sounds());
    }

    /** A line of a verdict log; empty where it is of another type, or torn by a power cut. */
    static Optional<GroupVerdict> group(JsonNode line) {
        if (!line.path("type").asText().equals("group")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GroupVerdict(
                    line.path("group").asLong(),
                    line.path("run").asText(),
                    Instant.parse(line.path("start").asText()),
                    Instant.parse(line.path("end").asText()),
                    line.path("verdict").asText(),
                    line.path("reason").asText(),
                    line.path("detail").asText(),
                    line.path("signer").asText(),
                    line.path("serial").isTextual() ? line.path("serial").asText() : null,
                    line.path("pictures").asInt(),
                    line.path("sounds").asInt()));
        } catch (DateTimeException broken) {
            return Optional.empty();
        }
    }

    static ObjectNode of(Gap gap) {
        return object().put("type", "gap")
                .put("from", gap.from().toString())
                .put("to", text(gap.to()))
                .put("cause", name(gap.cause()))
                .put("detail", gap.detail());
    }

    /** A line of an event log; empty where it is no gap. */
    static Optional<Gap> gap(JsonNode line) {
        if (!line.path("type").asText().equals("gap")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Gap(
                    Instant.parse(line.path("from").asText()),
                    line.path("to").isTextual() ? Instant.parse(line.path("to").asText()) : null,
                    Gap.Cause.valueOf(
                            line.path("cause").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
                    line.path("detail").asText()));
        } catch (DateTimeException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    static ObjectNode of(VerdictCounts counts) {
        return object().put("authentic", counts.authentic())
                .put("incomplete", counts.incomplete())
                .put("forged", counts.forged())
                .put("unsigned", counts.unsigned())
                .put("strangers", counts.strangers());
    }

    static VerdictCounts counts(JsonNode node) {
        return new VerdictCounts(
                node.path("authentic").asInt(),
                node.path("incomplete").asInt(),
                node.path("forged").asInt(),
                node.path("unsigned").asInt(),
                node.path("strangers").asInt());
    }

    static ObjectNode of(Segment segment) {
        ObjectNode node = object().put("id", segment.id())
                .put("start", segment.start().toString())
                .put("end", segment.end().toString())
                .put("bytes", segment.bytes())
                .put("open", segment.open())
                .put("tornBytes", segment.tornBytes());
        node.set("verdicts", of(segment.verdicts()));
        return node;
    }

    static ObjectNode of(CameraStatus camera) {
        ObjectNode node = object().put("name", camera.name())
                .put("uri", camera.uri().toString())
                .put("serial", camera.serial())
                .put("state", name(camera.state()))
                .put("detail", camera.detail())
                .put("since", camera.since().toString())
                .put("bytesReceived", camera.bytesReceived())
                .put("bitsPerSecond", camera.bitsPerSecond());
        ArrayNode verdicts = node.putArray("lastVerdicts");
        camera.lastVerdicts().forEach(verdict -> verdicts.add(of(verdict)));
        ArrayNode gaps = node.putArray("gaps");
        camera.gaps().forEach(gap -> gaps.add(of(gap)));
        return node;
    }

    static ObjectNode of(RecorderStatus status) {
        ObjectNode node =
                object().put("freeBytes", status.freeBytes()).put("minimumFreeBytes", status.minimumFreeBytes());
        ArrayNode cameras = node.putArray("cameras");
        status.cameras().forEach(camera -> cameras.add(of(camera)));
        return node;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
