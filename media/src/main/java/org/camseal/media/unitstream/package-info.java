/**
 * Access units one after the other on a byte stream, each with its exact times: how a recorder hands units to a viewer over HTTP,
 * stored or as they arrive, without the delay or the time rounding of a file format.
 *
 * <p>Layout, all numbers big-endian: the eight bytes {@code CSUNITS1}, then frames of {@code kind u8, length u32, payload}. The first
 * frame is TRACKS and there is exactly one of it; END is the last.
 *
 * <pre>
 * kind 1 TRACKS  count u8, then each: number u8, codec u8 (1 H.264, 2 H.265, 3 AAC, 4 PCMA, 5 PCMU, 6 Opus) and
 *                video: width u32, height u32, count u16, then each parameter set: length u32, bytes
 *                audio: sampling rate u32, channels u8, length u16, decoder configuration
 * kind 2 VIDEO   track u8, decode time i64, presentation time i64 (90 kHz ticks), captured at i64 (UTC microseconds since 1970),
 *                count u16, then each NAL unit: length u32, bytes
 * kind 3 AUDIO   track u8, time i64, samples u32 (ticks of the track's clock), captured at i64, then the frame
 * kind 4 ALIVE   no payload: nothing to send at present, the sender lives
 * kind 5 END     next i64: 0 where this is all; else the UTC microseconds from which a new stream, with other tracks, goes on
 * </pre>
 *
 * <p>It carries clear and sealed units alike and proves nothing by itself. A stream without END was cut.
 */
@NullMarked
package org.camseal.media.unitstream;

import org.jspecify.annotations.NullMarked;
