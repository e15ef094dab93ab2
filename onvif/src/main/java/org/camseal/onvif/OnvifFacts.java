package org.camseal.onvif;

import java.util.List;

/** What the services tell. Asked at each request; safe for several threads. */
public interface OnvifFacts {
    DeviceFacts device();

    /** At least one. */
    List<VideoFacts> videos();

    NetworkFacts network();
}
