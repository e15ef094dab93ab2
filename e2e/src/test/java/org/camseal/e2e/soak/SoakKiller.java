package org.camseal.e2e.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Kills by progress, not by time: each victim has done something since it was killed last, however slow the machine is, so that every kill
 * falls into work that is under way.
 */
final class SoakKiller {
    private final SoakPlaces places;
    private final SoakCentre centre;
    private final List<SoakLine> lines;
    private final long[] nextStation;
    private final long everyAuthority;
    private final long everyKeyProcess;
    private long nextAuthority;
    private long nextKeyProcess;
    private int authorities;
    private int keyProcesses;
    private int stations;

    /**
     * @param certificates how many there will be
     */
    SoakKiller(SoakPlaces places, SoakCentre centre, List<SoakLine> lines, int certificates) {
        this.places = places;
        this.centre = centre;
        this.lines = lines;
        this.everyAuthority = Math.max(3, Math.min(certificates * 2L / 5, 2_000));
        this.everyKeyProcess = Math.max(3, Math.min(certificates / 3, 2_000));
        this.nextAuthority = everyAuthority;
        this.nextKeyProcess = everyKeyProcess;
        this.nextStation = new long[lines.size()];
        for (int i = 0; i < nextStation.length; i++) {
            int cameras = lines.get(i).cameras();
            nextStation[i] = 1L + (long) cameras * (i + 1) / (lines.size() + 2); // not all at the same stage
        }
    }

    /** Looks who has done enough to be killed. */
    void look() throws IOException {
        long signatures =
                Files.exists(places.witnessed()) ? Files.size(places.witnessed()) / SoakWitness.LINE_BYTES : 0;
        if (signatures >= nextAuthority && centre.kill()) {
            authorities++;
            nextAuthority = signatures + everyAuthority;
        }
        if (signatures >= nextKeyProcess && centre.killKeyProcess()) {
            keyProcesses++;
            nextKeyProcess = signatures + everyKeyProcess;
        }
        for (SoakLine line : lines) {
            long begun = line.begun();
            if (begun >= nextStation[line.line()] && begun < line.cameras() && line.kill()) {
                stations++;
                nextStation[line.line()] = begun + Math.clamp(line.cameras(), 2, 400);
            }
        }
    }

    int authorities() {
        return authorities;
    }

    int keyProcesses() {
        return keyProcesses;
    }

    int stations() {
        return stations;
    }
}
