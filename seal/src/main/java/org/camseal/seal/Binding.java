package org.camseal.seal;

/**
 * What a package is bound to beside its epoch, track and counter.
 *
 * @param clear the clear bytes, as they stand in the stream
 */
record Binding(PackageKind kind, Span clear) {}
