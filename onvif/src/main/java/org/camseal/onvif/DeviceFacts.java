package org.camseal.onvif;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a camera is, as its owner and any searcher may know it.
 *
 * @param id the same for the camera's whole life; how discovery names it
 * @param name by its owner
 * @param location by its owner, in words
 * @param hardware kind of hardware
 * @param hostName without domain
 */
public record DeviceFacts(
        UUID id, Maker maker, String serial, String name, Optional<String> location, String hardware, String hostName) {
    /**
     * Who made it.
     *
     * @param firmware its version
     */
    public record Maker(String manufacturer, String model, String firmware) {}

    /** Profiles of ONVIF whose calls are answered as far as the guide says; no certificate of conformance is claimed by it. */
    private static final List<String> PROFILES = List.of("Streaming", "T");

    /** The scopes (ONVIF Core Specification, section "Discovery"): fixed ones first. */
    public List<OnvifScope> scopes() {
        List<OnvifScope> fixed = new java.util.ArrayList<>();
        fixed.add(OnvifScope.fixed("type", "video_encoder"));
        fixed.add(OnvifScope.fixed("type", "Network_Video_Transmitter"));
        PROFILES.forEach(profile -> fixed.add(OnvifScope.fixed("Profile", profile)));
        fixed.add(OnvifScope.fixed("hardware", hardware));
        fixed.add(OnvifScope.fixed("name", name));
        location.ifPresent(where -> fixed.add(OnvifScope.fixed("location", where)));
        return List.copyOf(fixed);
    }

    /** How discovery names it. */
    public String endpoint() {
        return "urn:uuid:" + id;
    }
}
