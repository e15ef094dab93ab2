package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.EVENTS;
import static org.camseal.onvif.wire.Namespaces.NOTIFICATION;
import static org.camseal.onvif.wire.Namespaces.NOTIFICATION_TOPICS;
import static org.camseal.onvif.wire.Namespaces.SCHEMA;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlName;

/** Topics and events as elements. */
final class EventElements {
    private static final String TOPIC_NAMESPACE = "http://www.onvif.org/onvif/ver10/topics/topicns.xml";
    private static final String MESSAGE_SCHEMA = "http://www.onvif.org/onvif/ver10/schema/onvif.xsd";

    private EventElements() {}

    /** The answer of GetEventProperties. */
    static List<XmlElement> properties() {
        List<XmlElement> roots = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            insert(roots, topic, 0);
        }
        return List.of(
                XmlElement.text(EVENTS, "TopicNamespaceLocation", TOPIC_NAMESPACE),
                XmlElement.text(NOTIFICATION, "FixedTopicSet", true),
                XmlElement.of(NOTIFICATION_TOPICS, "TopicSet", roots),
                XmlElement.text(NOTIFICATION, "TopicExpressionDialect", TopicFilter.CONCRETE_SET),
                XmlElement.text(NOTIFICATION, "TopicExpressionDialect", TopicFilter.CONCRETE),
                XmlElement.text(EVENTS, "MessageContentFilterDialect", ""),
                XmlElement.text(EVENTS, "MessageContentSchemaLocation", MESSAGE_SCHEMA));
    }

    /** Puts a topic into the tree of those before it, so that each name stands there once. */
    private static void insert(List<XmlElement> level, Topic topic, int depth) {
        XmlName name = topic.path().get(depth);
        int place = IntStream.range(0, level.size())
                .filter(i -> level.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
        XmlElement node = place < 0 ? XmlElement.of(name.namespace(), name.local()) : level.get(place);
        if (depth == topic.path().size() - 1) {
            node = node.with(new XmlName(NOTIFICATION_TOPICS, "topic"), true).and(List.of(description(topic)));
        } else {
            List<XmlElement> children = new ArrayList<>(node.children());
            insert(children, topic, depth + 1);
            node = XmlElement.of(name.namespace(), name.local(), children);
        }
        if (place < 0) {
            level.add(node);
        } else {
            level.set(place, node);
        }
    }

    private static XmlElement description(Topic topic) {
        return XmlElement.of(SCHEMA, "MessageDescription", items("Source", topic.source()), items("Data", topic.data()))
                .with("IsProperty", topic.kind() == Topic.Kind.PROPERTY);
    }

    private static XmlElement items(String name, List<Topic.Item> items) {
        return XmlElement.of(
                        SCHEMA,
                        name,
                        items.stream()
                                .map(item -> XmlElement.of(SCHEMA, "SimpleItemDescription")
                                        .with("Name", item.name())
                                        .with("Type", item.type()))
                                .toList())
                .naming(Namespaces.SCHEMA_TYPES)
                .naming(Namespaces.SECURITY);
    }

    /** One event as a notification (WS-BaseNotification section 3.2). */
    static XmlElement message(Subscription.Notice notice) {
        OnvifEvent event = notice.event();
        Topic topic = event.topic();
        XmlElement told = XmlElement.of(
                        SCHEMA,
                        "Message",
                        values("Source", topic.source(), event.source()),
                        values("Data", topic.data(), event.data()))
                .with("UtcTime", event.at());
        if (topic.kind() == Topic.Kind.PROPERTY) {
            told = told.with("PropertyOperation", notice.occasion().word());
        }
        XmlElement expression =
                XmlElement.text(NOTIFICATION, "Topic", topic.expression()).with("Dialect", TopicFilter.CONCRETE_SET);
        for (XmlName part : topic.path()) {
            expression = part.namespace().isEmpty() ? expression : expression.naming(part.namespace());
        }
        return XmlElement.of(
                NOTIFICATION, "NotificationMessage", expression, XmlElement.of(NOTIFICATION, "Message", told));
    }

    private static XmlElement values(String name, List<Topic.Item> items, List<String> values) {
        return XmlElement.of(
                SCHEMA,
                name,
                IntStream.range(0, items.size())
                        .filter(i -> !values.get(i).isEmpty())
                        .mapToObj(i -> XmlElement.of(SCHEMA, "SimpleItem")
                                .with("Name", items.get(i).name())
                                .with("Value", values.get(i)))
                        .toList());
    }
}
