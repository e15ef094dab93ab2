package org.camseal.authority.log;

/**
 * What is in a log.
 *
 * @param issued entries that say so
 * @param retired entries that say so
 * @param live certificates that were issued and not retired
 * @param serials devices, in a pair with a profile
 */
public record LogCounts(long issued, long retired, long live, long serials) {}
