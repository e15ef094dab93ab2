package org.camseal.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlName;

/**
 * Which topics a subscriber wants: alternatives of whole topics and of all topics below one (ONVIF Core Specification, section "Topic
 * filter").
 *
 * @param alternatives none of them means all topics
 */
record TopicFilter(List<Branch> alternatives) {
    static final String CONCRETE = "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete";
    static final String CONCRETE_SET = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet";

    private static final String AND_BELOW = "//.";
    private static final int MAX_EXPRESSION = 1024;
    private static final int MAX_ALTERNATIVES = 16;

    /** One topic, or it and all below. */
    record Branch(List<XmlName> path, boolean andBelow) {
        boolean takes(List<XmlName> topic) {
            return andBelow
                    ? topic.size() >= path.size()
                            && topic.subList(0, path.size()).equals(path)
                    : topic.equals(path);
        }
    }

    TopicFilter {
        alternatives = List.copyOf(alternatives);
    }

    boolean takes(Topic topic) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(branch -> branch.takes(topic.path()));
    }

    /**
     * @param filter the element of a request
     * @throws OnvifException.Refused for a kind of filter, dialect or expression that is not known
     */
    static TopicFilter parse(Optional<XmlElement> filter) throws OnvifException.Refused {
        List<Branch> branches = new ArrayList<>();
        for (XmlElement part : filter.map(XmlElement::children).orElse(List.of())) {
            if (!part.name().is(Namespaces.NOTIFICATION, "TopicExpression")) {
                throw invalid("only topics are filtered here, not message contents");
            }
            String dialect = part.attribute("Dialect").orElse(CONCRETE_SET);
            if (!dialect.equals(CONCRETE) && !dialect.equals(CONCRETE_SET)) {
                throw invalid("topics are understood in the dialects Concrete and ConcreteSet");
            }
            if (part.text().length() > MAX_EXPRESSION) {
                throw invalid("a topic expression has at most " + MAX_EXPRESSION + " characters");
            }
            for (String alternative : part.text().split("\\|", -1)) {
                branches.add(branch(part, alternative.strip()));
            }
        }
        if (branches.size() > MAX_ALTERNATIVES) {
            throw invalid("a filter has at most " + MAX_ALTERNATIVES + " topics");
        }
        return new TopicFilter(branches);
    }

    private static Branch branch(XmlElement context, String text) throws OnvifException.Refused {
        boolean andBelow = text.endsWith(AND_BELOW);
        String whole = andBelow ? text.substring(0, text.length() - AND_BELOW.length()) : text;
        List<XmlName> path = new ArrayList<>();
        for (String part : whole.split("/", -1)) {
            XmlName name = part.contains(":")
                    ? context.resolve(part).orElseThrow(() -> invalid("a topic with a prefix that is not declared"))
                    : new XmlName("", part);
            if (name.local().isEmpty()) {
                throw invalid("a topic with an empty name in it");
            }
            // Below the root, the root's own namespace may be written or left out.
            path.add(
                    !path.isEmpty() && name.namespace().equals(path.getFirst().namespace())
                            ? new XmlName("", name.local())
                            : name);
        }
        return new Branch(path, andBelow);
    }

    private static OnvifException.Refused invalid(String reason) {
        return Fault.invalid("InvalidFilter").because(reason);
    }
}
