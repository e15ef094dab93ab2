/**
 * The one place that loads the bundled FFmpeg libraries: reads containers, encodes and decodes pictures and sound.
 *
 * <p>In the journey it stands at both ends: {@link org.camseal.ffmpeg.ContainerReader}, {@link org.camseal.ffmpeg.TestPattern} and
 * {@link org.camseal.ffmpeg.CaptureDevice} make access units for a camera, {@link org.camseal.ffmpeg.Decoder} makes pictures out of
 * them. Reading a container never decodes a picture, and gives NAL units exactly as they are stored. Every object that holds native
 * memory is {@link java.lang.AutoCloseable} and frees all of it in {@code close()}; the library's own log is silent.
 */
@NullMarked
package org.camseal.ffmpeg;

import org.jspecify.annotations.NullMarked;
