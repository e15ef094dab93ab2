/**
 * Receive, check, store, serve: a recorder that keeps sealed video it cannot open.
 *
 * <p>Its place in the journey: behind the camera's RTSP server, in front of the viewer. It pulls each camera
 * ({@link org.camseal.recorder.Recorder}), judges every group of pictures by its manifest without any content key, writes what it
 * received into fragmented MP4 segments with a verdict log beside each, says where it has gaps, and serves segments, verdicts and the
 * live sealed stream over HTTP (docs/spec/recorder-api.md).
 *
 * <p>It refuses to store clear video where sealed video is expected, and video of a camera other than the expected one. It deletes
 * nothing by itself. It has no path to a content key: the module does not depend on {@code seal}.
 */
@NullMarked
package org.camseal.recorder;

import org.jspecify.annotations.NullMarked;
