package org.camseal.recorder;

import java.util.List;

/**
 * What a recorder found when a segment arrived: an answer of its HTTP interface.
 *
 * @param groups in the order in which they were judged
 */
public record VerdictList(List<GroupVerdict> groups) {}
