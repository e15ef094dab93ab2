package org.camseal.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camseal.cli.command.ExitCode;

/**
 * What a headless demonstration found, as a witness outside of camera and recorder would.
 *
 * @param authenticBefore groups that the viewer found authentic, signed by the expected camera, before the alteration
 * @param faultyBefore groups that it found anything else, each with time and reason
 * @param picturesDecoded that a decoder made of the opened clip
 * @param sealedPicturesDecoded that the same decoder made of the sealed one that resemble the opened ones
 * @param alteration what was altered
 * @param forgedAfter groups found forged after the alteration, and the altered moment lies in one of them
 * @param othersAfter groups that were not altered, and are found anything but authentic, each with time and reason
 */
record DemoOutcome(
        int authenticBefore,
        List<String> faultyBefore,
        int picturesDecoded,
        int sealedPicturesDecoded,
        String alteration,
        int forgedAfter,
        List<String> othersAfter) {
    DemoOutcome {
        faultyBefore = List.copyOf(faultyBefore);
        othersAfter = List.copyOf(othersAfter);
    }

    boolean proven() {
        return authenticBefore > 0
                && faultyBefore.isEmpty()
                && picturesDecoded > 0
                && sealedPicturesDecoded == 0
                && forgedAfter == 1
                && othersAfter.isEmpty();
    }

    ExitCode exitCode() {
        if (proven()) {
            return ExitCode.DONE;
        }
        return authenticBefore == 0 && faultyBefore.isEmpty() ? ExitCode.INCOMPLETE : ExitCode.NOT_AUTHENTIC;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("checked", authenticBefore + " groups authentic, " + faultyBefore.size() + " not"));
        faultyBefore.forEach(group -> lines.add(line("", group)));
        lines.addAll(List.of(
                line("opened", picturesDecoded + " pictures decoded with the viewer's key"),
                line("sealed", sealedPicturesDecoded + " recognisable pictures without it"),
                line("altered", alteration),
                line("found", forgedAfter + " group forged, " + othersAfter.size() + " others not authentic")));
        othersAfter.forEach(group -> lines.add(line("", group)));
        lines.add(line("result", proven() ? "the journey works, and the alteration was found" : "NOT as it should be"));
        return List.copyOf(lines);
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-8s %s", name, value);
    }

    Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("authenticBefore", authenticBefore);
        object.put("faultyBefore", faultyBefore);
        object.put("picturesDecoded", picturesDecoded);
        object.put("recognisableSealedPictures", sealedPicturesDecoded);
        object.put("alteration", alteration);
        object.put("forgedAfter", forgedAfter);
        object.put("othersAfter", othersAfter);
        object.put("proven", proven());
        return object;
    }
}
