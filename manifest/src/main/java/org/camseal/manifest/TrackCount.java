package org.camseal.manifest;

/**
 * How one track of a group fared, in packages.
 *
 * @param listed in the manifest
 * @param verified there, unchanged, and listed
 * @param lost listed, not there
 * @param cut listed, and before the recording's first or behind its last package of the track
 * @param wrong altered, inserted, duplicated or out of order
 * @param unvouched there, with no manifest to say anything about them
 */
public record TrackCount(
        SealedTrack track, long listed, long verified, long lost, long cut, long wrong, long unvouched) {}
