package org.camseal.streaming.client;

/** Who makes sure that the certificate of an RTSPS server belongs to the host that was asked for. */
public enum HostCheck {
    /** The certificate must name the host or address of the URI (RFC 9110 section 4.3.4). */
    BY_CERTIFICATE_NAME,
    /** The trust manager of the given socket factory: it knows, for example, the expected serial number of the camera. */
    BY_TRUST_MANAGER
}
