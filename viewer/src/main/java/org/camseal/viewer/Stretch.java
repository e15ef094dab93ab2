package org.camseal.viewer;

import org.camseal.recorder.GroupVerdict;

/**
 * Which units of a stream a verdict is about.
 *
 * @param first number of the first unit, counted from 0 over the stream
 * @param last number of the last unit
 */
record Stretch(GroupVerdict verdict, long first, long last) {}
