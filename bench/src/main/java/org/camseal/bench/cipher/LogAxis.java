package org.camseal.bench.cipher;

/** Where values stand on a logarithmic axis. */
record LogAxis(double lowest, double highest, double start, double end) {
    LogAxis {
        if (!(lowest > 0 && highest > lowest)) {
            throw new IllegalArgumentException("an axis from " + lowest + " to " + highest);
        }
    }

    double at(double value) {
        return start + (end - start) * Math.log(value / lowest) / Math.log(highest / lowest);
    }
}
