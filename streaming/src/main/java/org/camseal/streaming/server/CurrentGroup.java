package org.camseal.streaming.server;

import java.util.ArrayList;
import java.util.List;
import org.camseal.streaming.server.LiveStreamSettings.Start;

/** The group of pictures that is being published, kept for new readers: from its key unit on, units of all tracks. */
final class CurrentGroup {
    private final LiveStreamSettings settings;
    private final List<PacketizedUnit> units = new ArrayList<>();
    private int bytes;

    CurrentGroup(LiveStreamSettings settings) {
        this.settings = settings;
    }

    void add(PacketizedUnit unit, boolean ofLeadingTrack) {
        if (settings.start() == Start.NEXT_KEY) {
            return;
        }
        boolean starts = ofLeadingTrack && unit.weight() == PacketizedUnit.Weight.KEY;
        if (starts) {
            clear();
        } else if (units.isEmpty()) {
            return; // no key unit yet, or the group has grown too large to be kept
        }
        if (unit.sizeBytes() > settings.groupBytes() - bytes) {
            clear();
            return;
        }
        units.add(unit);
        bytes += unit.sizeBytes();
    }

    void clear() {
        units.clear();
        bytes = 0;
    }

    List<PacketizedUnit> units() {
        return List.copyOf(units);
    }
}
