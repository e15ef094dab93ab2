/**
 * How video management systems find and use a camera: the ONVIF services for device, media, security and events, over the camera's HTTPS.
 * What they tell comes from small interfaces that whoever runs the camera implements.
 *
 * <p>Specifications: ONVIF Core, Media, Media2 and Security, 26.06. Refuses: plain RTSP, changes of settings that the camera has pages
 * for, private keys in either direction; each with a fault that says so ({@code docs/guide/onvif.md}).
 */
@NullMarked
package org.camseal.onvif;

import org.jspecify.annotations.NullMarked;
